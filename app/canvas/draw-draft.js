/**
 * Paints what a person is at: the shape being drawn, the cross with the tag that it takes, the handles
 * of the focused shape, the size while it changes. Pure in (context, what is painted, camera).
 *
 * @module
 */

import { toView } from "../shared/camera.js";
import { HIDDEN, NOT_THERE } from "../shared/outline.js";
import { CASING, CHIP_TEXT, RING_INNER, RING_OUTER } from "./palette.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/geometry.js").Size} Size */
/** @typedef {import("../scene/types.js").Tag} Tag */
/** @typedef {import("../tools/draw-tool.js").DraftPicture} DraftPicture */
/** @typedef {import("../tools/handles/handle.js").Handle} Handle */

const FONT = '500 11px system-ui, -apple-system, "Segoe UI", sans-serif';
const LABEL_HEIGHT = 18;
/** From the pointer to the label beside it. */
const LABEL_AWAY = 14;
const VERTEX = 3.5;
const FIRST_VERTEX = 5;
const HANDLE = 4;
const DOT = 7;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {DraftPicture} picture
 * @param {string} color
 * @param {Camera} camera
 */
export function drawDraft(context, { lines, closed, points, bones }, color, camera) {
  for (const line of lines) {
    const inView = line.map((point) => toView(camera, point));
    tracePoints(context, inView, closed);
    if (closed) fillFaintly(context, color);
    strokeTwice(context, color);
  }
  for (const bone of bones ?? []) {
    const inView = bone.map((point) => toView(camera, point));
    tracePoints(context, inView, false);
    strokeTwice(context, color);
  }
  points.forEach((point, index) => {
    const { x, y } = toView(camera, point);
    drawKnob(context, x, y, index === 0 && !bones ? FIRST_VERTEX : VERTEX, color);
  });
}

/**
 * Lines through the whole view, so that edges far away can be met, free around the point itself.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Point} at in the view
 * @param {Size} view
 */
export function drawCross(context, { x, y }, { width, height }) {
  const free = 6;
  context.beginPath();
  for (const [x0, y0, x1, y1] of [
    [0, y, x - free, y],
    [x + free, y, width, y],
    [x, 0, x, y - free],
    [x, y + free, x, height],
  ]) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.globalAlpha = 0.5;
  context.strokeStyle = RING_OUTER;
  context.lineWidth = 2;
  context.stroke();
  context.globalAlpha = 0.9;
  context.strokeStyle = RING_INNER;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Handle[]} handles
 * @param {string|null} takenId the one that keys move
 * @param {Camera} camera
 */
export function drawHandles(context, handles, takenId, camera) {
  const turn = handles.find(({ role }) => role === "turn");
  const top = handles.find(({ id }) => id === "n") ?? handles.find(({ id }) => id === "nw");
  if (turn && top) drawStem(context, toView(camera, top.at), toView(camera, turn.at));
  for (const { id, role, at, visibility } of handles) {
    const { x, y } = toView(camera, at);
    const isTaken = id === takenId;
    if (role === "vertex" || role === "turn") drawKnob(context, x, y, HANDLE, RING_INNER, isTaken);
    else if (role === "keypoint") drawKeypoint(context, x, y, visibility, isTaken);
    else if (role === "middle") drawKnob(context, x, y, HANDLE - 1.5, CASING, isTaken);
    else drawSquare(context, x, y, isTaken);
  }
}

/**
 * A label beside the pointer, in the view wherever the pointer is.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Point} pointer in the view
 * @param {Size} view
 * @param {{text: string, tag?: Tag|null}} label
 */
export function drawLabel(context, pointer, view, { text, tag }) {
  context.font = FONT;
  const inset = tag ? DOT + 4 : 0;
  const width = Math.ceil(context.measureText(text).width) + 12 + inset;
  const right = pointer.x + LABEL_AWAY + width > view.width;
  const low = pointer.y + LABEL_AWAY + LABEL_HEIGHT > view.height;
  const x = Math.round(right ? pointer.x - LABEL_AWAY - width : pointer.x + LABEL_AWAY);
  const y = Math.round(low ? pointer.y - LABEL_AWAY - LABEL_HEIGHT : pointer.y + LABEL_AWAY);
  context.globalAlpha = 0.94;
  context.fillStyle = CASING;
  context.beginPath();
  context.roundRect(x, y, width, LABEL_HEIGHT, 3);
  context.fill();
  context.globalAlpha = 1;
  const middle = y + LABEL_HEIGHT / 2;
  if (tag) {
    context.fillStyle = tag.color;
    context.beginPath();
    context.arc(x + 6 + DOT / 2, middle, DOT / 2, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = CHIP_TEXT;
  context.textBaseline = "middle";
  context.fillText(text, x + 6 + inset, middle + 0.5);
}

/** @param {CanvasRenderingContext2D} context @param {readonly Point[]} points @param {boolean} closed */
function tracePoints(context, [first, ...others], closed) {
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of others) context.lineTo(x, y);
  if (closed) context.closePath();
}

/** @param {CanvasRenderingContext2D} context @param {string} color */
function fillFaintly(context, color) {
  context.globalAlpha = 0.14;
  context.fillStyle = color;
  context.fill("evenodd");
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {string} color @param {number} [width] */
function strokeTwice(context, color, width = 2) {
  context.lineJoin = "round";
  context.strokeStyle = CASING;
  context.lineWidth = width + 1.5;
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
  context.lineJoin = "miter";
}

/** @param {CanvasRenderingContext2D} context @param {Point} from @param {Point} to */
function drawStem(context, from, to) {
  tracePoints(context, [from, to], false);
  strokeTwice(context, RING_INNER);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} color
 * @param {boolean} [isTaken]
 */
function drawKnob(context, x, y, radius, color, isTaken = false) {
  context.beginPath();
  context.arc(x, y, isTaken ? radius + 2 : radius, 0, 2 * Math.PI);
  finishKnob(context, color, isTaken);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {boolean} isTaken
 */
function drawSquare(context, x, y, isTaken) {
  const half = isTaken ? HANDLE + 2 : HANDLE;
  context.beginPath();
  context.rect(x - half, y - half, 2 * half, 2 * half);
  finishKnob(context, RING_INNER, isTaken);
}

/**
 * Filled where it is visible, hollow where it is hidden; a cross where it is not there, to be brought
 * back.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number|undefined} visibility
 * @param {boolean} isTaken
 */
function drawKeypoint(context, x, y, visibility, isTaken) {
  if (visibility !== NOT_THERE) {
    const color = visibility === HIDDEN ? CASING : RING_INNER;
    drawKnob(context, x, y, HANDLE, color, isTaken);
    return;
  }
  const half = isTaken ? HANDLE + 1.5 : HANDLE - 0.5;
  tracePoints(
    context,
    [
      { x: x - half, y: y - half },
      { x: x + half, y: y + half },
    ],
    false,
  );
  context.moveTo(x - half, y + half);
  context.lineTo(x + half, y - half);
  context.globalAlpha = isTaken ? 1 : 0.75;
  strokeTwice(context, RING_INNER, 1.25);
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {string} color @param {boolean} isTaken */
function finishKnob(context, color, isTaken) {
  context.fillStyle = isTaken ? RING_OUTER : color;
  context.fill();
  context.strokeStyle = color === CASING || isTaken ? RING_INNER : RING_OUTER;
  context.lineWidth = isTaken ? 2 : 1.25;
  context.stroke();
}
