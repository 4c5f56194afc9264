/**
 * Boxes and points, in whichever space the caller works in (image pixels or screen pixels), as long
 * as all arguments of one call share it. Pure; imports nothing.
 *
 * @module
 */

/** @typedef {readonly [number, number, number, number]} Box `[x0, y0, x1, y1]`, x0 <= x1, y0 <= y1 */
/** @typedef {{readonly x: number, readonly y: number}} Point */
/** @typedef {{readonly width: number, readonly height: number}} Size */

/**
 * @param {Box} box
 * @returns {number}
 */
export function area([x0, y0, x1, y1]) {
  return Math.max(0, x1 - x0) * Math.max(0, y1 - y0);
}

/**
 * The border belongs to the box.
 *
 * @param {Box} box
 * @param {Point} point
 * @returns {boolean}
 */
export function contains([x0, y0, x1, y1], { x, y }) {
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

/**
 * @param {Box} box
 * @param {number} by may be negative; a box that would turn inside out becomes its centre
 * @returns {Box}
 */
export function grow([x0, y0, x1, y1], by) {
  const cx = (x0 + x1) / 2;
  const cy = (y0 + y1) / 2;
  return [
    Math.min(x0 - by, cx),
    Math.min(y0 - by, cy),
    Math.max(x1 + by, cx),
    Math.max(y1 + by, cy),
  ];
}

/**
 * Touching edges do not count.
 *
 * @param {Box} a
 * @param {Box} b
 * @returns {boolean}
 */
export function intersects(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/**
 * How far a point is from the nearest part of the box's border, from inside or outside.
 *
 * @param {Box} box
 * @param {Point} point
 * @returns {number} >= 0
 */
export function distanceToBorder(box, point) {
  const [x0, y0, x1, y1] = box;
  if (contains(box, point)) {
    return Math.min(point.x - x0, x1 - point.x, point.y - y0, y1 - point.y);
  }
  const dx = Math.max(x0 - point.x, 0, point.x - x1);
  const dy = Math.max(y0 - point.y, 0, point.y - y1);
  return Math.hypot(dx, dy);
}

/**
 * Compares two boxes as a person reads a page: by row from the top, within a row from the left. Two
 * boxes are in one row when the upper part of both lies within half the smaller height.
 *
 * @param {Box} a
 * @param {Box} b
 * @returns {number} negative when a comes first
 */
export function compareReadingOrder(a, b) {
  const row = Math.min(a[3] - a[1], b[3] - b[1]) / 2;
  return Math.abs(a[1] - b[1]) > row ? a[1] - b[1] : a[0] - b[0];
}

/**
 * @param {Point} a
 * @param {Point} b
 * @returns {number}
 */
export function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
