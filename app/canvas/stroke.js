/**
 * Strokes and fills outlines of every kind; of keypoints their box. Boxes and rotated boxes are brought into the view first,
 * polygons are kept as paths on the image and drawn through the camera: of ten thousand polygons no
 * point is touched while the camera moves. Lines keep their width at every zoom either way.
 *
 * @module
 */

import { boxToView, toView } from "../shared/camera.js";
import { grow } from "../shared/geometry.js";
import { pointOfRing } from "../shared/rings.js";
import { dashPattern } from "./dash-pattern.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */

/**
 * @typedef {object} Line
 * @property {string} color
 * @property {number} width CSS pixels
 * @property {boolean} [dashed]
 * @property {number} [outset] CSS pixels that the line runs outside; polygons have it on their border
 */

/** Dash and gap, CSS pixels, as in the pattern that boxes are dashed with. */
const DASHES = [7, 3];
/** A polygon smaller than this in the view, in CSS pixels, looks like a box. */
const SEEN_AS_BOX = 4;
/** From this scale on lines run on the border. */
const NEAR = 1;
const OUTSET = 1.5;

/** @type {WeakMap<Outline, Path2D>} */
const paths = new WeakMap();

/**
 * One by one: a path of all boxes takes several times as long to stroke.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels of the view
 * @param {readonly Outline[]} outlines
 * @param {Camera} camera
 * @param {Line} line
 */
export function strokeOutlines(context, outlines, camera, line) {
  const { color, width, dashed = false, outset = 0 } = line;
  const polygons = outlines.filter((outline) => isDrawnAsPath(outline, camera));
  context.save();
  context.lineWidth = width;
  context.strokeStyle = dashed ? dashPattern(context, color, camera) : color;
  for (const outline of outlines) {
    if (outline.kind === "rotated-box" || isDrawnAsPath(outline, camera)) continue;
    const [x0, y0, x1, y1] = grow(boxToView(camera, outline.box), outset);
    context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  }
  // Along a slanted edge the pattern's stripes would be one long dash, or none.
  context.strokeStyle = color;
  if (dashed) context.setLineDash(DASHES);
  for (const outline of outlines) {
    if (outline.kind !== "rotated-box") continue;
    tracePoints(context, rotatedInView(camera, outline, outset));
    context.stroke();
  }
  if (polygons.length > 0) {
    throughCamera(context, camera);
    context.lineWidth = width / camera.scale;
    context.lineJoin = "round";
    if (dashed) context.setLineDash(DASHES.map((length) => length / camera.scale));
    for (const outline of polygons) context.stroke(pathOf(outline));
  }
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Outline} outline
 * @param {Camera} camera
 * @param {string} color
 */
export function fillOutline(context, outline, camera, color) {
  context.fillStyle = color;
  if (outline.rings.length === 0) {
    const [x0, y0, x1, y1] = boxToView(camera, outline.box);
    context.fillRect(x0, y0, x1 - x0, y1 - y0);
    return;
  }
  context.save();
  throughCamera(context, camera);
  context.fill(pathOf(outline), "evenodd");
  context.restore();
}

/**
 * A ring around a shape, at a distance from its line. Around a polygon, what lies within the ring on
 * this layer is gone.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Outline} outline
 * @param {Camera} camera
 * @param {number} away CSS pixels from the shape's line to the middle of the ring
 * @param {{inner: Line, outer: Line}} ring the outer line shows on both sides of the inner one
 */
export function ringAround(context, outline, camera, away, { inner, outer }) {
  const one = [outline];
  if (outline.kind !== "polygon") {
    strokeOutlines(context, one, camera, { ...outer, outset: away });
    strokeOutlines(context, one, camera, { ...inner, outset: away });
    return;
  }
  // A path cannot be moved outward, but its line can be made wider, from both sides of the ring.
  strokeOutlines(context, one, camera, { ...outer, width: 2 * away + outer.width });
  strokeOutlines(context, one, camera, { ...inner, width: 2 * away + inner.width });
  strokeOutlines(context, one, camera, { ...outer, width: 2 * away - inner.width });
  context.save();
  context.globalCompositeOperation = "destination-out";
  fillOutline(context, outline, camera, "#000000");
  strokeOutlines(context, one, camera, { color: "#000000", width: 2 * away - outer.width });
  context.restore();
}

/**
 * The point of an outline that is furthest in a direction.
 *
 * @param {Outline} outline
 * @param {Camera} camera
 * @param {-1|1} x
 * @param {-1|1} y
 * @returns {Point} in the view
 */
export function outermost(outline, camera, x, y) {
  const [ring] = outline.rings;
  if (!ring) {
    const [x0, y0, x1, y1] = boxToView(camera, outline.box);
    return { x: x > 0 ? x1 : x0, y: y > 0 ? y1 : y0 };
  }
  let best = pointOfRing(ring, 0);
  for (let index = 1; index < ring.length / 2; index++) {
    const point = pointOfRing(ring, index);
    if (point.x * x + point.y * y > best.x * x + best.y * y) best = point;
  }
  return toView(camera, best);
}

/**
 * How far outside its border a shape's line runs. Seen from afar it runs just outside, since on a
 * line of small text it would cover the text; seen from near it runs on the border, to the pixel.
 *
 * @param {Camera} camera
 * @returns {number} CSS pixels
 */
export function lineOutset({ scale }) {
  return scale < NEAR ? OUTSET : 0;
}

/** @param {Outline} outline @param {Camera} camera */
function isDrawnAsPath({ kind, box: [x0, y0, x1, y1] }, { scale }) {
  return kind === "polygon" && Math.max(x1 - x0, y1 - y0) * scale > SEEN_AS_BOX;
}

/** @param {CanvasRenderingContext2D} context @param {Camera} camera */
function throughCamera(context, { scale, x, y }) {
  context.transform(scale, 0, 0, scale, -x * scale, -y * scale);
}

/** @param {Outline} outline @returns {Path2D} on the image */
function pathOf(outline) {
  const known = paths.get(outline);
  if (known) return known;
  const path = new Path2D();
  for (const ring of outline.rings) {
    path.moveTo(ring[0], ring[1]);
    for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at], ring[at + 1]);
    path.closePath();
  }
  paths.set(outline, path);
  return path;
}

/**
 * @param {Camera} camera
 * @param {Outline} outline
 * @param {number} outset
 * @returns {Point[]}
 */
function rotatedInView(camera, { rings: [ring] }, outset) {
  const corners = [0, 1, 2, 3].map((index) => toView(camera, pointOfRing(ring, index)));
  const along = direction(corners[0], corners[1], outset);
  const across = direction(corners[0], corners[3], outset);
  return corners.map(({ x, y }, index) => {
    const [right, down] = [index === 1 || index === 2 ? 1 : -1, index > 1 ? 1 : -1];
    return {
      x: x + right * along.x + down * across.x,
      y: y + right * along.y + down * across.y,
    };
  });
}

/** @param {Point} from @param {Point} to @param {number} length @returns {Point} */
function direction(from, to, length) {
  const whole = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: ((to.x - from.x) / whole) * length, y: ((to.y - from.y) / whole) * length };
}

/** @param {CanvasRenderingContext2D} context @param {readonly Point[]} points in the view */
function tracePoints(context, [first, ...others]) {
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of others) context.lineTo(x, y);
  context.closePath();
}
