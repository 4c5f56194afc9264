/**
 * Keys that a person has put in the place of the table's own; the browser remembers them for this address. Pure but
 * for the two functions that read and keep them.
 *
 * @module
 */

import { strokeText } from "./key-match.js";

/** @typedef {import("./keymap.js").KeyLine} KeyLine */
/** @typedef {Readonly<Record<string, string>>} OwnKeys strokes by the ids of lines */

const NAME = `twoclick:${globalThis.location?.pathname ?? ""}:own-keys`;

/** Strokes that the browser acts on before any page, and those that move between controls. */
const BROWSERS =
  /^(?:Ctrl\+(?:Shift\+)?[wtn0-9]|(?:Ctrl\+)?(?:Shift\+)?(?:Tab|F\d+|Escape|Unidentified))$/;

/** @returns {OwnKeys} */
export function readOwnKeys() {
  try {
    return JSON.parse(globalThis.localStorage?.getItem(NAME) ?? "{}") ?? {};
  } catch {
    return {}; // written by something else
  }
}

/** @param {OwnKeys} own */
export function keepOwnKeys(own) {
  if (Object.keys(own).length === 0) globalThis.localStorage.removeItem(NAME);
  else globalThis.localStorage.setItem(NAME, JSON.stringify(own));
}

/**
 * @param {KeyLine} line
 * @returns {boolean} whether it can have another key: not what arrows, digits and the space bar do, and not what keys
 *   mean only while a shape is drawn
 */
export function canChange({ shown, when, on }) {
  return !shown && !when && on !== "up";
}

/**
 * @param {readonly KeyLine[]} lines
 * @param {OwnKeys} own
 * @returns {KeyLine[]} the lines with the person's keys first in place of the table's first
 */
export function withOwnKeys(lines, own) {
  return lines.map((line) => {
    const stroke = own[line.id];
    return stroke && canChange(line) ? { ...line, keys: replaced(line.keys, stroke) } : line;
  });
}

/**
 * @param {readonly KeyLine[]} lines as they are now
 * @param {string} id of the line that is to get it
 * @param {string} stroke
 * @returns {string} why it cannot, "" where it can
 */
export function keyRefusal(lines, id, stroke) {
  if (BROWSERS.test(stroke)) return `${strokeText(stroke)} belongs to the browser: press another`;
  const line = lines.find((one) => one.id === id);
  const wanted = line ? replaced(line.keys, stroke) : [stroke];
  const taken = lines.find((one) => one.id !== id && one.keys.some((key) => wanted.includes(key)));
  return taken ? `${strokeText(stroke)} is taken: ${taken.label}` : "";
}

/**
 * @param {readonly string[]} keys
 * @param {string} stroke takes the place of the first; of a pair with and without Shift both follow
 * @returns {string[]}
 */
function replaced([first, ...others], stroke) {
  return [stroke, ...others.map((key) => (key === `Shift+${first}` ? `Shift+${stroke}` : key))];
}
