/**
 * The bytes of an image file to a picture: upright, of full size. Python reads what browsers do not, TIFF and 16 bits
 * a sample; the browser reads everything else.
 */

import { isImageKind, kindOf, MEDIA_TYPES } from "./header/file-kind.js";
import { readHeader } from "./header/header.js";
import { rangeOf } from "./levels.js";
import { upright, withoutOrientation } from "./orientation.js";
import { CUT_OFF, DAMAGED, foreignFile, MOST_PIXELS, problem, tooManyPixels } from "./problems.js";

/**
 * @typedef {import("./levels.js").Levels} Levels
 * @typedef {{ kind: "bitmap", width: number, height: number, bitmap: ImageBitmap }} BitmapPicture
 * @typedef {{ kind: "deep", width: number, height: number, samples: Uint16Array, auto: Levels, range: Levels }} DeepPicture
 *   grey of 16 bits; `auto`: from the 1 % to the 99 % of the values, which is what a model sees; `range`: from the
 *   least to the greatest value
 * @typedef {BitmapPicture | DeepPicture} Picture
 *
 * @typedef {object} Known what is known of a file before anything is decoded
 * @property {string} type the media type, by content
 * @property {boolean} byPython
 * @property {number} pixels of the only or greatest page, 0 where only Python can tell
 * @property {import("./header/header.js").Layout | null} layout null for a TIFF
 */

/**
 * Looks at the file without decoding it.
 * @param {Uint8Array} bytes of the whole file
 * @param {string} name
 * @returns {Known} throws FileProblem
 */
export function inspect(bytes, name) {
  const kind = kindOf(bytes, name);
  if (!isImageKind(kind)) throw foreignFile(kind);
  const type = MEDIA_TYPES[kind];
  if (kind === "tiff") return { type, byPython: true, pixels: 0, layout: null };
  const layout = readHeader(kind, bytes);
  const { width, height } = layout;
  if (width * height > MOST_PIXELS) throw tooManyPixels(width, height);
  if (!layout.isWhole) throw problem(CUT_OFF);
  if (width * height === 0) throw problem(DAMAGED);
  return { type, byPython: layout.depth === 16, pixels: width * height, layout };
}

/**
 * @param {Blob} blob
 * @param {import("./header/header.js").Layout} layout of the file
 * @returns {Promise<BitmapPicture>} rejects with FileProblem; its bitmap is the caller's to close
 */
export async function decodeByBrowser(blob, { orientation }) {
  const plain = withoutOrientation(blob, orientation);
  const stored = await createImageBitmap(plain, { premultiplyAlpha: "none" }).catch(() => {
    throw problem(DAMAGED);
  });
  const bitmap = upright(stored, orientation);
  return { kind: "bitmap", width: bitmap.width, height: bitmap.height, bitmap };
}

/**
 * @param {ReturnType<typeof import("./python-link.js").createPythonLink>} python
 * @param {ArrayBuffer} file moved
 * @param {number} page
 * @returns {Promise<Picture>} rejects with `RemoteError`
 */
export async function decodeByPython(python, file, page) {
  const { result, attachments } = await python.ask("read-image", { page }, file);
  const { width, height, channels, depth, low, high } = result;
  const samples = /** @type {ArrayBuffer} */ (attachments[0]);
  if (depth === 16) {
    const values = new Uint16Array(samples);
    const auto = { low, high };
    return { kind: "deep", width, height, samples: values, auto, range: rangeOf(values) };
  }
  const rgba = channels === 4 ? new Uint8ClampedArray(samples) : opaque(new Uint8Array(samples));
  const bitmap = await createImageBitmap(new ImageData(rgba, width, height), {
    premultiplyAlpha: "none",
  });
  return { kind: "bitmap", width, height, bitmap };
}

/**
 * @param {Uint8Array} rgb
 * @returns {Uint8ClampedArray<ArrayBuffer>} RGBA
 */
function opaque(rgb) {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from];
    rgba[to + 1] = rgb[from + 1];
    rgba[to + 2] = rgb[from + 2];
    rgba[to + 3] = 255;
  }
  return rgba;
}
