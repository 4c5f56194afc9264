/**
 * The polygon tool: a click on each corner. Enter, a double click, or a click on the first corner
 * closes it. A press that is dragged takes its corner along. Pure.
 *
 * @module
 */

import { distance } from "../shared/geometry.js";
import { polygonOutline } from "../shared/outline.js";

/** @typedef {import("../shared/geometry.js").Point} Point */

/**
 * @typedef {object} PolygonDraft
 * @property {readonly Point[]} points
 * @property {Point} to where the next one would be
 * @property {"up"|"pressed"|"dragged"} pointer
 */

const LEAST = 3;
/** A corner is easier to hit than to miss: so many times the reach. */
const CORNER = 2;

/** @type {import("./draw-tool.js").DrawTool<PolygonDraft>} */
export const POLYGON = {
  step(draft, event) {
    if (event.type === "press") return pressed(draft, event);
    if (!draft || event.type === "skip") return { draft };
    if (event.type === "finish") return closed(draft);
    if (event.type === "back") return { draft: withoutLast(draft) };
    if (event.type === "lost")
      return { draft: draft.pointer === "up" ? draft : withoutLast(draft) };
    if (event.type === "release") return { draft: { ...draft, pointer: "up" } };
    return { draft: moved(draft, event) };
  },

  picture({ points, to, pointer }) {
    const open = pointer === "up" ? [...points, to] : points;
    const size = `${points.length} ${points.length === 1 ? "point" : "points"}`;
    return { lines: [open], closed: open.length > 2, points, size };
  },
};

/**
 * @param {PolygonDraft|null} draft
 * @param {{at: Point, reach: number}} event
 * @returns {import("./draw-tool.js").DrawStep<PolygonDraft>}
 */
function pressed(draft, { at, reach }) {
  const points = draft?.points ?? [];
  const last = points.at(-1);
  const onFirst = points.length >= LEAST && distance(points[0], at) <= CORNER * reach;
  const onLast = last !== undefined && distance(last, at) <= reach;
  if (draft && (onFirst || (onLast && points.length >= LEAST))) return closed(draft);
  if (draft && onLast) return { draft };
  return { draft: { points: [...points, at], to: at, pointer: "pressed" } };
}

/**
 * @param {PolygonDraft} draft
 * @param {{at: Point, reach: number}} event
 * @returns {PolygonDraft}
 */
function moved(draft, { at, reach }) {
  const { points, pointer } = draft;
  if (pointer === "up") return { ...draft, to: at };
  const before = points.slice(0, -1);
  const isDragged = pointer === "dragged" || distance(points[before.length], at) > reach;
  if (!isDragged) return { ...draft, to: at };
  return { points: [...before, at], to: at, pointer: "dragged" };
}

/** @param {PolygonDraft} draft @returns {PolygonDraft|null} */
function withoutLast({ points, to }) {
  return points.length > 1 ? { points: points.slice(0, -1), to, pointer: "up" } : null;
}

/** @param {PolygonDraft} draft @returns {import("./draw-tool.js").DrawStep<PolygonDraft>} */
function closed(draft) {
  const shape = polygonOutline([draft.points.flatMap(({ x, y }) => [x, y])]);
  return { draft: { ...draft, pointer: "up" }, shape };
}
