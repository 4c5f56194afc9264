/**
 * All keys, from the key table.
 *
 * @module
 */

import { createDialog } from "./dialog.js";
import { element } from "./element.js";
import { strokeText } from "./key-match.js";
import { KEYMAP } from "./keymap.js";

const POINTER = Object.freeze([
  { keys: ["Click"], label: "Select or unselect a suggestion; focus an annotation" },
  { keys: ["Drag"], label: "Move the focused shape or one of its handles" },
  { keys: ["Alt + click"], label: "Remove a point of the focused polygon" },
  { keys: ["Wheel", "Pinch"], label: "Zoom at the pointer" },
  { keys: ["Space + drag"], label: "Pan; so does the middle button" },
  { keys: ["↑", "↓"], label: "In a list: move; Space selects" },
]);

/**
 * @param {import("../scene/types.js").App} app
 * @param {HTMLElement} root
 * @returns {HTMLDialogElement}
 */
export function createHelpDialog(app, root) {
  const groups = [...new Set(KEYMAP.map(({ group }) => group))];
  const dialog = createDialog(
    root,
    "All keys",
    singleKeysSwitch(app),
    element(
      "div",
      { class: "help" },
      ...groups.map(helpGroup),
      element(
        "section",
        {},
        element("h3", {}, "Pointer and lists"),
        element("dl", {}, ...POINTER.map(({ keys, label }) => helpLine(keys, label))),
      ),
    ),
  );
  dialog.classList.add("all-keys");
  return dialog;
}

/** @param {import("../scene/types.js").App} app */
function singleKeysSwitch(app) {
  return element(
    "label",
    { class: "switch single-keys" },
    element("span", {}, "Letters and digits act without Ctrl"),
    element("input", {
      type: "checkbox",
      role: "switch",
      checked: app.singleKeys,
      onchange: (/** @type {Event & {target: HTMLInputElement}} */ event) =>
        app.setSingleKeys(event.target.checked),
    }),
  );
}

/** @param {string} group */
function helpGroup(group) {
  const lines = KEYMAP.filter((line) => line.group === group);
  return element(
    "section",
    {},
    element("h3", {}, group),
    element(
      "dl",
      {},
      ...lines.map(({ keys, shown, label }) => helpLine(shown ?? keys.map(strokeText), label)),
    ),
  );
}

/**
 * @param {readonly string[]} keys
 * @param {string} label
 */
function helpLine(keys, label) {
  return element(
    "div",
    { class: "help-line" },
    element("dt", {}, ...keys.map((key) => element("kbd", {}, key))),
    element("dd", {}, label),
  );
}
