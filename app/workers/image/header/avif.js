import { UPRIGHT } from "./exif.js";

/** Boxes that hold boxes on the way to the sizes, and what comes before the first of them. */
const INSIDE = Object.freeze({ meta: 4, iprp: 0, ipco: 0 });

/**
 * The greatest of the sizes that the file states: an image may be a grid of smaller ones. How it is turned is part of
 * the format itself and every browser applies it; an orientation in EXIF data says nothing there.
 * @param {Uint8Array} bytes
 * @returns {import("./header.js").Layout}
 */
export function readAvif(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const layout = { width: 0, height: 0, depth: 8, orientation: UPRIGHT, isWhole: true };

  /**
   * @param {number} start
   * @param {number} end
   */
  function visit(start, end) {
    let at = start;
    while (at + 8 <= end) {
      const size = boxSize(view, at, end);
      const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (size < 8) return;
      if (at + size > bytes.length) layout.isWhole = false;
      const next = Math.min(at + size, end);
      if (name === "ispe" && at + 20 <= end) {
        const [width, height] = [view.getUint32(at + 12), view.getUint32(at + 16)];
        if (width * height > layout.width * layout.height) Object.assign(layout, { width, height });
      } else if (Object.hasOwn(INSIDE, name)) {
        visit(at + 8 + INSIDE[/** @type {keyof typeof INSIDE} */ (name)], next);
      }
      at = next;
    }
  }
  visit(0, bytes.length);
  return layout;
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {number} end of the box around it
 */
function boxSize(view, at, end) {
  const size = view.getUint32(at);
  if (size === 0) return end - at;
  if (size === 1 && at + 16 <= end) return Number(view.getBigUint64(at + 8));
  return size;
}
