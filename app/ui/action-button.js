/**
 * Buttons that do what a line of the key table does, with its key shown on them.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { strokeForAria, strokeText } from "./key-match.js";
import { followKeys, lineFor } from "./keymap.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @typedef {object} ActionButton
 * @property {HTMLButtonElement} element
 * @property {(state: {count?: number|null, disabled?: string|null, note?: string}) => void} update
 *   `disabled` is the reason, which a press tells; `note` describes the button to assistive technology
 */

/**
 * @param {App} app
 * @param {object} options
 * @param {string} options.line id in the key table
 * @param {string} options.name the accessible name, exactly
 * @param {import("./icons.js").IconName} [options.icon]
 * @param {string} [options.text] shown; the name unless told otherwise; "" shows the icon alone
 * @param {string} [options.class]
 * @param {() => void} options.run
 * @returns {ActionButton}
 */
export function actionButton(app, { line, name, icon: iconName, text = name, class: kind, run }) {
  const id = `action-${line}`;
  const count = element("span", { class: "count", "aria-hidden": "true", hidden: true });
  const description = element("span", { id: `${id}-note`, class: "visually-hidden" });
  /** @type {string|null} */
  let reason = null;

  const button = element(
    "button",
    {
      type: "button",
      class: `button ${kind ?? ""}`,
      "aria-label": name,
      "aria-describedby": description.id,
      onclick: () => (reason ? app.say(reason, "warning") : run()),
    },
    iconName && icon(iconName),
    text && element("span", { class: "button-text", "aria-hidden": "true" }, text),
    count,
    text && lineKeycap(line),
  );
  tellKeys(button, line);

  return {
    element: button,
    update({ count: number = null, disabled = null, note = "" }) {
      reason = disabled;
      setAttribute(button, "aria-disabled", disabled ? "true" : null);
      setAttribute(count, "data-text", number);
      count.hidden = number === null;
      setText(description, [disabled, note].filter(Boolean).join(". "));
      if (!description.isConnected) button.after(description);
    },
  };
}

/**
 * Has a button say, in its tooltip and to assistive technology, by which keys its line is reached.
 *
 * @param {HTMLElement} button
 * @param {string} line id in the key table
 */
export function tellKeys(button, line) {
  followKeys(() => {
    const { keys, label } = lineFor(line);
    setAttribute(button, "aria-keyshortcuts", keys.map(strokeForAria).join(" "));
    setAttribute(button, "title", `${label} (${keys.map(strokeText).join(" or ")})`);
  });
}

/**
 * @param {string} line id in the key table
 * @returns {HTMLElement} the first of its keys, also after the person has changed it
 */
export function lineKeycap(line) {
  const cap = keycap("");
  followKeys(() => setAttribute(cap, "data-text", capText(lineFor(line).keys[0])));
  return cap;
}

/**
 * The key's text is not in the document but painted by the style sheet, as is a count: the visible
 * label of a button is then the same as its name (WCAG 2.5.3).
 *
 * @param {string} stroke
 * @returns {HTMLElement}
 */
export function keycap(stroke) {
  return element("kbd", { "aria-hidden": "true", "data-text": capText(stroke) });
}

/** @param {string} stroke */
function capText(stroke) {
  return strokeText(stroke).replace("Shift ", "⇧ ");
}
