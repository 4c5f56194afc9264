/**
 * All keys, from the key table, and the way to change them.
 *
 * @module
 */

import { createDialog } from "./dialog.js";
import { element, setText } from "./element.js";
import { helpInHead } from "./help-link.js";
import { POINTER_LINES } from "./key-lines/pointer.js";
import { strokeOf, strokeText } from "./key-match.js";
import { changeKey, followKeys, hasOwnKeys, keymap, restoreKeys } from "./keymap.js";
import { canChange } from "./own-keys.js";

/**
 * @param {import("../scene/types.js").App} app
 * @param {HTMLElement} root
 * @returns {HTMLDialogElement}
 */
export function createHelpDialog(app, root) {
  const groups = element("div", { class: "help" });
  const refusal = element("p", { class: "key-refusal", role: "alert" });
  const restore = element(
    "button",
    { type: "button", class: "button", onclick: restoreKeys },
    "Standard keys",
  );
  const dialog = createDialog(
    root,
    "All keys",
    singleKeysSwitch(app),
    element("div", { class: "key-changes" }, "A press on a key changes it.", refusal, restore),
    groups,
  );
  dialog.classList.add("all-keys");
  helpInHead(dialog, "index.html", "everything about Twoclick");
  dialog.addEventListener("close", () => setText(refusal, ""));
  const tell = (/** @type {string} */ text) => setText(refusal, text);
  followKeys(() => {
    const names = [...new Set(keymap().map(({ group }) => group))];
    groups.replaceChildren(...names.map((name) => helpGroup(name, tell)), pointerGroup());
    restore.hidden = !hasOwnKeys();
  });
  return dialog;
}

function pointerGroup() {
  return element(
    "section",
    {},
    element("h3", {}, "Pointer and lists"),
    element(
      "dl",
      {},
      ...POINTER_LINES.map(({ keys, label }) => helpLine(keys.map(plainKey), label)),
    ),
  );
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

/**
 * @param {string} group
 * @param {(refusal: string) => void} tell
 */
function helpGroup(group, tell) {
  const lines = keymap().filter((line) => line.group === group);
  return element(
    "section",
    {},
    element("h3", {}, group),
    element("dl", {}, ...lines.map((line) => helpLine(keysOf(line, tell), line.label))),
  );
}

/**
 * @param {import("./keymap.js").KeyLine} line
 * @param {(refusal: string) => void} tell
 * @returns {HTMLElement[]}
 */
function keysOf(line, tell) {
  const texts = line.shown ?? line.keys.map(strokeText);
  const [first, ...others] = texts;
  return [
    canChange(line) ? keyChanger(line, first, tell) : plainKey(first),
    ...others.map(plainKey),
  ];
}

/**
 * The key as a button: pressed, it takes the next stroke as the line's key.
 *
 * @param {import("./keymap.js").KeyLine} line
 * @param {string} text
 * @param {(refusal: string) => void} tell
 */
function keyChanger({ id, label }, text, tell) {
  const cap = element("kbd", {}, text);
  const button = element(
    "button",
    {
      type: "button",
      class: "key-changer",
      "data-line": id,
      "aria-label": `${text}: change the key of ${label}`,
      title: "Change this key",
      onclick: () => listen(true),
      onblur: () => listen(false),
      onkeydown: take,
    },
    cap,
  );
  let listening = false;

  /** @param {boolean} on */
  function listen(on) {
    listening = on;
    setText(cap, on ? "press a key" : text);
    if (on) tell("");
  }

  /** @param {KeyboardEvent} event */
  function take(event) {
    if (!listening) return;
    const stroke = strokeOf(event);
    if (stroke === "Tab" || stroke === "Shift+Tab") return;
    event.preventDefault();
    if (!stroke) return;
    const dialog = button.closest("dialog");
    const refusal = stroke === "Escape" ? "" : changeKey(id, stroke);
    if (refusal || stroke === "Escape") listen(false);
    tell(refusal);
    // A change makes the rows anew: the focus stays where it was.
    /** @type {HTMLElement | null | undefined} */ (
      dialog?.querySelector(`[data-line="${id}"]`)
    )?.focus();
  }
  return button;
}

/** @param {string} text */
function plainKey(text) {
  return element("kbd", {}, text);
}

/**
 * @param {readonly HTMLElement[]} keys
 * @param {string} label
 */
function helpLine(keys, label) {
  return element(
    "div",
    { class: "help-line" },
    element("dt", {}, ...keys),
    element("dd", {}, label),
  );
}
