/**
 * Paints what changes with the pointer: the shape under it and the ring of the focused one.
 *
 * @module
 */

import { boxToView } from "../shared/camera.js";
import { grow } from "../shared/geometry.js";
import { drawFullChip } from "./draw-chips.js";
import { RING_INNER, RING_OUTER } from "./palette.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Size} Size */
/** @typedef {import("./shapes.js").Shape} Shape */

/** Pixels outside the box: a selected shape shows its tag's colour under pointer and focus as well. */
const HOVER_DISTANCE = 4.5;
const RING_DISTANCE = 7;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{hovered: Shape|null, focused: Shape|null}} attention
 * @param {Camera} camera
 * @param {Size} view
 * @param {Map<Shape, Box>} chips
 */
export function drawOverlay(context, { hovered, focused }, camera, view, chips) {
  if (focused) {
    const ring = grow(boxToView(camera, focused.box), RING_DISTANCE);
    strokeBox(context, ring, RING_OUTER, 4);
    strokeBox(context, ring, RING_INNER, 2);
  }
  if (hovered) {
    const box = boxToView(camera, hovered.box);
    context.globalAlpha = 0.14;
    context.fillStyle = hovered.tag.color;
    context.fillRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    context.globalAlpha = 1;
    strokeBox(context, grow(box, HOVER_DISTANCE), RING_INNER, 1);
  }
  const told = hovered ?? focused;
  if (told) drawFullChip(context, told, camera, view, chips.get(told) ?? null);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {string} color
 * @param {number} width
 */
function strokeBox(context, [x0, y0, x1, y1], color, width) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.strokeRect(x0, y0, x1 - x0, y1 - y0);
}
