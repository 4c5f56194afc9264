/**
 * Paints annotations and suggestions. Pure in (context, shapes, camera): boxes are brought into the
 * view first, so that lines keep their width at every zoom.
 *
 * @module
 */

import { boxToView } from "../shared/camera.js";
import { grow } from "../shared/geometry.js";
import { dashPattern } from "./dash-pattern.js";
import { CASING, DASH, textOn } from "./palette.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("./shapes.js").AnnotationShape} AnnotationShape */
/** @typedef {import("./shapes.js").SuggestionShape} SuggestionShape */

/** Below this size on the screen a mark would hide the shape it marks. */
const MARK_ROOM = 18;
/** From this scale on lines run on the border. */
const NEAR = 1;
const OUTSET = 1.5;
const MARK_RADIUS = 7;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly AnnotationShape[]} shapes
 * @param {Camera} camera
 */
export function drawAnnotations(context, shapes, camera) {
  const boxes = shapes.map((shape) => lineBox(camera, shape.box));
  context.globalAlpha = 0.55;
  strokeAll(context, boxes, CASING, 3.5);
  context.globalAlpha = 1;
  for (const [color, group] of groupByColor(shapes, boxes)) strokeAll(context, group, color, 2);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} shapes
 * @param {Camera} camera
 */
export function drawSuggestions(context, shapes, camera) {
  const shown = shapes.filter((shape) => !shape.selected);
  const selected = shapes.filter((shape) => shape.selected);
  const shownBoxes = shown.map((shape) => lineBox(camera, shape.box));
  const selectedBoxes = selected.map((shape) => lineBox(camera, shape.box));

  strokeAll(context, shownBoxes, CASING, 2.5);
  context.globalAlpha = 0.18;
  fillAll(context, selected, selectedBoxes);
  context.globalAlpha = 1;
  strokeAll(context, selectedBoxes, CASING, 4);

  strokeAll(context, shownBoxes, dashPattern(context, DASH, camera), 1.5);
  for (const [color, group] of groupByColor(selected, selectedBoxes)) {
    strokeAll(context, group, dashPattern(context, color, camera), 2.5);
  }

  shown.forEach((shape, index) => {
    if (shape.disagrees) drawDisagreement(context, shownBoxes[index]);
    if (shape.other) drawTwoReadings(context, shownBoxes[index]);
  });
  selected.forEach((shape, index) => {
    drawTick(context, selectedBoxes[index], shape.tag.color);
  });
}

/**
 * Where a shape's line runs. Seen from afar it runs just outside, since on a line of small text it
 * would cover the text; seen from near it runs on the border, to the pixel.
 *
 * @param {Camera} camera
 * @param {Box} box on the image
 * @returns {Box} in the view
 */
function lineBox(camera, box) {
  const inView = boxToView(camera, box);
  return camera.scale < NEAR ? grow(inView, OUTSET) : inView;
}

/**
 * @param {import("./shapes.js").Shape} shape
 * @returns {boolean} whether a mark sits on its top right corner
 */
export function isMarked(shape) {
  return shape.kind === "suggestion" && (shape.selected || shape.disagrees);
}

/**
 * @param {Box} box in the view
 * @returns {Box} what the mark on its top right corner covers
 */
export function markBox([, y0, x1]) {
  return [x1 - MARK_RADIUS, y0 - MARK_RADIUS, x1 + MARK_RADIUS, y0 + MARK_RADIUS];
}

/**
 * One by one: a path of all boxes takes several times as long to stroke.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Box[]} boxes
 * @param {string|CanvasPattern} style
 * @param {number} width
 */
function strokeAll(context, boxes, style, width) {
  context.strokeStyle = style;
  context.lineWidth = width;
  for (const [x0, y0, x1, y1] of boxes) context.strokeRect(x0, y0, x1 - x0, y1 - y0);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} shapes
 * @param {readonly Box[]} boxes
 */
function fillAll(context, shapes, boxes) {
  shapes.forEach((shape, index) => {
    const [x0, y0, x1, y1] = boxes[index];
    context.fillStyle = shape.tag.color;
    context.fillRect(x0, y0, x1 - x0, y1 - y0);
  });
}

/**
 * @param {readonly {tag: {color: string}}[]} shapes
 * @param {readonly Box[]} boxes
 * @returns {Map<string, Box[]>}
 */
function groupByColor(shapes, boxes) {
  /** @type {Map<string, Box[]>} */
  const groups = new Map();
  shapes.forEach(({ tag }, index) => {
    const group = groups.get(tag.color);
    if (group) group.push(boxes[index]);
    else groups.set(tag.color, [boxes[index]]);
  });
  return groups;
}

/**
 * A tick in a disc on the top right corner: selected, told by more than colour.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {string} color
 */
function drawTick(context, [, y0, x1], color) {
  drawDisc(context, x1, y0, MARK_RADIUS, color);
  context.strokeStyle = textOn(color);
  context.lineWidth = 1.75;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(x1 - 3.1, y0 + 0.2);
  context.lineTo(x1 - 0.9, y0 + 2.4);
  context.lineTo(x1 + 3.1, y0 - 2.2);
  context.stroke();
  context.lineCap = "butt";
  context.lineJoin = "miter";
}

/**
 * "Not equal" on the top right corner: an annotation of another tag lies here.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 */
function drawDisagreement(context, [, y0, x1]) {
  drawDisc(context, x1, y0, MARK_RADIUS, DASH);
  context.strokeStyle = CASING;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x1 - 3.5, y0 - 1.6);
  context.lineTo(x1 + 3.5, y0 - 1.6);
  context.moveTo(x1 - 3.5, y0 + 1.6);
  context.lineTo(x1 + 3.5, y0 + 1.6);
  context.moveTo(x1 + 2, y0 - 4);
  context.lineTo(x1 - 2, y0 + 4);
  context.stroke();
}

/**
 * Two small overlapping frames on the bottom right corner: C swaps to the other reading.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 */
function drawTwoReadings(context, [x0, y0, x1, y1]) {
  if (x1 - x0 < MARK_ROOM || y1 - y0 < MARK_ROOM) return;
  drawDisc(context, x1, y1, MARK_RADIUS, DASH);
  context.strokeStyle = CASING;
  context.lineWidth = 1.25;
  context.strokeRect(x1 - 3.5, y1 - 3.5, 5, 5);
  context.strokeRect(x1 - 1.5, y1 - 1.5, 5, 5);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} color
 */
function drawDisc(context, x, y, radius, color) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
  context.strokeStyle = CASING;
  context.lineWidth = 1;
  context.stroke();
}
