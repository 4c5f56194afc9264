/**
 * What pointer and lists do: shown with the keys, and not to be changed.
 *
 * @module
 */

/** @type {readonly {readonly keys: readonly string[], readonly label: string}[]} */
export const POINTER_LINES = Object.freeze([
  { keys: ["Click"], label: "Select or unselect a suggestion; focus an annotation" },
  { keys: ["Drag"], label: "Move the focused shape or one of its handles" },
  {
    keys: ["Alt + click"],
    label: "Remove a point of the focused polygon; a keypoint is not there",
  },
  { keys: ["Wheel", "Pinch"], label: "Zoom at the pointer" },
  { keys: ["Space + drag"], label: "Pan; so does the middle button" },
  { keys: ["↑", "↓"], label: "In a list: move; Space selects" },
]);
