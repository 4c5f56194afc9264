/**
 * Which shapes lie under a point. Pure: data in, answer out; no scene, no canvas, no DOM.
 *
 * @module
 */

import { contains, distance, distanceToBorder, grow } from "../shared/geometry.js";
import {
  distanceToOutline,
  extentOf,
  NOT_THERE,
  outlineArea,
  outlineContains,
  pointAt,
  skeletonLines,
} from "../shared/outline.js";
import { distanceToEdge } from "../shared/rings.js";
import { frameInset } from "./whole-images.js";

/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Skeleton} Skeleton */
/** @typedef {"point"|"line"|"border"|"inside"} Part a keypoint, a line of a skeleton */
/**
 * @template S
 * @typedef {{shape: S, rank: number, away: number, area: number}} Hit
 */

/**
 * @typedef {object} Hittable
 * @property {Outline} outline
 * @property {number} [place] of a whole image among them
 * @property {{skeleton: Skeleton}} [tag]
 */

const RANKS = Object.freeze({ point: 0, line: 1, border: 1, inside: 3 });
/** The box around keypoints is painted more quietly than the shapes that are nothing but a border. */
const BOX_OF_KEYPOINTS = 2;

/**
 * All shapes that the point hits, the one a person most likely means first: those of which it hits a
 * keypoint, the nearest first; then those whose border was hit, since a large shape full of small ones
 * could not be reached otherwise; among them, and among those hit inside, the smallest area first,
 * since a shape within another one could not be reached otherwise; of equal areas the later one, which
 * is painted on top.
 *
 * @template {Hittable} S
 * @param {readonly S[]} shapes in the order of painting
 * @param {Point} point in the space of the outlines
 * @param {number} tolerance how far outside the border still hits: screen pixels divided by scale
 * @param {number} [scale] CSS pixels per image pixel
 * @returns {S[]}
 */
export function hitTest(shapes, point, tolerance, scale = 1) {
  /** @type {Hit<S>[]} */
  const hits = [];
  for (const shape of shapes) {
    const { outline, place = 0, tag } = shape;
    const inset = frameInset(place) / scale;
    const part = hitPart(outline, point, tolerance, { skeleton: tag?.skeleton, inset });
    if (!part) continue;
    const isQuiet = part === "border" && outline.kind === "keypoints";
    const rank = isQuiet ? BOX_OF_KEYPOINTS : RANKS[part];
    const away = part === "point" ? distanceToPoints(outline, point) : 0;
    hits.unshift({ shape, rank, away, area: outlineArea(outline) });
  }
  hits.sort((a, b) => a.rank - b.rank || a.away - b.away || a.area - b.area);
  return hits.map((hit) => hit.shape);
}

/**
 * A whole image is hit on its frame alone, so that it hides nothing.
 *
 * @param {Outline} outline
 * @param {Point} point
 * @param {number} tolerance
 * @param {{skeleton?: Skeleton, inset?: number}} [more] `inset`: how far the frame of a whole image
 *   lies within it
 * @returns {Part|null}
 */
export function hitPart(outline, point, tolerance, { skeleton = [], inset = 0 } = {}) {
  if (outline.kind === "whole-image") {
    const frame = grow(outline.box, -inset);
    return distanceToBorder(frame, point) <= tolerance ? "border" : null;
  }
  if (!contains(grow(extentOf(outline), tolerance), point)) return null;
  if (distanceToPoints(outline, point) <= tolerance) return "point";
  if (distanceToLines(outline, skeleton, point) <= tolerance) return "line";
  if (distanceToOutline(outline, point) <= tolerance) return "border";
  return outlineContains(outline, point) ? "inside" : null;
}

/** @param {Outline} outline @param {Point} point @returns {number} from the nearest that is there */
function distanceToPoints({ keypoints }, point) {
  let nearest = Number.POSITIVE_INFINITY;
  keypoints?.visibility.forEach((visibility, index) => {
    if (visibility === NOT_THERE) return;
    nearest = Math.min(nearest, distance(pointAt(keypoints, index), point));
  });
  return nearest;
}

/** @param {Outline} outline @param {Skeleton} skeleton @param {Point} point */
function distanceToLines(outline, skeleton, point) {
  return skeletonLines(outline, skeleton).reduce(
    (nearest, [from, to]) => Math.min(nearest, distanceToEdge(from, to, point)),
    Number.POSITIVE_INFINITY,
  );
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
