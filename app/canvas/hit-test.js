/**
 * Which shapes lie under a point. Pure: data in, answer out; no scene, no canvas, no DOM.
 *
 * @module
 */

import { area, contains, distanceToBorder } from "../shared/geometry.js";

/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/**
 * @template S
 * @typedef {{shape: S, part: "border"|"inside", area: number}} Hit
 */

/**
 * All shapes that the point hits, the one a person most likely means first: the smallest area first,
 * since a shape within another one could not be reached otherwise; of equal areas the one whose
 * border was hit, then the later one, which is painted on top.
 *
 * @template {{box: Box}} S
 * @param {readonly S[]} shapes in the order of painting
 * @param {Point} point in the space of the boxes
 * @param {number} tolerance how far outside the border still hits: screen pixels divided by scale
 * @returns {S[]}
 */
export function hitTest(shapes, point, tolerance) {
  /** @type {Hit<S>[]} */
  const hits = [];
  for (const shape of shapes) {
    const part = hitPart(shape.box, point, tolerance);
    if (part) hits.unshift({ shape, part, area: area(shape.box) });
  }
  hits.sort((a, b) => a.area - b.area || Number(b.part === "border") - Number(a.part === "border"));
  return hits.map((hit) => hit.shape);
}

/**
 * @param {Box} box
 * @param {Point} point
 * @param {number} tolerance
 * @returns {"border"|"inside"|null}
 */
export function hitPart(box, point, tolerance) {
  if (distanceToBorder(box, point) <= tolerance) return "border";
  return contains(box, point) ? "inside" : null;
}

/**
 * The next of several hits after the present one, round and round; the first when the present one is
 * not among them.
 *
 * @template S
 * @param {readonly S[]} hits
 * @param {(shape: S) => boolean} isPresent
 * @returns {S|null}
 */
export function nextBeneath(hits, isPresent) {
  if (hits.length === 0) return null;
  return hits[(hits.findIndex(isPresent) + 1) % hits.length];
}
