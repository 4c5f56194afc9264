/**
 * Keeps every control that changes something from doing so while nothing can be changed, and has it say
 * why. Such a control carries `data-writes`; those that know the reason themselves need no mark.
 *
 * @module
 */

import { setAttribute } from "./element.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */

const WRITES = "[data-writes]";

/**
 * @param {App} app
 * @param {HTMLElement} root holds all panels and dialogs
 */
export function pauseWriting(app, root) {
  const { scene } = app;
  /** @type {string|null} */
  let reason = null;
  const mark = () => {
    for (const control of root.querySelectorAll(WRITES)) {
      setAttribute(control, "aria-disabled", reason === null ? null : "true");
    }
  };
  // Rows that come while nothing can be changed are marked as well.
  const rows = new MutationObserver(mark);

  scene.subscribe((changed) => {
    if (!changed.has("project") && !changed.has("saved")) return;
    const now = writeRefusal(scene.state);
    if (now === reason) return;
    reason = now;
    rows.disconnect();
    if (reason !== null) rows.observe(root, { childList: true, subtree: true });
    mark();
  });

  /** @param {Event} event */
  function stopChoices(event) {
    const isTab = event instanceof KeyboardEvent && event.key === "Tab";
    if (event.target instanceof HTMLSelectElement && !isTab) stop(event);
  }

  /** @param {Event} event */
  function stop(event) {
    const target = /** @type {Element} */ (event.target);
    if (reason === null || !target.closest(WRITES)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    app.say(reason, "warning");
  }
  root.addEventListener("click", stop, { capture: true });
  // A list of choices opens before the click.
  root.addEventListener("mousedown", stopChoices, { capture: true });
  root.addEventListener("keydown", stopChoices, { capture: true });
}
