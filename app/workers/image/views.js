/**
 * What is made of a picture: the bitmap on the screen, the thumbnail, the pixels of the input tensor, what a deployment
 * is sent.
 */

import { throughLevels } from "./levels.js";

/**
 * @typedef {import("./decode.js").Picture} Picture
 * @typedef {import("./levels.js").Levels} Levels
 */

/** A larger image is shown from a smaller copy: pixels of 4 bytes each. */
const MOST_SHOWN_PIXELS = 48_000_000;

/** Longest side of a thumbnail, in device pixels. */
const THUMBNAIL_SIZE = 160;

/**
 * The whole picture for the canvas.
 * @param {Picture} picture
 * @param {Levels | null} levels how 16-bit grey is seen; null for its auto window
 * @returns {Promise<ImageBitmap>}
 */
export async function displayOf(picture, levels) {
  const { width, height } = picture;
  const source =
    picture.kind === "bitmap" ? picture.bitmap : greyImage(picture, levels ?? picture.auto);
  const scale = Math.sqrt(MOST_SHOWN_PIXELS / (width * height));
  if (scale >= 1) return await createImageBitmap(source);
  return await createImageBitmap(source, {
    resizeWidth: Math.round(width * scale),
    resizeHeight: Math.round(height * scale),
    resizeQuality: "medium",
  });
}

/**
 * @param {Picture} picture
 * @returns {Promise<Blob>} at most THUMBNAIL_SIZE wide and high, in proportion
 */
export async function thumbnailOf(picture) {
  const canvas = await drawn(picture, THUMBNAIL_SIZE, true);
  return await canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
}

/**
 * What is sent to a deployment: encoded anew, so that nothing of the file but its pixels leaves; transparent pixels laid
 * on white, 16-bit grey through its auto window.
 * @param {Picture} picture
 * @param {{ mediaType: string, quality: number, longest: number | null }} sending `quality` 1 to 100; the longer side
 *   has at most `longest` pixels
 * @returns {Promise<{ blob: Blob, width: number, height: number }>}
 */
export async function sentOf(picture, { mediaType, quality, longest }) {
  const canvas = await drawn(picture, longest ?? Number.POSITIVE_INFINITY, false);
  const blob = await canvas.convertToBlob({ type: mediaType, quality: quality / 100 });
  // Whose type a browser does not write it writes as PNG.
  if (blob.type !== mediaType) throw new Error(`this browser does not write ${mediaType}`);
  return { blob, width: canvas.width, height: canvas.height };
}

/**
 * @param {Picture} picture
 * @param {number} longest side, in pixels
 * @param {boolean} alpha whether transparent pixels stay so; else they are laid on white
 */
async function drawn(picture, longest, alpha) {
  const { width, height } = picture;
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const context = contextOf(canvas, alpha);
  if (!alpha) {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.imageSmoothingQuality = "medium";
  const source =
    picture.kind === "bitmap"
      ? picture.bitmap
      : await createImageBitmap(greyImage(picture, picture.auto));
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  if (source !== /** @type {any} */ (picture).bitmap) source.close();
  return canvas;
}

/**
 * What a model sees: transparent pixels laid on white, 16-bit grey through its auto window however the person looks
 * at it.
 * @param {Picture} picture
 * @returns {Uint8ClampedArray} row-major opaque RGBA
 */
export function modelPixels(picture) {
  if (picture.kind === "deep") return throughLevels(picture.samples, picture.auto);
  const { width, height, bitmap } = picture;
  const context = contextOf(new OffscreenCanvas(width, height), false);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/**
 * @param {import("./decode.js").DeepPicture} picture
 * @param {Levels} levels
 */
function greyImage({ samples, width, height }, levels) {
  return new ImageData(throughLevels(samples, levels), width, height);
}

/**
 * @param {OffscreenCanvas} canvas
 * @param {boolean} alpha
 */
function contextOf(canvas, alpha) {
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha });
  if (!context) throw new Error("the browser gave no canvas to draw the image on");
  return context;
}
