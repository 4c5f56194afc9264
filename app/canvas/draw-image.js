/**
 * Paints the image layer. Pure in (context, image, camera).
 *
 * @module
 */

/** @typedef {import("../shared/camera.js").Camera} Camera */

/** From this scale on a person looks at pixels, so they are shown as squares. */
const PIXELS_SEEN_AT = 3;

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels, cleared
 * @param {ImageBitmap} bitmap may be smaller than the image, a display copy
 * @param {import("../shared/geometry.js").Size} size of the image, in its own pixels
 * @param {Camera} camera
 */
export function drawImage(context, bitmap, size, camera) {
  context.imageSmoothingEnabled = camera.scale < PIXELS_SEEN_AT;
  context.imageSmoothingQuality = "high";
  context.drawImage(
    bitmap,
    -camera.x * camera.scale,
    -camera.y * camera.scale,
    size.width * camera.scale,
    size.height * camera.scale,
  );
}
