/**
 * Paints annotations and suggestions: lines, and the marks that tell more than colour can. Pure in
 * (context, shapes, camera).
 *
 * @module
 */

import { boxToView } from "../shared/camera.js";
import { drawKeypoints } from "./draw-keypoints.js";
import { CASING, DASH, textOn } from "./palette.js";
import { fillOutline, outermost, strokeOutlines } from "./stroke.js";
import { paintedOutline } from "./whole-images.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("./shapes.js").AnnotationShape} AnnotationShape */
/** @typedef {import("./shapes.js").Shape} Shape */
/** @typedef {import("./shapes.js").SuggestionShape} SuggestionShape */

/** Below this size on the screen a mark would hide the shape it marks. */
const MARK_ROOM = 18;
/** From this scale on lines run on the border. */
const NEAR = 1;
const OUTSET = 1.5;
const MARK_RADIUS = 7;
/** From the corner of a whole image to its mark, and from mark to mark, CSS pixels. */
const WITHIN = 28;
const BESIDE = 18;

/** The box of keypoints is thinner than a shape that is nothing but a box. */
const QUIET = Object.freeze({ casing: 2.5, line: 1, selected: 1.5 });

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly AnnotationShape[]} shapes
 * @param {Camera} camera
 */
export function drawAnnotations(context, shapes, camera) {
  const outset = outsetAt(camera);
  const { plain, posed } = parted(shapes);
  for (const [group, casing, line] of /** @type {const} */ ([
    [plain, 3.5, 2],
    [posed, QUIET.casing, QUIET.line],
  ])) {
    context.globalAlpha = 0.55;
    strokeOutlines(context, outlinesOf(group, camera), camera, {
      color: CASING,
      width: casing,
      outset,
    });
    context.globalAlpha = 1;
    for (const [color, outlines] of groupByColor(group, camera)) {
      strokeOutlines(context, outlines, camera, { color, width: line, outset });
    }
  }
  drawKeypoints(context, posed, camera, ({ tag }) => tag.color);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} shapes
 * @param {Camera} camera
 */
export function drawSuggestions(context, shapes, camera) {
  const shown = shapes.filter((shape) => !shape.selected);
  const selected = shapes.filter((shape) => shape.selected);
  fillSelected(context, selected, camera);
  const [others, chosen] = [parted(shown), parted(selected)];
  strokeDashed(context, others.plain, chosen.plain, camera, { shown: 1.5, selected: 2.5 });
  strokeDashed(context, others.posed, chosen.posed, camera, {
    shown: QUIET.line,
    selected: QUIET.selected,
  });
  drawKeypoints(context, others.posed, camera, () => DASH);
  drawKeypoints(context, chosen.posed, camera, ({ tag }) => tag.color);

  for (const shape of shown) {
    if (shape.disagrees) drawDisagreement(context, markPlace(shape, camera));
    if (shape.other) drawTwoReadings(context, shape, camera);
  }
  for (const shape of selected) drawTick(context, markPlace(shape, camera), shape.tag.color);
  for (const shape of shapes) if (shape.edited) drawEdited(context, shape, camera);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} selected
 * @param {Camera} camera
 */
function fillSelected(context, selected, camera) {
  for (const { outline, tag } of selected) {
    // Over the whole image it would change every colour of it.
    if (outline.kind === "whole-image") continue;
    context.globalAlpha = outline.kind === "keypoints" ? 0.1 : 0.18;
    fillOutline(context, outline, camera, tag.color);
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} shown
 * @param {readonly SuggestionShape[]} selected
 * @param {Camera} camera
 * @param {{shown: number, selected: number}} widths
 */
function strokeDashed(context, shown, selected, camera, widths) {
  const outset = outsetAt(camera);
  const dashed = true;
  const [shownOutlines, selectedOutlines] = [
    outlinesOf(shown, camera),
    outlinesOf(selected, camera),
  ];
  const width = widths.shown;
  strokeOutlines(context, shownOutlines, camera, { color: CASING, width: width + 1, outset });
  strokeOutlines(context, selectedOutlines, camera, {
    color: CASING,
    width: widths.selected + 1.5,
    outset,
  });
  strokeOutlines(context, shownOutlines, camera, { color: DASH, width, outset, dashed });
  for (const [color, group] of groupByColor(selected, camera)) {
    strokeOutlines(context, group, camera, { color, width: widths.selected, outset, dashed });
  }
}

/**
 * @template {Shape} S
 * @param {readonly S[]} shapes
 * @returns {{plain: S[], posed: S[]}} those with keypoints apart
 */
function parted(shapes) {
  /** @type {{plain: S[], posed: S[]}} */
  const parts = { plain: [], posed: [] };
  for (const shape of shapes) (shape.outline.keypoints ? parts.posed : parts.plain).push(shape);
  return parts;
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

/** @param {readonly Shape[]} shapes @param {Camera} camera */
function outlinesOf(shapes, camera) {
  return shapes.map((shape) => paintedOutline(shape, camera));
}

/** @param {Shape} shape @param {Camera} camera @returns {Point} in the view */
function markPlace(shape, camera) {
  const { x, y } = cornerOf(shape, camera, 1, -1);
  const outset = shape.outline.rings.length === 0 ? outsetAt(camera) : 0;
  return { x: x + outset, y: y - outset };
}

/**
 * Where a mark on a corner sits. Those of whole images sit within the image, side by side.
 *
 * @param {Shape} shape
 * @param {Camera} camera
 * @param {-1|1} x
 * @param {-1|1} y
 * @returns {Point} in the view
 */
function cornerOf(shape, camera, x, y) {
  const { outline, place } = shape;
  if (outline.kind !== "whole-image") return outermost(outline, camera, x, y);
  const corner = outermost(outline, camera, x, y);
  return { x: corner.x - x * (WITHIN + place * BESIDE), y: corner.y - y * WITHIN };
}

/**
 * @param {Shape} shape
 * @returns {boolean} whether a mark sits on its top right corner
 */
export function isMarked(shape) {
  return shape.kind === "suggestion" && (shape.selected || shape.disagrees);
}

/**
 * @param {Shape} shape
 * @param {Camera} camera
 * @returns {Box} in the view: what the mark on its top right corner covers
 */
export function markBox(shape, camera) {
  const { x, y } = markPlace(shape, camera);
  return [x - MARK_RADIUS, y - MARK_RADIUS, x + MARK_RADIUS, y + MARK_RADIUS];
}

/**
 * @param {readonly Shape[]} shapes
 * @param {Camera} camera
 * @returns {Map<string, Outline[]>}
 */
function groupByColor(shapes, camera) {
  /** @type {Map<string, Outline[]>} */
  const groups = new Map();
  for (const shape of shapes) {
    const { color } = shape.tag;
    const outline = paintedOutline(shape, camera);
    const group = groups.get(color);
    if (group) group.push(outline);
    else groups.set(color, [outline]);
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
 * @param {Shape} shape
 * @param {Camera} camera
 */
function drawTwoReadings(context, shape, camera) {
  if (!hasMarkRoom(shape.outline, camera)) return;
  const { x, y } = cornerOf(shape, camera, 1, 1);
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
 * @param {Shape} shape
 * @param {Camera} camera
 */
function drawEdited(context, shape, camera) {
  if (!hasMarkRoom(shape.outline, camera)) return;
  const { x, y } = cornerOf(shape, camera, -1, 1);
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
