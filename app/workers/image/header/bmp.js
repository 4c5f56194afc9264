import { UPRIGHT } from "./exif.js";

/** The oldest kind of header, with 16-bit sizes. */
const CORE_HEADER_SIZE = 12;
/** Kinds whose rows have a length that follows from the width. */
const PLAIN_KINDS = [0, 3, 6];

/**
 * @param {Uint8Array} bytes
 * @returns {import("./header.js").Layout}
 */
export function readBmp(bytes) {
  const layout = { width: 0, height: 0, depth: 8, orientation: UPRIGHT, isWhole: false };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 34) return layout;
  const isCore = view.getUint32(14, true) === CORE_HEADER_SIZE;
  layout.width = isCore ? view.getUint16(18, true) : Math.abs(view.getInt32(18, true));
  layout.height = isCore ? view.getUint16(20, true) : Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const isPlain = isCore || PLAIN_KINDS.includes(view.getUint32(30, true));
  const row = Math.ceil((layout.width * bits) / 32) * 4;
  const least = isPlain ? view.getUint32(10, true) + row * layout.height : 0;
  return { ...layout, isWhole: bytes.length >= least };
}
