/**
 * From where the pointer is to where a point of a shape is put: inside the image, and on the edge of
 * a pixel where the pointer is on it, as far as a screen can tell. Pure.
 *
 * @module
 */

/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/geometry.js").Size} Size */

/** Less than half a pixel of the screen, so that what is stored is never further from the pointer. */
const PULL = 0.49;

/**
 * @typedef {object} Ground what shapes are drawn on
 * @property {Size} size of the image
 * @property {number} scale CSS pixels per image pixel
 * @property {number} ratio pixels of the screen per CSS pixel
 */

/**
 * @param {Point} point on the image or beside it
 * @param {Ground} ground
 * @returns {Point}
 */
export function placed(point, ground) {
  const { width, height } = ground.size;
  return {
    x: clamp(snapped(point.x, ground), 0, width),
    y: clamp(snapped(point.y, ground), 0, height),
  };
}

/**
 * How far a shape may go: the whole of it stays on the image, and its upper left corner finds the
 * edges of pixels.
 *
 * @param {Box} bounds of the shape
 * @param {Point} by
 * @param {Ground} ground
 * @returns {Point}
 */
export function placedMove([x0, y0, x1, y1], by, ground) {
  const { width, height } = ground.size;
  return {
    x: clamp(snapped(x0 + by.x, ground) - x0, -x0, width - x1),
    y: clamp(snapped(y0 + by.y, ground) - y0, -y0, height - y1),
  };
}

/**
 * @param {number} value
 * @param {Ground} ground
 */
function snapped(value, { scale, ratio }) {
  const edge = Math.round(value);
  return Math.abs(value - edge) * scale * ratio <= PULL ? edge : value;
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
