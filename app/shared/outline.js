/**
 * Outlines: where a shape lies, whatever its kind. They come from the session as columns and go there
 * as JSON; between the two they are values that nobody changes. Pixels of the image.
 *
 * @module
 */

import { area, contains, distanceToBorder } from "./geometry.js";
import { areaOfRings, boundsOfRings, distanceToRings, ringsContain } from "./rings.js";

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {import("./rings.js").Ring} Ring */

/**
 * @typedef {object} Outline
 * @property {"box"|"rotated-box"|"polygon"|"keypoints"|"whole-image"} kind
 * @property {Box} box the bounds
 * @property {readonly Float64Array[]} rings none for a box, for keypoints and for a whole image, which
 *   lie where their box does; one of four corners for a rotated box, clockwise on the screen, its
 *   first edge in the direction of the width
 * @property {Keypoints|null} keypoints of no other kind
 */

/**
 * @typedef {object} Keypoints
 * @property {Float64Array} points x, y of each, in the order of their names
 * @property {Uint8Array} visibility of each: 0 not there, 1 hidden, 2 visible
 */

/** @typedef {readonly (readonly [number, number])[]} Skeleton lines between keypoints, by their places */

/** @typedef {import("./protocol.js").Shape} OutlineJson as commands carry it */

const KINDS = /** @type {const} */ (["box", "rotated-box", "polygon", "keypoints", "whole-image"]);

/** Visibilities of a keypoint. */
export const NOT_THERE = 0;
export const HIDDEN = 1;
export const VISIBLE = 2;

/** @param {Box} box @returns {Outline} */
export function boxOutline(box) {
  return { kind: "box", box, rings: [], keypoints: null };
}

/** @param {Ring} ring @returns {Outline} */
export function rotatedBoxOutline(ring) {
  const rings = [Float64Array.from(ring)];
  return { kind: "rotated-box", box: boundsOfRings(rings), rings, keypoints: null };
}

/** @param {readonly Ring[]} rings @returns {Outline} */
export function polygonOutline(rings) {
  const own = rings.map((ring) => Float64Array.from(ring));
  return { kind: "polygon", box: boundsOfRings(own), rings: own, keypoints: null };
}

/**
 * @param {Box} box
 * @param {Keypoints} keypoints
 * @returns {Outline}
 */
export function keypointsOutline(box, keypoints) {
  return { kind: "keypoints", box, rings: [], keypoints };
}

/** @param {import("./geometry.js").Size} size of the image @returns {Outline} */
export function wholeImageOutline({ width, height }) {
  return { kind: "whole-image", box: [0, 0, width, height], rings: [], keypoints: null };
}

/** @param {Outline} outline @returns {OutlineJson} */
export function outlineJson({ kind, box, rings, keypoints }) {
  if (kind === "box" || kind === "whole-image") return { kind, box: numbersOf(box) };
  if (kind === "keypoints") {
    const { points, visibility } = /** @type {Keypoints} */ (keypoints);
    return { kind, box: numbersOf(box), points: [...points], visibility: [...visibility] };
  }
  if (kind === "rotated-box") return { kind, ring: [...rings[0]] };
  return { kind, rings: rings.map((ring) => [...ring]) };
}

/**
 * @param {ArrayBuffer} boxes float64, four a shape
 * @param {ArrayBuffer[]} others in this order:
 *   kinds, uint8, one a shape: its place in `KINDS`; empty: all are boxes;
 *   rings, int32, two a ring: the place of its shape, its number of points; the points of a shape of
 *   keypoints are told as one;
 *   points, float64, two a point, in the order of the rings;
 *   visibility, uint8, one a keypoint, in their order
 * @returns {Outline[]}
 */
export function outlinesFromColumns(boxes, ...others) {
  const [kinds, rings, points, visibility] = others;
  const numbers = new Float64Array(boxes);
  const codes = new Uint8Array(kinds);
  const ringsOf = readRings(new Int32Array(rings), new Float64Array(points));
  const seen = new Uint8Array(visibility);
  let seenFrom = 0;
  return Array.from({ length: numbers.length / 4 }, (_, place) => {
    const [x0, y0, x1, y1] = numbers.subarray(4 * place, 4 * place + 4);
    const kind = KINDS[codes[place] ?? 0];
    const own = ringsOf.get(place) ?? [];
    if (kind !== "keypoints") {
      return { kind, box: [x0, y0, x1, y1], rings: own, keypoints: null };
    }
    const count = own[0].length / 2;
    const marks = seen.slice(seenFrom, seenFrom + count);
    seenFrom += count;
    return keypointsOutline([x0, y0, x1, y1], { points: own[0], visibility: marks });
  });
}

/** @param {Outline} outline */
export function outlineArea({ box, rings }) {
  return rings.length === 0 ? area(box) : areaOfRings(rings);
}

/** @param {Outline} outline @param {Point} point */
export function outlineContains({ box, rings }, point) {
  return contains(box, point) && (rings.length === 0 || ringsContain(rings, point));
}

/** @param {Outline} outline @param {Point} point @returns {number} from the nearest part of its line */
export function distanceToOutline({ box, rings }, point) {
  return rings.length === 0 ? distanceToBorder(box, point) : distanceToRings(rings, point);
}

/** @param {Keypoints} keypoints @param {number} index @returns {Point} */
export function pointAt({ points }, index) {
  return { x: points[2 * index], y: points[2 * index + 1] };
}

/** @param {Outline} outline @returns {number} how many of its keypoints are there */
export function countLabelled({ keypoints }) {
  return keypoints ? keypoints.visibility.filter((one) => one !== NOT_THERE).length : 0;
}

/**
 * @param {Outline} outline
 * @param {Skeleton} skeleton
 * @returns {[Point, Point][]} its lines between keypoints that are there
 */
export function skeletonLines({ keypoints }, skeleton) {
  if (!keypoints) return [];
  const isThere = (/** @type {number} */ index) =>
    (keypoints.visibility[index] ?? NOT_THERE) !== NOT_THERE;
  return skeleton
    .filter(([from, to]) => isThere(from) && isThere(to))
    .map(([from, to]) => [pointAt(keypoints, from), pointAt(keypoints, to)]);
}

/**
 * @param {Outline} outline
 * @returns {Box} around it and the keypoints that are there, which may lie beside its bounds
 */
export function extentOf({ box, keypoints }) {
  if (!keypoints) return box;
  let [x0, y0, x1, y1] = box;
  keypoints.visibility.forEach((visibility, index) => {
    if (visibility === NOT_THERE) return;
    const { x, y } = pointAt(keypoints, index);
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  });
  return [x0, y0, x1, y1];
}

/**
 * @param {Outline} outline
 * @param {(point: Point) => Point} change of every point; for a box of two opposite corners
 * @returns {Outline} of the same kind
 */
export function mapOutline({ kind, box, rings, keypoints }, change) {
  if (rings.length > 0) {
    const changed = rings.map((ring) => mapRing(ring, change));
    return { kind, box: boundsOfRings(changed), rings: changed, keypoints };
  }
  const from = change({ x: box[0], y: box[1] });
  const to = change({ x: box[2], y: box[3] });
  const points = keypoints && mapRing(keypoints.points, change);
  return {
    kind,
    box: [from.x, from.y, to.x, to.y],
    rings,
    keypoints: points && keypoints && { points, visibility: keypoints.visibility },
  };
}

/**
 * @param {Float64Array} ring
 * @param {(point: Point) => Point} change
 */
function mapRing(ring, change) {
  const own = Float64Array.from(ring);
  for (let at = 0; at < own.length; at += 2) {
    const { x, y } = change({ x: own[at], y: own[at + 1] });
    own[at] = x;
    own[at + 1] = y;
  }
  return own;
}

/** @param {Box} box @returns {[number, number, number, number]} */
function numbersOf([x0, y0, x1, y1]) {
  return [x0, y0, x1, y1];
}

/**
 * @param {Int32Array} rows
 * @param {Float64Array} points
 * @returns {Map<number, Float64Array[]>} by the place of the shape
 */
function readRings(rows, points) {
  /** @type {Map<number, Float64Array[]>} */
  const byPlace = new Map();
  let from = 0;
  for (let row = 0; row < rows.length; row += 2) {
    const [place, count] = [rows[row], rows[row + 1]];
    const ring = points.slice(from, from + 2 * count);
    from += 2 * count;
    const known = byPlace.get(place);
    if (known) known.push(ring);
    else byPlace.set(place, [ring]);
  }
  return byPlace;
}
