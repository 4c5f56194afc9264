/**
 * The one place where the orientation that a file states is applied.
 */

/**
 * The same file with its orientation taken out.
 * @param {Blob} blob
 * @param {import("./header/exif.js").Orientation} orientation
 * @returns {Blob}
 */
export function withoutOrientation(blob, { patch }) {
  if (!patch) return blob;
  const parts = [blob.slice(0, patch.start), patch.bytes, blob.slice(patch.end)];
  return new Blob(parts, { type: blob.type });
}

/**
 * @param {ImageBitmap} bitmap as it is stored; closed where another one is given back
 * @param {import("./header/exif.js").Orientation} orientation
 * @returns {ImageBitmap} upright
 */
export function upright(bitmap, { value }) {
  if (value === 1) return bitmap;
  const [a, b, c, d, e, f] = turn(value, bitmap.width, bitmap.height);
  const swaps = value >= 5;
  const canvas = new OffscreenCanvas(
    swaps ? bitmap.height : bitmap.width,
    swaps ? bitmap.width : bitmap.height,
  );
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser gave no canvas to turn the image on");
  context.imageSmoothingEnabled = false;
  context.setTransform(a, b, c, d, e, f);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

/**
 * What brings stored pixels upright.
 * @param {number} value as EXIF numbers them, 2 to 8
 * @param {number} w width as stored
 * @param {number} h height as stored
 * @returns {readonly number[]} the six numbers of a canvas transform
 */
function turn(value, w, h) {
  return [
    [-1, 0, 0, 1, w, 0],
    [-1, 0, 0, -1, w, h],
    [1, 0, 0, -1, 0, h],
    [0, 1, 1, 0, 0, 0],
    [0, 1, -1, 0, h, 0],
    [0, -1, -1, 0, h, w],
    [0, -1, 1, 0, 0, w],
  ][value - 2];
}
