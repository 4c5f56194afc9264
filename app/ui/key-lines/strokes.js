/**
 * What the strokes of a line with several keys say. Pure.
 *
 * @module
 */

/** @typedef {import("../../shared/geometry.js").Point} Point */

export const ARROWS = Object.freeze(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

/** @param {string} stroke */
export function isShifted(stroke) {
  return stroke.includes("Shift+");
}

/** @param {string} stroke with an arrow @returns {Point} one step in its direction */
export function arrowOf(stroke) {
  if (stroke.endsWith("Left")) return { x: -1, y: 0 };
  if (stroke.endsWith("Right")) return { x: 1, y: 0 };
  return { x: 0, y: stroke.endsWith("Up") ? -1 : 1 };
}
