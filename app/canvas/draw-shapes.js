/**
 * Paints annotations and suggestions: lines, and the marks that tell more than colour can. Pure in
 * (context, shapes, camera).
 *
 * @module
 */

import { boxToView } from "../shared/camera.js";
import { CASING, DASH, textOn } from "./palette.js";
import { fillOutline, outermost, strokeOutlines } from "./stroke.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */
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
  const outset = outsetAt(camera);
  context.globalAlpha = 0.55;
  strokeOutlines(context, outlinesOf(shapes), camera, { color: CASING, width: 3.5, outset });
  context.globalAlpha = 1;
  for (const [color, group] of groupByColor(shapes)) {
    strokeOutlines(context, group, camera, { color, width: 2, outset });
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} shapes
 * @param {Camera} camera
 */
export function drawSuggestions(context, shapes, camera) {
  const shown = shapes.filter((shape) => !shape.selected);
  const selected = shapes.filter((shape) => shape.selected);
  const [shownOutlines, selectedOutlines] = [outlinesOf(shown), outlinesOf(selected)];
  const outset = outsetAt(camera);
  const dashed = true;

  strokeOutlines(context, shownOutlines, camera, { color: CASING, width: 2.5, outset });
  context.globalAlpha = 0.18;
  for (const { outline, tag } of selected) fillOutline(context, outline, camera, tag.color);
  context.globalAlpha = 1;
  strokeOutlines(context, selectedOutlines, camera, { color: CASING, width: 4, outset });

  strokeOutlines(context, shownOutlines, camera, { color: DASH, width: 1.5, outset, dashed });
  for (const [color, group] of groupByColor(selected)) {
    strokeOutlines(context, group, camera, { color, width: 2.5, outset, dashed });
  }

  for (const shape of shown) {
    if (shape.disagrees) drawDisagreement(context, markPlace(shape.outline, camera));
    if (shape.other) drawTwoReadings(context, shape.outline, camera);
  }
  for (const shape of selected) {
    drawTick(context, markPlace(shape.outline, camera), shape.tag.color);
  }
  for (const shape of shapes) if (shape.edited) drawEdited(context, shape.outline, camera);
}

/**
 * How far outside its border a shape's line runs. Seen from afar it runs just outside, since on a
 * line of small text it would cover the text; seen from near it runs on the border, to the pixel.
 *
 * @param {Camera} camera
 */
function outsetAt({ scale }) {
  return scale < NEAR ? OUTSET : 0;
}

/** @param {readonly {outline: Outline}[]} shapes */
function outlinesOf(shapes) {
  return shapes.map(({ outline }) => outline);
}

/** @param {Outline} outline @param {Camera} camera @returns {Point} in the view */
function markPlace(outline, camera) {
  const { x, y } = outermost(outline, camera, 1, -1);
  const outset = outline.kind === "box" ? outsetAt(camera) : 0;
  return { x: x + outset, y: y - outset };
}

/**
 * @param {import("./shapes.js").Shape} shape
 * @returns {boolean} whether a mark sits on its top right corner
 */
export function isMarked(shape) {
  return shape.kind === "suggestion" && (shape.selected || shape.disagrees);
}

/**
 * @param {Outline} outline
 * @param {Camera} camera
 * @returns {Box} in the view: what the mark on its top right corner covers
 */
export function markBox(outline, camera) {
  const { x, y } = markPlace(outline, camera);
  return [x - MARK_RADIUS, y - MARK_RADIUS, x + MARK_RADIUS, y + MARK_RADIUS];
}

/**
 * @param {readonly {outline: Outline, tag: {color: string}}[]} shapes
 * @returns {Map<string, Outline[]>}
 */
function groupByColor(shapes) {
  /** @type {Map<string, Outline[]>} */
  const groups = new Map();
  for (const { outline, tag } of shapes) {
    const group = groups.get(tag.color);
    if (group) group.push(outline);
    else groups.set(tag.color, [outline]);
  }
  return groups;
}

/**
 * A tick in a disc on the top right corner: selected, told by more than colour.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Point} at in the view
 * @param {string} color
 */
function drawTick(context, { x, y }, color) {
  drawDisc(context, x, y, MARK_RADIUS, color);
  context.strokeStyle = textOn(color);
  context.lineWidth = 1.75;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(x - 3.1, y + 0.2);
  context.lineTo(x - 0.9, y + 2.4);
  context.lineTo(x + 3.1, y - 2.2);
  context.stroke();
  context.lineCap = "butt";
  context.lineJoin = "miter";
}

/**
 * "Not equal" on the top right corner: an annotation of another tag lies here.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Point} at in the view
 */
function drawDisagreement(context, { x, y }) {
  drawDisc(context, x, y, MARK_RADIUS, DASH);
  context.strokeStyle = CASING;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 3.5, y - 1.6);
  context.lineTo(x + 3.5, y - 1.6);
  context.moveTo(x - 3.5, y + 1.6);
  context.lineTo(x + 3.5, y + 1.6);
  context.moveTo(x + 2, y - 4);
  context.lineTo(x - 2, y + 4);
  context.stroke();
}

/**
 * Two small overlapping frames on the bottom right corner: C swaps to the other reading.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Outline} outline
 * @param {Camera} camera
 */
function drawTwoReadings(context, outline, camera) {
  if (!hasMarkRoom(outline, camera)) return;
  const { x, y } = outermost(outline, camera, 1, 1);
  drawDisc(context, x, y, MARK_RADIUS, DASH);
  context.strokeStyle = CASING;
  context.lineWidth = 1.25;
  context.strokeRect(x - 3.5, y - 3.5, 5, 5);
  context.strokeRect(x - 1.5, y - 1.5, 5, 5);
}

/**
 * A pencil on the bottom left corner: a person changed what the model said.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Outline} outline
 * @param {Camera} camera
 */
function drawEdited(context, outline, camera) {
  if (!hasMarkRoom(outline, camera)) return;
  const { x, y } = outermost(outline, camera, -1, 1);
  drawDisc(context, x, y, MARK_RADIUS, DASH);
  context.strokeStyle = CASING;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - 3.6, y + 3.6);
  context.lineTo(x - 2.8, y + 1);
  context.lineTo(x + 1.6, y - 3.4);
  context.lineTo(x + 3.4, y - 1.6);
  context.lineTo(x - 1, y + 2.8);
  context.closePath();
  context.stroke();
}

/** @param {Outline} outline @param {Camera} camera */
function hasMarkRoom({ box }, camera) {
  const [x0, y0, x1, y1] = boxToView(camera, box);
  return x1 - x0 >= MARK_ROOM && y1 - y0 >= MARK_ROOM;
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
