/**
 * The rotated box tool: first one edge, by a drag or two clicks, then a click as far from it as the
 * box is high. Pure.
 *
 * @module
 */

import { distance } from "../shared/geometry.js";
import { rotatedBoxOutline } from "../shared/outline.js";
import { sizeText } from "./box.js";

/** @typedef {import("../shared/geometry.js").Point} Point */

/**
 * @typedef {object} RotatedBoxDraft
 * @property {Point} from where the edge begins
 * @property {Point|null} end where it ends, once that is known
 * @property {Point} to where the pointer is
 * @property {"pressed"|"dragged"|"waiting"|"closing"} phase of the edge, then of the height
 */

/** @type {import("./draw-tool.js").DrawTool<RotatedBoxDraft>} */
export const ROTATED_BOX = {
  step(draft, event) {
    if (event.type === "back") return { draft: withoutLast(draft) };
    if (!draft) {
      if (event.type !== "press") return { draft };
      return { draft: { from: event.at, end: null, to: event.at, phase: "pressed" } };
    }
    if (event.type === "skip") return { draft };
    if (event.type === "finish") return fixed(draft);
    if (event.type === "lost") return { draft: withoutPress(draft) };
    if (event.type === "press") return { draft: { ...draft, to: event.at, phase: "closing" } };
    const isDragged = draft.phase === "pressed" && distance(draft.from, event.at) > event.reach;
    const moved = { ...draft, to: event.at, phase: isDragged ? "dragged" : draft.phase };
    if (event.type === "move") return { draft: /** @type {RotatedBoxDraft} */ (moved) };
    if (draft.phase === "waiting") return { draft };
    if (moved.phase === "pressed") return { draft: { ...draft, phase: "waiting" } };
    return fixed(/** @type {RotatedBoxDraft} */ (moved));
  },

  picture({ from, end, to }) {
    const edge = { lines: [[from, end ?? to]], closed: false, points: [from] };
    if (!end) return { ...edge, size: sizeText(distance(from, to), 0) };
    const ring = ringOf(from, end, to);
    const [a, b, c] = ring;
    return {
      lines: [ring],
      closed: true,
      points: [],
      size: `${sizeText(distance(a, b), distance(b, c))}, ${angleText(a, b)}`,
    };
  },
};

/**
 * @param {Point} from
 * @param {Point} to
 * @returns {string} "12°": how far the edge falls to the right
 */
export function angleText(from, to) {
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return `${Math.round(degrees * 10) / 10}°`;
}

/**
 * @param {RotatedBoxDraft} draft
 * @returns {import("./draw-tool.js").DrawStep<RotatedBoxDraft>} the edge, or the whole box, is fixed
 */
function fixed(draft) {
  const { from, end, to } = draft;
  const waiting = /** @type {const} */ ({ ...draft, phase: "waiting" });
  if (!end) return { draft: distance(from, to) > 0 ? { ...waiting, end: to } : waiting };
  const shape = rotatedBoxOutline(ringOf(from, end, to).flatMap(({ x, y }) => [x, y]));
  return { draft: waiting, shape };
}

/** @param {RotatedBoxDraft|null} draft @returns {RotatedBoxDraft|null} */
function withoutLast(draft) {
  return draft?.end ? { ...draft, end: null, phase: "waiting" } : null;
}

/** @param {RotatedBoxDraft} draft @returns {RotatedBoxDraft|null} */
function withoutPress(draft) {
  const hasCorner = draft.phase === "waiting" || draft.phase === "closing";
  return hasCorner ? { ...draft, phase: "waiting" } : null;
}

/**
 * Four corners clockwise on the screen, the first edge the one that was drawn; on its left side it
 * is turned round.
 *
 * @param {Point} from
 * @param {Point} end
 * @param {Point} to its distance from the edge is the height
 * @returns {Point[]}
 */
function ringOf(from, end, to) {
  const length = distance(from, end);
  const across = { x: -(end.y - from.y) / length, y: (end.x - from.x) / length };
  const height = (to.x - from.x) * across.x + (to.y - from.y) * across.y;
  const [a, b] = height >= 0 ? [from, end] : [end, from];
  const by = { x: across.x * height, y: across.y * height };
  return [a, b, { x: b.x + by.x, y: b.y + by.y }, { x: a.x + by.x, y: a.y + by.y }];
}
