/**
 * The camera: which part of the image the view shows. `x` and `y` are the image point at the view's
 * top-left corner; `scale` is CSS pixels per image pixel. A camera is a value: every function here
 * returns a new one. View sizes and screen points are CSS pixels from the view's top-left corner.
 *
 * @module
 */

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {import("./geometry.js").Size} Size */
/** @typedef {{readonly scale: number, readonly x: number, readonly y: number}} Camera */

const MIN_SCALE = 0.02;
const MAX_SCALE = 40;
/** How much of the view the image must keep on each axis, so that it cannot be lost. */
const KEPT_PIXELS = 64;

/** @type {Camera} */
export const HOME = { scale: 1, x: 0, y: 0 };

/**
 * @param {Camera} camera
 * @param {Point} point in the view
 * @returns {Point} on the image
 */
export function toImage(camera, point) {
  return { x: camera.x + point.x / camera.scale, y: camera.y + point.y / camera.scale };
}

/**
 * @param {Camera} camera
 * @param {Point} point on the image
 * @returns {Point} in the view
 */
export function toView(camera, point) {
  return { x: (point.x - camera.x) * camera.scale, y: (point.y - camera.y) * camera.scale };
}

/**
 * @param {Camera} camera
 * @param {Box} box on the image
 * @returns {Box} in the view
 */
export function boxToView(camera, [x0, y0, x1, y1]) {
  const { scale, x, y } = camera;
  return [(x0 - x) * scale, (y0 - y) * scale, (x1 - x) * scale, (y1 - y) * scale];
}

/**
 * @param {Camera} camera
 * @param {Size} view
 * @returns {Box} the part of image space that the view shows
 */
export function visibleBox(camera, view) {
  return [
    camera.x,
    camera.y,
    camera.x + view.width / camera.scale,
    camera.y + view.height / camera.scale,
  ];
}

/**
 * The whole image, centred, with a margin. A small image is not enlarged beyond 8 times.
 *
 * @param {Size} image
 * @param {Size} view
 * @param {number} [margin] CSS pixels on each side
 * @returns {Camera}
 */
export function fit(image, view, margin = 12) {
  const room = {
    width: Math.max(1, view.width - 2 * margin),
    height: Math.max(1, view.height - 2 * margin),
  };
  const scale = clampScale(Math.min(room.width / image.width, room.height / image.height, 8));
  return {
    scale,
    x: (image.width - view.width / scale) / 2,
    y: (image.height - view.height / scale) / 2,
  };
}

/**
 * Zooms so that the image point under `at` stays there.
 *
 * @param {Camera} camera
 * @param {Point} at in the view
 * @param {number} factor > 1 comes closer
 * @returns {Camera}
 */
export function zoomAt(camera, at, factor) {
  const scale = clampScale(camera.scale * factor);
  const fixed = toImage(camera, at);
  return { scale, x: fixed.x - at.x / scale, y: fixed.y - at.y / scale };
}

/**
 * @param {Camera} camera
 * @param {number} dx how far the image moves to the right, CSS pixels
 * @param {number} dy
 * @returns {Camera}
 */
export function pan(camera, dx, dy) {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/**
 * Keeps a strip of the image in the view.
 *
 * @param {Camera} camera
 * @param {Size} image
 * @param {Size} view
 * @returns {Camera}
 */
export function keepInReach(camera, image, view) {
  const kept = KEPT_PIXELS / camera.scale;
  return {
    ...camera,
    x: clamp(camera.x, kept - view.width / camera.scale, image.width - kept),
    y: clamp(camera.y, kept - view.height / camera.scale, image.height - kept),
  };
}

/**
 * The smallest move (and, for a box larger than the view, the zoom) that shows the whole box. A box
 * that is already in view leaves the camera as it is.
 *
 * @param {Camera} camera
 * @param {Box} box on the image
 * @param {Size} view
 * @param {number} [margin] CSS pixels kept free around the box
 * @returns {Camera}
 */
export function bringIntoView(camera, box, view, margin = 40) {
  const room = {
    width: Math.max(1, view.width - 2 * margin),
    height: Math.max(1, view.height - 2 * margin),
  };
  const needed = Math.min(
    room.width / Math.max(1, box[2] - box[0]),
    room.height / Math.max(1, box[3] - box[1]),
  );
  const scale = clampScale(Math.min(camera.scale, needed));
  const centred =
    scale < camera.scale
      ? zoomAt(camera, { x: view.width / 2, y: view.height / 2 }, scale / camera.scale)
      : camera;
  const [x0, y0, x1, y1] = boxToView(centred, box);
  return pan(
    centred,
    shiftInto(x0, x1, margin, view.width - margin),
    shiftInto(y0, y1, margin, view.height - margin),
  );
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} low
 * @param {number} high
 * @returns {number} the smallest shift that puts [from, to] within [low, high]
 */
function shiftInto(from, to, low, high) {
  if (from < low) return low - from;
  if (to > high) return Math.max(high - to, low - from);
  return 0;
}

/** @param {number} scale */
function clampScale(scale) {
  return clamp(scale, MIN_SCALE, MAX_SCALE);
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
