/**
 * Where the chips of shapes go, so that they never lie on one another. Pure: sizes in, places out.
 *
 * @module
 */

import { area, grow, intersects } from "../shared/geometry.js";

/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Size} Size */

/**
 * @template K
 * @typedef {{key: K, box: Box, width: number, height: number, forced: boolean}} ChipWish
 *   `box` is the shape in the view; a forced chip is placed whatever it covers
 */
/**
 * @template K
 * @typedef {{key: K, at: Box}} PlacedChip
 */

/** A shape smaller than this on the screen is told by hovering; its chip would be larger than it. */
const MIN_SHAPE = { width: 12, height: 4 };
/** Above or below its shape, a chip may not be more than this many times wider than it. */
const MAX_OVERHANG = 2.5;
/** With more shapes in view than this, chips would only be noise, and cost a frame. */
const MOST = 200;
const GAP = 1;

/**
 * Greedy, first come first served: the caller puts the important chips first. Of the places around a
 * shape the one that covers least of the other shapes is taken.
 *
 * @template K
 * @param {readonly ChipWish<K>[]} wishes
 * @param {Size} view
 * @param {readonly Box[]} [taken] where no chip may lie
 * @returns {PlacedChip<K>[]}
 */
export function placeChips(wishes, view, taken = []) {
  const considered = wishes.slice(0, MOST);
  const covered = [...taken];
  /** @type {PlacedChip<K>[]} */
  const placed = [];
  for (const wish of considered) {
    const at = wish.forced ? forcedPlace(wish, view) : freePlace(wish, view, covered, considered);
    if (!at) continue;
    placed.push({ key: wish.key, at });
    covered.push(at);
  }
  return placed;
}

/**
 * @template K
 * @param {ChipWish<K>} wish
 * @param {Size} view
 * @param {readonly Box[]} covered
 * @param {readonly ChipWish<K>[]} shapes
 * @returns {Box|null}
 */
function freePlace(wish, view, covered, shapes) {
  const [x0, y0, x1, y1] = wish.box;
  if (!intersects(wish.box, [0, 0, view.width, view.height])) return null;
  if (x1 - x0 < MIN_SHAPE.width || y1 - y0 < MIN_SHAPE.height) return null;
  /** @type {Box|null} */
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const at of places(wish)) {
    const inView = at[0] >= 0 && at[1] >= 0 && at[2] <= view.width && at[3] <= view.height;
    if (!inView || covered.some((other) => intersects(grow(at, GAP), other))) continue;
    const cover = shapes.reduce((sum, other) => sum + coveredArea(at, other.box), 0);
    if (cover < least) {
      best = at;
      least = cover;
    }
  }
  return best;
}

/**
 * @param {Box} a
 * @param {Box} b
 * @returns {number} the area that both share
 */
function coveredArea(a, b) {
  return area([
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ]);
}

/**
 * The first place, pushed into the view.
 *
 * @template K
 * @param {ChipWish<K>} wish
 * @param {Size} view
 * @returns {Box}
 */
function forcedPlace({ box, width, height }, view) {
  const at = aboveLeft(box, width, height);
  const dx = Math.max(0, -at[0]) + Math.min(0, view.width - at[2]);
  const dy = Math.max(0, -at[1]) + Math.min(0, view.height - at[3]);
  return [at[0] + dx, at[1] + dy, at[2] + dx, at[3] + dy];
}

/**
 * Above the top left corner, beside the shape on the left and the right, below it; then within it,
 * where it has room.
 *
 * @template K
 * @param {ChipWish<K>} wish
 * @returns {Box[]}
 */
function places({ box, width, height }) {
  const [x0, y0, x1, y1] = box;
  /** @type {Box[]} */
  const beside = [
    [x0 - 3 - width, y0, x0 - 3, y0 + height],
    [x1 + 3, y0, x1 + 3 + width, y0 + height],
  ];
  /** @type {Box[]} */
  const within =
    y1 - y0 > 2.2 * height && x1 - x0 > width + 8
      ? [
          [x0 + 3, y0 + 3, x0 + 3 + width, y0 + 3 + height],
          [x1 - 3 - width, y0 + 3, x1 - 3, y0 + 3 + height],
        ]
      : [];
  if (width > MAX_OVERHANG * (x1 - x0)) return beside;
  /** @type {Box} */
  const below = [x0 - 1, y1 + 2, x0 - 1 + width, y1 + 2 + height];
  return [aboveLeft(box, width, height), ...beside, below, ...within];
}

/**
 * @param {Box} box
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
function aboveLeft([x0, y0], width, height) {
  return [x0 - 1, y0 - height - 2, x0 - 1 + width, y0 - 2];
}
