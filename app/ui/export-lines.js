/**
 * Lists of what is said of an export, each line with its tone.
 *
 * @module
 */

import { element } from "./element.js";

/**
 * @param {HTMLElement} list
 * @param {import("./export-words.js").Line[]} lines
 */
export function setLines(list, lines) {
  const shown = [...list.children].map(({ textContent }) => textContent);
  list.hidden = lines.length === 0;
  if (shown.join("\n") === lines.map(({ text }) => text).join("\n")) return;
  list.replaceChildren(
    ...lines.map(({ text, tone }) => element("li", { "data-tone": tone }, text)),
  );
}
