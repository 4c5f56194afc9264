/**
 * Paints which shape is meant: the one under the pointer, and the ring of the focused one.
 *
 * @module
 */

import { RING_INNER, RING_OUTER } from "./palette.js";
import { fillOutline, ringAround, strokeOutlines } from "./stroke.js";
import { paintedOutline } from "./whole-images.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("./shapes.js").Shape} Shape */

/** Pixels outside the shape: a selected one shows its tag's colour under pointer and focus as well. */
const HOVER_DISTANCE = 4.5;
const RING_DISTANCE = 7;
const RING = Object.freeze({
  inner: { color: RING_INNER, width: 2 },
  outer: { color: RING_OUTER, width: 4 },
});

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shape|null} focused
 * @param {Camera} camera
 */
export function drawFocus(context, focused, camera) {
  if (!focused) return;
  ringAround(context, outlineAround(focused, camera), camera, RING_DISTANCE, RING);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shape|null} hovered
 * @param {Camera} camera
 */
export function drawHover(context, hovered, camera) {
  if (!hovered) return;
  const { outline } = hovered;
  if (outline.kind !== "whole-image") {
    context.globalAlpha = 0.14;
    fillOutline(context, outline, camera, hovered.tag.color);
    context.globalAlpha = 1;
  }
  const outset = outline.kind === "polygon" ? 0 : HOVER_DISTANCE;
  strokeOutlines(context, [outlineAround(hovered, camera)], camera, {
    color: RING_INNER,
    width: 1,
    outset,
  });
}

/**
 * Around all whole images alike: between their frames there is no room.
 *
 * @param {Shape} shape
 * @param {Camera} camera
 */
function outlineAround({ outline }, camera) {
  return paintedOutline({ outline, place: 0 }, camera);
}
