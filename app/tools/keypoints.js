/**
 * The keypoints tool: the box of an object, as the box tool draws it, then a click on each point in
 * the order that its tag names them. What is not there is skipped; Enter leaves the rest out. Pure.
 *
 * @module
 */

import { distance } from "../shared/geometry.js";
import { keypointsOutline, NOT_THERE, VISIBLE } from "../shared/outline.js";
import { BOX } from "./box.js";
import { keypointName } from "./handles/keypoint-handles.js";

/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../scene/types.js").Tag} Tag */

/**
 * @typedef {object} KeypointsDraft
 * @property {import("./box.js").BoxDraft} corners
 * @property {Box|null} box once it is drawn
 * @property {readonly (Point|null)[]} points null: not there
 * @property {"up"|"pressed"|"dragged"} pointer
 */
/** @typedef {import("./draw-tool.js").DrawStep<KeypointsDraft>} Step */

/** @type {import("./draw-tool.js").DrawTool<KeypointsDraft>} */
export const KEYPOINTS = {
  endsInPlace: true,

  step(draft, event, tag) {
    const names = tag?.keypoints ?? [];
    if (!draft?.box) return boxStep(draft, event);
    if (event.type === "finish") return finished(draft, names);
    if (event.type === "back") return { draft: withoutLast(draft) };
    if (event.type === "lost")
      return { draft: draft.pointer === "up" ? draft : withoutLast(draft) };
    if (event.type === "skip")
      return afterPoint({ ...draft, points: [...draft.points, null] }, names);
    if (event.type === "press") {
      return { draft: { ...draft, points: [...draft.points, event.at], pointer: "pressed" } };
    }
    if (draft.pointer === "up") return { draft };
    const moved = dragged(draft, event);
    return event.type === "release"
      ? afterPoint({ ...moved, pointer: "up" }, names)
      : { draft: moved };
  },

  picture({ corners, box, points }, tag) {
    const { lines, size } = BOX.picture(corners, tag);
    if (!box) return { lines, closed: true, points: [], size: `box ${size}` };
    const there = points.filter((point) => point !== null);
    const bones = (tag?.skeleton ?? []).flatMap(([a, b]) => {
      const [from, to] = [points[a], points[b]];
      return from && to ? [/** @type {const} */ ([from, to])] : [];
    });
    return { lines, closed: true, points: there, bones, size: nextText(points, tag) };
  },

  refusal(tag) {
    if (!tag)
      return "Keypoints need a tag that names them: add a tag first, and its keypoints with F2";
    if (tag.keypoints.length > 0) return "";
    return (
      `${tag.name} has no keypoints: a pose model gives them, or type their names in the tag's ` +
      "form (F2 on it in the list of tags)"
    );
  },

  told(draft, tag) {
    if (!draft?.box) return `Drag the box of ${tag?.name ?? "the object"}, then its keypoints`;
    const next = nextText(draft.points, tag);
    return `${next}. N: not there, Enter: no more`;
  },
};

/**
 * @param {KeypointsDraft|null} draft
 * @param {import("./draw-tool.js").DrawEvent} event
 * @returns {Step}
 */
function boxStep(draft, event) {
  if (event.type === "skip") return { draft };
  const { draft: corners, shape } = BOX.step(draft?.corners ?? null, event, null);
  if (!corners) return { draft: null };
  const box = shape && isLarge(shape.box) ? shape.box : null;
  return { draft: { corners, box, points: [], pointer: "up" } };
}

/** @param {Box} box @returns {boolean} whether it may be a shape, so that it is not refused at the end */
function isLarge([x0, y0, x1, y1]) {
  return x1 - x0 >= 1 && y1 - y0 >= 1;
}

/**
 * A press that is dragged takes its point along.
 *
 * @param {KeypointsDraft} draft
 * @param {{at: Point, reach: number}} event
 * @returns {KeypointsDraft}
 */
function dragged(draft, { at, reach }) {
  const before = draft.points.slice(0, -1);
  const last = /** @type {Point} */ (draft.points.at(-1));
  if (draft.pointer === "pressed" && distance(last, at) <= reach) return draft;
  return { ...draft, points: [...before, at], pointer: "dragged" };
}

/** @param {KeypointsDraft} draft @param {readonly string[]} names @returns {Step} */
function afterPoint(draft, names) {
  return draft.points.length < names.length ? { draft } : finished(draft, names);
}

/** @param {KeypointsDraft} draft @returns {KeypointsDraft|null} without its last point, else its box */
function withoutLast(draft) {
  const up = /** @type {const} */ ("up");
  if (draft.points.length > 0) return { ...draft, points: draft.points.slice(0, -1), pointer: up };
  return { ...draft, corners: { ...draft.corners, phase: "waiting" }, box: null };
}

/** @param {KeypointsDraft} draft @param {readonly string[]} names @returns {Step} */
function finished(draft, names) {
  const box = /** @type {Box} */ (draft.box);
  const points = new Float64Array(2 * names.length);
  const visibility = new Uint8Array(names.length);
  names.forEach((_, index) => {
    const point = draft.points[index];
    visibility[index] = point ? VISIBLE : NOT_THERE;
    if (point) points.set([point.x, point.y], 2 * index);
  });
  return {
    draft: { ...draft, pointer: "up" },
    shape: keypointsOutline(box, { points, visibility }),
  };
}

/**
 * @param {readonly unknown[]} points
 * @param {Tag|null} tag
 * @returns {string} "left eye, 2 of 17"
 */
function nextText(points, tag) {
  const names = tag?.keypoints ?? [];
  const next = points.length;
  if (next >= names.length) return "";
  return `${keypointName(names, next)}, ${next + 1} of ${names.length}`;
}
