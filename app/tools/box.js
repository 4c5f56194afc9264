/**
 * The box tool: a drag from corner to corner, or a click on each of the two. Pure.
 *
 * @module
 */

import { distance } from "../shared/geometry.js";
import { boxOutline } from "../shared/outline.js";

/** @typedef {import("../shared/geometry.js").Point} Point */

/**
 * @typedef {object} BoxDraft
 * @property {Point} from
 * @property {Point} to
 * @property {"pressed"|"dragged"|"waiting"|"closing"} phase pressed on the first corner; dragged away
 *   from it; waiting for the second corner; pressed on the second
 */

/** @type {import("./draw-tool.js").DrawTool<BoxDraft>} */
export const BOX = {
  step(draft, event) {
    if (event.type === "back") return { draft: null };
    if (!draft) {
      if (event.type !== "press") return { draft };
      return { draft: { from: event.at, to: event.at, phase: "pressed" } };
    }
    if (event.type === "skip") return { draft };
    if (event.type === "finish") return closed(draft);
    if (event.type === "lost") return { draft: withoutPress(draft) };
    if (event.type === "press") return { draft: { ...draft, to: event.at, phase: "closing" } };
    const moved = { ...draft, to: event.at, phase: phaseAfter(draft, event) };
    if (event.type === "move") return { draft: moved };
    if (draft.phase === "waiting") return { draft };
    return moved.phase === "pressed" ? { draft: { ...moved, phase: "waiting" } } : closed(moved);
  },

  picture({ from, to }) {
    const corners = [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
    const [width, height] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    return { lines: [corners], closed: true, points: [], size: sizeText(width, height) };
  },
};

/**
 * @param {number} width image pixels
 * @param {number} height
 * @returns {string} "120 × 34 px"
 */
export function sizeText(width, height) {
  return `${lengthText(width)} × ${lengthText(height)} px`;
}

/** @param {number} length */
function lengthText(length) {
  return String(Math.round(length * 10) / 10);
}

/**
 * @param {BoxDraft} draft
 * @param {{at: Point, reach: number}} event
 * @returns {BoxDraft["phase"]}
 */
function phaseAfter({ phase, from }, { at, reach }) {
  return phase === "pressed" && distance(from, at) > reach ? "dragged" : phase;
}

/** @param {BoxDraft} draft @returns {BoxDraft|null} */
function withoutPress(draft) {
  const hasCorner = draft.phase === "waiting" || draft.phase === "closing";
  return hasCorner ? { ...draft, phase: "waiting" } : null;
}

/** @param {BoxDraft} draft @returns {import("./draw-tool.js").DrawStep<BoxDraft>} */
function closed({ from, to }) {
  const shape = boxOutline([
    Math.min(from.x, to.x),
    Math.min(from.y, to.y),
    Math.max(from.x, to.x),
    Math.max(from.y, to.y),
  ]);
  return { draft: { from, to, phase: "waiting" }, shape };
}
