/**
 * The orientation in a block of EXIF data, and how to take it out: some browsers apply it in a format and some do
 * not, so the browser gets to see none, and it is applied in one place (`../orientation.js`).
 */

/**
 * @typedef {object} Orientation
 * @property {number} value 1 to 8, as EXIF numbers them; 1 is upright
 * @property {Patch | null} patch what makes the file one without orientation; null where it is one
 *
 * @typedef {{ start: number, end: number, bytes: Uint8Array<ArrayBuffer> }} Patch
 *   the bytes from `start` up to `end` are replaced
 */

/** @type {Readonly<Orientation>} */
export const UPRIGHT = Object.freeze({ value: 1, patch: null });

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const ENTRY_SIZE = 12;

/**
 * @param {Uint8Array} bytes of the whole file
 * @param {number} start where the EXIF data begins: its byte order mark
 * @param {number} end
 * @returns {Orientation} upright where it says nothing that can be understood
 */
export function orientationOf(bytes, start, end) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, Math.min(end, bytes.length));
  if (start + 8 > view.byteLength) return UPRIGHT;
  const order = view.getUint16(start);
  if (order !== 0x4949 && order !== 0x4d4d) return UPRIGHT;
  const little = order === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  if (directory + 2 > view.byteLength) return UPRIGHT;
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + i * ENTRY_SIZE;
    if (entry + ENTRY_SIZE > view.byteLength) return UPRIGHT;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(entry + 8, little);
    const isKnown = view.getUint16(entry + 2, little) === SHORT && value >= 2 && value <= 8;
    if (!isKnown) return UPRIGHT;
    const upright = new Uint8Array(little ? [1, 0] : [0, 1]);
    return { value, patch: { start: entry + 8, end: entry + 10, bytes: upright } };
  }
  return UPRIGHT;
}
