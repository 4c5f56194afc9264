/**
 * Which shapes lie under a point. Pure: data in, answer out; no scene, no canvas, no DOM.
 *
 * @module
 */

import { contains, grow } from "../shared/geometry.js";
import { distanceToOutline, outlineArea, outlineContains } from "../shared/outline.js";

/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("../shared/geometry.js").Point} Point */
/**
 * @template S
 * @typedef {{shape: S, part: "border"|"inside", area: number}} Hit
 */

/**
 * All shapes that the point hits, the one a person most likely means first: those whose border was
 * hit, since a large shape full of small ones could not be reached otherwise; among them, and among
 * those hit inside, the smallest area first, since a shape within another one could not be reached
 * otherwise; of equal areas the later one, which is painted on top.
 *
 * @template {{outline: Outline}} S
 * @param {readonly S[]} shapes in the order of painting
 * @param {Point} point in the space of the outlines
 * @param {number} tolerance how far outside the border still hits: screen pixels divided by scale
 * @returns {S[]}
 */
export function hitTest(shapes, point, tolerance) {
  /** @type {Hit<S>[]} */
  const hits = [];
  for (const shape of shapes) {
    const part = hitPart(shape.outline, point, tolerance);
    if (part) hits.unshift({ shape, part, area: outlineArea(shape.outline) });
  }
  hits.sort((a, b) => Number(b.part === "border") - Number(a.part === "border") || a.area - b.area);
  return hits.map((hit) => hit.shape);
}

/**
 * @param {Outline} outline
 * @param {Point} point
 * @param {number} tolerance
 * @returns {"border"|"inside"|null}
 */
export function hitPart(outline, point, tolerance) {
  if (!contains(grow(outline.box, tolerance), point)) return null;
  if (distanceToOutline(outline, point) <= tolerance) return "border";
  return outlineContains(outline, point) ? "inside" : null;
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
