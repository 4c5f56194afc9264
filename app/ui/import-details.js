/**
 * Long lists that open on request.
 *
 * @module
 */

import { element } from "./element.js";

/**
 * @param {string} summary
 * @param {...Node} children
 * @returns {HTMLDetailsElement}
 */
export function details(summary, ...children) {
  return element("details", {}, element("summary", {}, summary), ...children);
}

/**
 * @param {readonly string[]} first
 * @param {number} count of all
 * @returns {HTMLElement} the first, and how many more there are
 */
export function names(first, count) {
  const more = count - first.length;
  return element(
    "ul",
    { class: "import-names", role: "list", tabindex: 0 },
    ...first.map((name) => element("li", {}, name)),
    more > 0 && element("li", {}, `and ${more.toLocaleString("en")} more`),
  );
}
