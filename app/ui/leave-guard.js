/**
 * Keeps a slip of the hand from leaving the page while changes are not saved, or a file is being
 * written: thumb buttons and Alt with an arrow do nothing then, and closing asks first.
 *
 * @module
 */

/** @typedef {import("../scene/types.js").App} App */

const THUMB_BUTTONS = new Set([3, 4]);

/** @param {App} app */
export function guardLeaving(app) {
  const isUnsaved = () =>
    app.scene.state.saved.state !== "saved" || app.labelExport.state.phase === "saving";
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
  window.addEventListener("keydown", (event) => {
    const leaves = event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight");
    if (leaves && isUnsaved()) event.preventDefault();
  });
  window.addEventListener("mouseup", (event) => {
    if (THUMB_BUTTONS.has(event.button) && isUnsaved()) event.preventDefault();
  });
}
