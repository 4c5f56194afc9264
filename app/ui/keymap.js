/**
 * The one table of keys. It drives what a key does, what buttons and tooltips show, and the help.
 *
 * @module
 */

import { DRAWING_KEYS } from "./key-lines/drawing-keys.js";
import { PAGE_KEYS } from "./key-lines/page-keys.js";
import { SHAPE_KEYS } from "./key-lines/shape-keys.js";
import { SUGGESTION_KEYS } from "./key-lines/suggestion-keys.js";

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
export const KEYMAP = Object.freeze([
  ...SUGGESTION_KEYS,
  ...SHAPE_KEYS,
  ...DRAWING_KEYS,
  ...PAGE_KEYS,
]);

/** @type {Map<string, KeyLine>} */
const BY_ID = new Map(KEYMAP.map((line) => [line.id, line]));

/**
 * @param {string} stroke
 * @param {App} app what the person is at
 * @returns {KeyLine|null}
 */
export function lineForStroke(stroke, app) {
  const lines = KEYMAP.filter(({ keys }) => keys.includes(stroke));
  return lines.find(({ when }) => when?.(app)) ?? lines.find(({ when }) => !when) ?? null;
}

/**
 * @param {string} id
 * @returns {KeyLine}
 */
export function lineFor(id) {
  const line = BY_ID.get(id);
  if (!line) throw new Error(`The key table has no line ${id}`);
  return line;
}
