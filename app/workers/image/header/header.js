/**
 * What the start of an image file says of it, before anything is decoded.
 */

import { readAvif } from "./avif.js";
import { readBmp } from "./bmp.js";
import { readGif } from "./gif.js";
import { readJpeg } from "./jpeg.js";
import { readPng } from "./png.js";
import { readWebp } from "./webp.js";

/**
 * @typedef {object} Layout
 * @property {number} width of the pixels as they are stored, before they are turned; 0 where it is not told
 * @property {number} height
 * @property {number} depth bits a sample: 8 or 16
 * @property {import("./exif.js").Orientation} orientation
 * @property {boolean} isWhole false where the end of the file is missing
 */

/** By kind; a TIFF is Python's from the start. */
const READERS = Object.freeze({
  avif: readAvif,
  bmp: readBmp,
  gif: readGif,
  jpeg: readJpeg,
  png: readPng,
  webp: readWebp,
});

/** @typedef {keyof typeof READERS} HeaderKind */

/**
 * @param {HeaderKind} kind
 * @param {Uint8Array} bytes of the whole file
 * @returns {Layout}
 */
export function readHeader(kind, bytes) {
  return READERS[kind](bytes);
}
