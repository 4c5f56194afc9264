/**
 * The one table of keys. It drives what a key does, what buttons and tooltips show, and the help.
 *
 * @module
 */

import { DRAWING_KEYS } from "./key-lines/drawing-keys.js";
import { PAGE_KEYS } from "./key-lines/page-keys.js";
import { SHAPE_KEYS } from "./key-lines/shape-keys.js";
import { SUGGESTION_KEYS } from "./key-lines/suggestion-keys.js";
import { keepOwnKeys, keyRefusal, readOwnKeys, withOwnKeys } from "./own-keys.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Painted} Painted */
/** @typedef {import("../shared/geometry.js").Point} Point */

/**
 * What keys reach beside the app.
 *
 * @typedef {object} KeyParts
 * @property {() => void} fit
 * @property {() => void} help
 * @property {() => void} skip asks for the reason
 * @property {() => void} pickTag
 * @property {import("../tools/drawing.js").Drawing} drawing
 * @property {import("../tools/mending.js").Mending} mending
 * @property {(to: Point, pace: import("../canvas/annotator.js").Pace) => void} stepCross
 */
/**
 * @typedef {KeyParts & {painted: Painted, stroke: string}} KeyContext `painted`: what was on the screen
 *   when the key went down
 */

/**
 * @typedef {object} KeyLine
 * @property {string} id
 * @property {string[]} keys strokes as named by key-match.js
 * @property {string[]} [shown] what stands for many keys in the help
 * @property {string} label
 * @property {"Tools"|"Drawing"|"Assist"|"Commit"|"Shapes"|"Images"|"View"|"Other"} group
 * @property {(app: App) => boolean} [when] its keys mean this, before whatever else they mean
 * @property {boolean} [repeats] a held key goes on doing it; committing keys never do
 * @property {"down"|"up"} [on] "up": acts when the key comes up, unless it was held to do something
 * @property {(app: App, context: KeyContext) => void} run
 * @property {(context: KeyContext) => void} [up] whenever the key comes up
 * @property {(app: App) => void} [release] when the key comes up after it was held
 */

/** @type {readonly KeyLine[]} */
const STANDARD = Object.freeze([...SUGGESTION_KEYS, ...SHAPE_KEYS, ...DRAWING_KEYS, ...PAGE_KEYS]);

let own = readOwnKeys();
let lines = withOwnKeys(STANDARD, own);
/** @type {Set<() => void>} */
const followers = new Set();

/** @returns {readonly KeyLine[]} the table as it is now, with the keys that the person has changed */
export function keymap() {
  return lines;
}

/** @returns {boolean} whether the person has changed any key */
export function hasOwnKeys() {
  return Object.keys(own).length > 0;
}

/**
 * @param {() => void} show is called now and whenever a key is changed
 */
export function followKeys(show) {
  followers.add(show);
  show();
}

/**
 * @param {string} id
 * @param {string} stroke
 * @returns {string} why the line cannot have that key; "" where it has it now
 */
export function changeKey(id, stroke) {
  const refusal = keyRefusal(lines, id, stroke);
  if (!refusal) change({ ...own, [id]: stroke });
  return refusal;
}

/** Every line gets the key back that the table gives it. */
export function restoreKeys() {
  change({});
}

/** @param {import("./own-keys.js").OwnKeys} wanted */
function change(wanted) {
  own = wanted;
  keepOwnKeys(own);
  lines = withOwnKeys(STANDARD, own);
  for (const show of followers) show();
}

/**
 * @param {string} stroke
 * @param {App} app what the person is at
 * @returns {KeyLine|null}
 */
export function lineForStroke(stroke, app) {
  const found = lines.filter(({ keys }) => keys.includes(stroke));
  return found.find(({ when }) => when?.(app)) ?? found.find(({ when }) => !when) ?? null;
}

/**
 * @param {string} id
 * @returns {KeyLine}
 */
export function lineFor(id) {
  const line = lines.find((one) => one.id === id);
  if (!line) throw new Error(`The key table has no line ${id}`);
  return line;
}
