/**
 * Whether keys act that are pressed alone. Who speaks to the computer, or whose hands slip, can turn
 * them off (WCAG 2.1.4); the browser remembers it for this address.
 *
 * @module
 */

const NAME = `twoclick:${globalThis.location?.pathname ?? ""}:single-keys`;
const OFF = "off";

/** Keys that type nothing: they act while the canvas has the focus, as they do in any control. */
const NOT_TYPED = /^(?:Shift\+)?(?:Arrow|Enter|Escape|Space|Delete|Backspace)/;

/** @returns {boolean} */
export function areSingleKeysOn() {
  return globalThis.localStorage?.getItem(NAME) !== OFF;
}

/** @param {boolean} on */
export function keepSingleKeys(on) {
  if (on) globalThis.localStorage.removeItem(NAME);
  else globalThis.localStorage.setItem(NAME, OFF);
}

/**
 * @param {string} stroke
 * @returns {boolean} a letter, digit or mark without Ctrl
 */
export function isSingleKey(stroke) {
  return !stroke.startsWith("Ctrl+") && !NOT_TYPED.test(stroke);
}
