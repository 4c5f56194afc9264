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
/** @typedef {{outline: import("../shared/outline.js").Outline, tag: {skeleton: import("../shared/outline.js").Skeleton}}} Posed */

/** Smaller objects in the view, by their longer side in CSS pixels, show their box alone. */
const SEEN_AS_BOX = 32;
/** Smaller ones have thin lines. */
const SMALL = 90;
/** Dots are as large as their object has room for, CSS pixels, in steps. */
const DOT = Object.freeze({ least: 1.5, most: 3.5, share: 0.018, step: 0.5 });
const RIM = 1;
/** Smaller ones have no rim: it would be all that is seen of them. */
const RIMMED = 2.5;
const CASING_WIDTH = 1.25;
const WHOLE_TURN = 2 * Math.PI;

/** @type {Map<string, OffscreenCanvas>} */
const stamps = new Map();

/**
 * Lines in one path for each object, dots as stamps: one by one, or in one path for all, a hundred
 * people with seventeen points each would cost the frame.
 *
 * @template {Posed} S
 * @param {CanvasRenderingContext2D} context
 * @param {readonly S[]} shapes with keypoints
 * @param {Camera} camera
 * @param {(shape: S) => string} colorOf
 */
export function drawKeypoints(context, shapes, camera, colorOf) {
  const seen = shapes
    .map((shape) => ({ shape, size: sizeInView(shape, camera), color: colorOf(shape) }))
    .filter(({ size }) => size >= SEEN_AS_BOX);
  for (const { shape, size, color } of seen) {
    strokeLines(context, shape, camera, { color, width: size < SMALL ? 1 : 2 });
  }
  for (const { shape, size, color } of seen) {
    const wanted = Math.min(DOT.most, Math.max(DOT.least, size * DOT.share));
    const radius = Math.round(wanted / DOT.step) * DOT.step;
    stampDots(context, shape, camera, { color, radius });
  }
}

/** @param {Posed} shape @param {Camera} camera @returns {number} CSS pixels */
function sizeInView({ outline: { box } }, { scale }) {
  return Math.max(box[2] - box[0], box[3] - box[1]) * scale;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Posed} shape
 * @param {Camera} camera
 * @param {{color: string, width: number}} line
 */
function strokeLines(context, { outline, tag }, camera, { color, width }) {
  context.beginPath();
  for (const ends of skeletonLines(outline, tag.skeleton)) {
    const [from, to] = ends.map((point) => toView(camera, point));
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
 * @param {CanvasRenderingContext2D} context
 * @param {Posed} shape
 * @param {Camera} camera
 * @param {{color: string, radius: number}} dot
 */
function stampDots(context, { outline: { keypoints } }, camera, { color, radius }) {
  if (!keypoints) return;
  const ratio = context.getTransform().a;
  const visible = stampOf(color, radius, ratio);
  const hidden = stampOf(CASING, radius, ratio);
  const half = halfOfStamp(radius);
  keypoints.visibility.forEach((visibility, index) => {
    if (visibility === NOT_THERE) return;
    const { x, y } = toView(camera, pointAt(keypoints, index));
    const stamp = visibility === VISIBLE ? visible : hidden;
    context.drawImage(stamp, x - half, y - half, 2 * half, 2 * half);
  });
}

/** @param {number} radius @returns {number} from the middle of a stamp to its edge, CSS pixels */
function halfOfStamp(radius) {
  return Math.ceil(radius + RIM + 1);
}

/**
 * A dot with a light rim, so that it stands out from its lines and from a dark image, within a casing.
 *
 * @param {string} color within the rim
 * @param {number} radius
 * @param {number} ratio pixels of the screen per CSS pixel
 * @returns {OffscreenCanvas}
 */
function stampOf(color, radius, ratio) {
  const name = `${color} ${radius} ${ratio}`;
  const known = stamps.get(name);
  if (known) return known;
  const half = halfOfStamp(radius);
  const stamp = new OffscreenCanvas(Math.ceil(2 * half * ratio), Math.ceil(2 * half * ratio));
  stamps.set(name, stamp);
  const context = stamp.getContext("2d");
  if (!context) throw new Error("This browser gives no 2D canvas");
  context.scale(stamp.width / (2 * half), stamp.height / (2 * half));
  context.beginPath();
  context.arc(half, half, radius, 0, WHOLE_TURN);
  context.strokeStyle = CASING;
  context.lineWidth = RIM + 2;
  context.stroke();
  context.fillStyle = color;
  context.fill();
  if (radius < RIMMED && color !== CASING) return stamp;
  context.strokeStyle = DASH;
  context.lineWidth = RIM;
  context.stroke();
  return stamp;
}
