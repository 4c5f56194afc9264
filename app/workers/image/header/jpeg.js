import { orientationOf, UPRIGHT } from "./exif.js";

const SOS = 0xda;
const EOI = 0xd9;
const APP1 = 0xe1;
/** "Exif" and two zeros. */
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * Of a part of a file this tells all but `isWhole`, as long as the part reaches into the image data.
 * @param {Uint8Array} bytes
 * @returns {import("./header.js").Layout}
 */
export function readJpeg(bytes) {
  let width = 0;
  let height = 0;
  let orientation = UPRIGHT;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const data = at + 4;
    const next = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    if (isFrame(marker) && data + 5 <= bytes.length) {
      height = bytes[data + 1] * 256 + bytes[data + 2];
      width = bytes[data + 3] * 256 + bytes[data + 4];
    }
    if (marker === APP1 && EXIF.every((byte, i) => bytes[data + i] === byte))
      orientation = orientationOf(bytes, data + EXIF.length, next);
    if (marker === SOS)
      return { width, height, depth: 8, orientation, isWhole: reachesEnd(bytes, next) };
    at = next;
  }
  return { width, height, depth: 8, orientation, isWhole: false };
}

/**
 * @param {number} marker
 * @returns {boolean} whether it begins a frame, which has the size
 */
function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/**
 * Whether the image data is followed by its end mark. What comes after that is not the image's: cameras put
 * previews there, with end marks of their own.
 * @param {Uint8Array} bytes
 * @param {number} at in image data
 */
function reachesEnd(bytes, at) {
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at === -1 || at + 1 >= bytes.length) return false;
    const marker = bytes[at + 1];
    if (marker === EOI) return true;
    const isData = marker === 0 || (marker >= 0xd0 && marker <= 0xd7);
    if (isData) at += 2;
    else if (marker === 0xff) at += 1;
    else if (at + 4 > bytes.length) return false;
    else at += 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
}
