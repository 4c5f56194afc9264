/**
 * Paints keypoints: the lines of their skeleton and a dot for each, filled where it is visible, hollow
 * where it is hidden. The box around them is painted with the other shapes. Pure in (context, shapes,
 * camera).
 *
 * @module
 */

import { toView } from "../shared/camera.js";
import { NOT_THERE, pointAt, skeletonLines, VISIBLE } from "../shared/outline.js";
import { CASING, DASH } from "./palette.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {{outline: import("../shared/outline.js").Outline, tag: {skeleton: import("../shared/outline.js").Skeleton}}} Posed */

/** Smaller objects in the view, by their longer side in CSS pixels, show their box alone. */
const SEEN_AS_BOX = 20;
/** Smaller ones have thin lines. */
const SMALL = 90;
/** Dots are as large as their object has room for, CSS pixels. */
const DOT = Object.freeze({ least: 2, most: 3.5, share: 0.018 });
const LINE = Object.freeze({ small: 1, large: 2 });
const RIM = 1;
const CASING_WIDTH = 1.25;
const WHOLE_TURN = 2 * Math.PI;

/** @typedef {{x: number, y: number, radius: number}} Dot in the view */

/**
 * @typedef {object} Marks what is painted in one colour
 * @property {[Point, Point][]} small lines in the view
 * @property {[Point, Point][]} large
 * @property {Dot[]} visible
 * @property {Dot[]} hidden
 */

/**
 * In one path for each kind of mark and colour: of a hundred people with seventeen points each, one by
 * one would cost the frame.
 *
 * @template {Posed} S
 * @param {CanvasRenderingContext2D} context
 * @param {readonly S[]} shapes with keypoints
 * @param {Camera} camera
 * @param {(shape: S) => string} colorOf
 */
export function drawKeypoints(context, shapes, camera, colorOf) {
  if (shapes.length === 0) return;
  /** @type {Map<string, Marks>} */
  const byColor = new Map();
  for (const shape of shapes) {
    const color = colorOf(shape);
    const marks = byColor.get(color) ?? { small: [], large: [], visible: [], hidden: [] };
    byColor.set(color, marks);
    collect(marks, shape, camera);
  }
  context.save();
  context.lineCap = "round";
  for (const [color, { small, large }] of byColor) {
    strokeLines(context, small, LINE.small, color);
    strokeLines(context, large, LINE.large, color);
  }
  for (const [color, { visible, hidden }] of byColor) {
    drawDots(context, visible, color);
    drawDots(context, hidden, CASING);
  }
  context.restore();
}

/** @param {Marks} marks @param {Posed} shape @param {Camera} camera */
function collect(marks, { outline, tag }, camera) {
  const { keypoints, box } = outline;
  const size = Math.max(box[2] - box[0], box[3] - box[1]) * camera.scale;
  if (!keypoints || size < SEEN_AS_BOX) return;
  const lines = size < SMALL ? marks.small : marks.large;
  for (const [from, to] of skeletonLines(outline, tag.skeleton)) {
    lines.push([toView(camera, from), toView(camera, to)]);
  }
  const radius = Math.min(DOT.most, Math.max(DOT.least, size * DOT.share));
  keypoints.visibility.forEach((visibility, index) => {
    if (visibility === NOT_THERE) return;
    const { x, y } = toView(camera, pointAt(keypoints, index));
    (visibility === VISIBLE ? marks.visible : marks.hidden).push({ x, y, radius });
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly [Point, Point][]} lines
 * @param {number} width
 * @param {string} color
 */
function strokeLines(context, lines, width, color) {
  if (lines.length === 0) return;
  context.beginPath();
  for (const [from, to] of lines) {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.strokeStyle = CASING;
  context.lineWidth = width + CASING_WIDTH;
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}

/**
 * With a light rim, so that they stand out from their lines and from a dark image, within a casing.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Dot[]} dots
 * @param {string} color within the rim
 */
function drawDots(context, dots, color) {
  if (dots.length === 0) return;
  traceDots(context, dots);
  context.strokeStyle = CASING;
  context.lineWidth = RIM + 2;
  context.stroke();
  context.fillStyle = color;
  context.fill();
  context.strokeStyle = DASH;
  context.lineWidth = RIM;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {readonly Dot[]} dots */
function traceDots(context, dots) {
  context.beginPath();
  for (const { x, y, radius } of dots) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, WHOLE_TURN);
  }
}
