/**
 * A picture of the shapes as they were last painted. It stands in for them while the camera moves over
 * more than can be painted in a frame; when the camera rests they are painted again.
 *
 * @module
 */

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Size} Size */
/** @typedef {import("../shared/outline.js").Outline} Outline */

/** So many points are painted in a frame on a slow machine. */
const LIGHT = 16_000;
const BOX_POINTS = 4;
/** A dot and a line of the skeleton, with their casings. */
const KEYPOINT_WEIGHT = 10;
/** For so long the camera has not moved when it rests, milliseconds. */
const REST = 120;

/**
 * @typedef {object} Taken
 * @property {OffscreenCanvas} picture
 * @property {Camera} camera
 * @property {Size} view
 * @property {readonly unknown[]} of what it shows; a picture of anything else is no use
 */

/**
 * @param {() => void} onRest asks for a frame that paints the shapes themselves
 */
export function createStill(onRest) {
  /** @type {Taken|null} */
  let taken = null;
  let timer = 0;

  return {
    /**
     * Paints the picture where it will do.
     *
     * @param {CanvasRenderingContext2D} context in CSS pixels
     * @param {Camera} camera
     * @param {Size} view
     * @param {readonly unknown[]} of
     * @returns {boolean} whether it did
     */
    standsIn(context, camera, view, of) {
      if (!taken || !showsTheSame(taken, view, of) || isSame(taken.camera, camera)) return false;
      const [from, scale] = [taken.camera, camera.scale / taken.camera.scale];
      context.drawImage(
        taken.picture,
        (from.x - camera.x) * camera.scale,
        (from.y - camera.y) * camera.scale,
        view.width * scale,
        view.height * scale,
      );
      clearTimeout(timer);
      timer = setTimeout(() => {
        taken = null;
        onRest();
      }, REST);
      return true;
    },

    /**
     * Keeps what was just painted, where it was much.
     *
     * @param {CanvasRenderingContext2D} context
     * @param {Taken["camera"]} camera
     * @param {Size} view
     * @param {readonly unknown[]} of
     * @param {readonly {outline: Outline}[]} shapes
     */
    take(context, camera, view, of, shapes) {
      clearTimeout(timer);
      taken = null;
      if (weight(shapes) <= LIGHT) return;
      const { canvas } = context;
      const picture = new OffscreenCanvas(canvas.width, canvas.height);
      picture.getContext("2d")?.drawImage(canvas, 0, 0);
      taken = { picture, camera, view, of };
    },
  };
}

/** @param {readonly {outline: Outline}[]} shapes @returns {number} how many points their lines have */
function weight(shapes) {
  let points = 0;
  for (const { outline } of shapes) {
    if (outline.rings.length === 0) points += BOX_POINTS;
    if (outline.keypoints) points += outline.keypoints.visibility.length * KEYPOINT_WEIGHT;
    for (const ring of outline.rings) points += ring.length / 2;
  }
  return points;
}

/** @param {Taken} taken @param {Size} view @param {readonly unknown[]} of */
function showsTheSame(taken, view, of) {
  const { width, height } = taken.view;
  return (
    width === view.width && height === view.height && taken.of.every((one, at) => one === of[at])
  );
}

/** @param {Camera} a @param {Camera} b */
function isSame(a, b) {
  return a.scale === b.scale && a.x === b.x && a.y === b.y;
}
