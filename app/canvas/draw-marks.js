/**
 * Paints the marks on the corners of shapes, which tell more than colour can. Pure in (context, shape,
 * camera).
 *
 * @module
 */

import { boxToView } from "../shared/camera.js";
import { CASING, DASH, textOn } from "./palette.js";
import { lineOutset, outermost } from "./stroke.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("./shapes.js").Shape} Shape */

/** Below this size on the screen a mark would hide the shape it marks. */
const MARK_ROOM = 18;
const MARK_RADIUS = 7;
/** From the corner of a whole image to its mark, and from mark to mark, CSS pixels. */
const WITHIN = 28;
const BESIDE = 18;

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
 * A tick in a disc on the top right corner: selected, told by more than colour.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Shape} shape
 * @param {Camera} camera
 */
export function drawTick(context, shape, camera) {
  const { x, y } = markPlace(shape, camera);
  const { color } = shape.tag;
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
 * @param {Shape} shape
 * @param {Camera} camera
 */
export function drawDisagreement(context, shape, camera) {
  const { x, y } = markPlace(shape, camera);
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
export function drawTwoReadings(context, shape, camera) {
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
export function drawEdited(context, shape, camera) {
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

/** @param {Shape} shape @param {Camera} camera @returns {Point} in the view */
function markPlace(shape, camera) {
  const { x, y } = cornerOf(shape, camera, 1, -1);
  const outset = shape.outline.rings.length === 0 ? lineOutset(camera) : 0;
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
