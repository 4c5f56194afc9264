/**
 * From a keyboard event to the name of a key stroke, and from there to a line of the key table. Pure
 * but for reading the event.
 *
 * @module
 */

/**
 * What is needed of a KeyboardEvent.
 *
 * @typedef {Pick<KeyboardEvent, "key"|"code"|"shiftKey"|"ctrlKey"|"metaKey"|"altKey">} KeyPress
 */

/**
 * The stroke's name: "g", "Shift+g", "Ctrl+Shift+z", "Space", "ArrowRight", "?". Ctrl stands for the
 * Command key too. Null for strokes that are nobody's business here: those with Alt, which belong to
 * the browser and to menus, and modifiers alone.
 *
 * @param {KeyPress} press
 * @returns {string|null}
 */
export function strokeOf(press) {
  if (press.altKey || MODIFIERS.has(press.key)) return null;
  const base = baseOf(press);
  if (base === null) return null;
  const shift = press.shiftKey && base !== "?" ? "Shift+" : "";
  const ctrl = press.ctrlKey || press.metaKey ? "Ctrl+" : "";
  return `${ctrl}${shift}${base}`;
}

const MODIFIERS = new Set(["Shift", "Control", "Meta", "Alt", "AltGraph", "CapsLock"]);

/**
 * Letters go by what they say where that is Latin, so that a Dvorak or French layout keeps its
 * letters; else by where they are, so that a Greek or Cyrillic layout works at all. Digits go by
 * where they are: on some layouts they need Shift.
 *
 * @param {KeyPress} press
 * @returns {string|null}
 */
function baseOf({ key, code }) {
  if (key === " " || code === "Space") return "Space";
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code);
  if (digit && key !== "?") return digit[1];
  if (key === "?") return "?";
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter && key.length === 1) return letter[1].toLowerCase();
  return key.length > 1 ? key : null;
}

/**
 * @param {string} stroke
 * @returns {string} as shown on a button: "Shift G", "→"
 */
export function strokeText(stroke) {
  return stroke
    .split("+")
    .map((part) => SHOWN_AS[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(" ");
}

/** @type {Record<string, string>} */
const SHOWN_AS = {
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Delete: "Del",
  Escape: "Esc",
  Backspace: "Backspace",
};

/**
 * @param {string} stroke
 * @returns {string} for aria-keyshortcuts: "Shift+G"
 */
export function strokeForAria(stroke) {
  return stroke
    .split("+")
    .map((part) => (part === "Ctrl" ? "Control" : part.length === 1 ? part.toUpperCase() : part))
    .join("+");
}
