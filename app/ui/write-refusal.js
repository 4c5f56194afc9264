/**
 * Why nothing can be changed at the moment. Pure.
 *
 * @module
 */

/** @typedef {import("../scene/types.js").SceneState} SceneState */

/**
 * What a control that changes something says in place of doing it; the session refuses for the same reasons.
 *
 * @param {Pick<SceneState, "readOnly"|"saved">} state
 * @returns {string|null} null when changes can be made
 */
export function writeRefusal({ readOnly, saved }) {
  if (readOnly) return "Open in another tab: here it is for reading only";
  if (saved.state === "failed") return "Editing is paused until what was done is saved";
  return null;
}
