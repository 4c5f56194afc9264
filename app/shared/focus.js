/**
 * Which shape is meant by "the focused one". Pure.
 *
 * @module
 */

/** @typedef {import("../scene/types.js").Focus} Focus */

/**
 * The shape that X, Delete, Enter and C act on: the one under the pointer, else the one last clicked
 * or reached by key.
 *
 * @param {{hover: Focus|null, focus: Focus|null}} page
 * @returns {Focus|null}
 */
export function focused({ hover, focus }) {
  return hover ?? focus;
}

/**
 * @param {Focus|null} a
 * @param {Focus|null} b
 * @returns {boolean}
 */
export function sameFocus(a, b) {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.id === b.id);
}
