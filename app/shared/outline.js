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
 * @property {"box"|"rotated-box"|"polygon"} kind
 * @property {Box} box the bounds
 * @property {readonly Float64Array[]} rings none for a box; one of four corners for a rotated box,
 *   clockwise on the screen, its first edge in the direction of the width
 */

/** @typedef {import("./protocol.js").Shape} OutlineJson as commands carry it */

const KINDS = /** @type {const} */ (["box", "rotated-box", "polygon"]);

/** @param {Box} box @returns {Outline} */
export function boxOutline(box) {
  return { kind: "box", box, rings: [] };
}

/** @param {Ring} ring @returns {Outline} */
export function rotatedBoxOutline(ring) {
  return { kind: "rotated-box", box: boundsOfRings([ring]), rings: [Float64Array.from(ring)] };
}

/** @param {readonly Ring[]} rings @returns {Outline} */
export function polygonOutline(rings) {
  const own = rings.map((ring) => Float64Array.from(ring));
  return { kind: "polygon", box: boundsOfRings(own), rings: own };
}

/** @param {Outline} outline @returns {OutlineJson} */
export function outlineJson({ kind, box, rings }) {
  if (kind === "box") return { kind, box: [box[0], box[1], box[2], box[3]] };
  if (kind === "rotated-box") return { kind, ring: [...rings[0]] };
  return { kind, rings: rings.map((ring) => [...ring]) };
}

/**
 * @param {ArrayBuffer} boxes float64, four a shape
 * @param {ArrayBuffer} kinds uint8, one a shape: 0 box, 1 rotated box, 2 polygon; empty: all are boxes
 * @param {ArrayBuffer} rings int32, two a ring: the place of its shape, its number of points
 * @param {ArrayBuffer} points float64, two a point, in the order of the rings
 * @returns {Outline[]}
 */
export function outlinesFromColumns(boxes, kinds, rings, points) {
  const numbers = new Float64Array(boxes);
  const codes = new Uint8Array(kinds);
  const ringsOf = readRings(new Int32Array(rings), new Float64Array(points));
  return Array.from({ length: numbers.length / 4 }, (_, place) => {
    const [x0, y0, x1, y1] = numbers.subarray(4 * place, 4 * place + 4);
    const kind = KINDS[codes[place] ?? 0];
    return { kind, box: [x0, y0, x1, y1], rings: ringsOf.get(place) ?? [] };
  });
}

/** @param {Outline} outline */
export function outlineArea({ kind, box, rings }) {
  return kind === "box" ? area(box) : areaOfRings(rings);
}

/** @param {Outline} outline @param {Point} point */
export function outlineContains({ kind, box, rings }, point) {
  return contains(box, point) && (kind === "box" || ringsContain(rings, point));
}

/** @param {Outline} outline @param {Point} point @returns {number} from the nearest part of its line */
export function distanceToOutline({ kind, box, rings }, point) {
  return kind === "box" ? distanceToBorder(box, point) : distanceToRings(rings, point);
}

/**
 * @param {Outline} outline
 * @param {(point: Point) => Point} change of every point; for a box of two opposite corners
 * @returns {Outline} of the same kind
 */
export function mapOutline({ kind, box, rings }, change) {
  if (kind === "box") {
    const from = change({ x: box[0], y: box[1] });
    const to = change({ x: box[2], y: box[3] });
    return boxOutline([from.x, from.y, to.x, to.y]);
  }
  const changed = rings.map((ring) => {
    const own = Float64Array.from(ring);
    for (let at = 0; at < own.length; at += 2) {
      const { x, y } = change({ x: own[at], y: own[at + 1] });
      own[at] = x;
      own[at + 1] = y;
    }
    return own;
  });
  return { kind, box: boundsOfRings(changed), rings: changed };
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
