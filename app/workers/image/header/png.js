import { orientationOf, UPRIGHT } from "./exif.js";

const SIGNATURE_SIZE = 8;
/** Length, name and checksum around the data of a chunk. */
const AROUND = 12;

/**
 * @param {Uint8Array} bytes
 * @returns {import("./header.js").Layout}
 */
export function readPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const layout = { width: 0, height: 0, depth: 8, orientation: UPRIGHT, isWhole: false };
  let start = SIGNATURE_SIZE;
  while (start + 8 <= bytes.length) {
    const length = view.getUint32(start);
    const name = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    const end = start + AROUND + length;
    const data = start + 8;
    if (name === "IEND") return { ...layout, isWhole: true };
    if (end > bytes.length) break;
    if (name === "IHDR" && length >= 9) {
      layout.width = view.getUint32(data);
      layout.height = view.getUint32(data + 4);
      layout.depth = bytes[data + 8] === 16 ? 16 : 8;
    }
    if (name === "eXIf") {
      const { value } = orientationOf(bytes, data, data + length);
      // The chunk has a checksum: it is left out whole.
      if (value !== 1)
        layout.orientation = { value, patch: { start, end, bytes: new Uint8Array() } };
    }
    start = end;
  }
  return layout;
}
