/**
 * Builds elements. Text is only ever set as text, and inline style only ever as a custom property,
 * so that nothing from a file or a model can become markup.
 *
 * @module
 */

/** @typedef {Node|string|null|undefined|false} Child */
/**
 * @typedef {Record<string, string|number|boolean|null|undefined|((event: any) => void)>} Attributes
 *   `on…` adds a listener, `class` sets classes, `--…` sets a custom property, true and false set and
 *   leave out an attribute
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (key.startsWith("--")) made.style.setProperty(key, String(value));
    else setAttribute(made, key, value);
  }
  made.append(...children.filter(isNode));
  return made;
}

/**
 * @param {Element} target
 * @param {string} name
 * @param {string|number|boolean|null|undefined} value null, undefined and false remove it
 */
export function setAttribute(target, name, value) {
  if (value === null || value === undefined || value === false) target.removeAttribute(name);
  else target.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Sets text only where it differs, so that screen readers and the layout are left alone.
 *
 * @param {Element} target
 * @param {string} text
 */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** @param {Child} child @returns {child is Node|string} */
function isNode(child) {
  return child !== null && child !== undefined && child !== false;
}
