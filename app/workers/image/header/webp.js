import { orientationOf, UPRIGHT } from "./exif.js";

/**
 * @param {Uint8Array} bytes
 * @returns {import("./header.js").Layout}
 */
export function readWebp(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const told = 8 + view.getUint32(4, true);
  const layout = { width: 0, height: 0, depth: 8, orientation: UPRIGHT };
  let at = 12;
  while (at + 18 <= bytes.length) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const data = at + 8;
    if (layout.width === 0) Object.assign(layout, sizeIn(view, name, data));
    if (name === "EXIF") {
      // Some writers keep the name that the data has in a JPEG.
      const prefix = view.getUint32(data) === 0x45786966 ? 6 : 0;
      layout.orientation = orientationOf(bytes, data + prefix, data + length);
    }
    at = data + length + (length % 2);
  }
  return { ...layout, isWhole: bytes.length >= told };
}

/**
 * @param {DataView} view
 * @param {string} name of the chunk
 * @param {number} data where its data begins
 * @returns {{ width: number, height: number } | null} null where the chunk does not tell
 */
function sizeIn(view, name, data) {
  if (name === "VP8X" && data + 10 <= view.byteLength)
    return { width: 1 + uint24(view, data + 4), height: 1 + uint24(view, data + 7) };
  if (name === "VP8L") {
    const bits = view.getUint32(data + 1, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (name === "VP8 ")
    return {
      width: view.getUint16(data + 6, true) & 0x3fff,
      height: view.getUint16(data + 8, true) & 0x3fff,
    };
  return null;
}

/**
 * @param {DataView} view
 * @param {number} at
 */
function uint24(view, at) {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65536;
}
