import { UPRIGHT } from "./exif.js";

/**
 * The browser finds out whether the first picture is whole; the others are not used.
 * @param {Uint8Array} bytes
 * @returns {import("./header.js").Layout}
 */
export function readGif(bytes) {
  const has = bytes.length >= 10;
  const width = has ? bytes[6] + bytes[7] * 256 : 0;
  const height = has ? bytes[8] + bytes[9] * 256 : 0;
  return { width, height, depth: 8, orientation: UPRIGHT, isWhole: has };
}
