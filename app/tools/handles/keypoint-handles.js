/**
 * The handles of keypoints: the points, and those of the box around them. The box and the points move
 * by themselves. Pure.
 *
 * @module
 */

import { HIDDEN, keypointsOutline, NOT_THERE, pointAt, VISIBLE } from "../../shared/outline.js";
import { handlesOfSides, sidesMoved } from "./box-handles.js";

/** @typedef {import("../../shared/geometry.js").Point} Point */
/** @typedef {import("../../shared/outline.js").Keypoints} Keypoints */
/** @typedef {import("../../shared/outline.js").Outline} Outline */
/** @typedef {import("./handle.js").Handle} Handle */

const PREFIX = "keypoint-";
const NEXT = Object.freeze({ [VISIBLE]: HIDDEN, [HIDDEN]: NOT_THERE, [NOT_THERE]: VISIBLE });
const WORDS = Object.freeze({
  [VISIBLE]: "visible",
  [HIDDEN]: "hidden",
  [NOT_THERE]: "not there",
});
/** From the lower edge of the box to those that are not there, as a part of its height. */
const KEPT_ABOVE = 0.06;

/** @type {import("./handle.js").Handles} */
export const KEYPOINT_HANDLES = {
  of(outline, scale, room, names) {
    const count = keypointsOf(outline).visibility.length;
    const points = Array.from({ length: count }, (_, index) => handleOf(outline, index, names));
    return [...points, ...handlesOfSides(outline.box, room / scale)];
  },

  moved(outline, id, to) {
    const keypoints = keypointsOf(outline);
    const index = indexOf(id);
    if (index === null) return keypointsOutline(sidesMoved(outline.box, id, to), keypoints);
    // Who moves a point says where it is.
    const present = keypoints.visibility[index];
    return withPoint(outline, index, to, present === NOT_THERE ? VISIBLE : present);
  },
};

/**
 * @param {string|null} id of a handle
 * @returns {boolean} whether it is a keypoint
 */
export function isKeypoint(id) {
  return id?.startsWith(PREFIX) ?? false;
}

/**
 * @param {Outline} outline
 * @param {string} id of a keypoint
 * @param {number} [wanted] its next visibility: visible, hidden, not there, visible
 * @returns {Outline}
 */
export function withVisibility(outline, id, wanted) {
  const index = /** @type {number} */ (indexOf(id));
  const present = keypointsOf(outline).visibility[index];
  const next = wanted ?? NEXT[/** @type {0|1|2} */ (present)];
  return withPoint(outline, index, placeOf(outline, index), next);
}

/**
 * @param {readonly string[]} names of the tag
 * @param {number} index
 * @returns {string} for people: "left eye", where a model says left_eye
 */
export function keypointName(names, index) {
  return (names[index] ?? `point ${index + 1}`).replaceAll("_", " ");
}

/**
 * Where a point is painted. One that is not there may lie anywhere, as at (0, 0): unless it lies within
 * the box it is kept at the box's lower edge, each in its own place, to be brought back.
 *
 * @param {Outline} outline
 * @param {number} index
 * @returns {Point}
 */
function placeOf(outline, index) {
  const keypoints = keypointsOf(outline);
  const at = pointAt(keypoints, index);
  const [x0, y0, x1, y1] = outline.box;
  const isWithin = at.x > x0 && at.x < x1 && at.y > y0 && at.y < y1;
  if (keypoints.visibility[index] !== NOT_THERE || isWithin) return at;
  const share = (index + 1) / (keypoints.visibility.length + 1);
  return { x: x0 + share * (x1 - x0), y: y1 - KEPT_ABOVE * (y1 - y0) };
}

/** @param {Outline} outline @param {number} index @param {readonly string[]} names @returns {Handle} */
function handleOf(outline, index, names) {
  const visibility = /** @type {0|1|2} */ (keypointsOf(outline).visibility[index]);
  const id = `${PREFIX}${index}`;
  return {
    id,
    role: "keypoint",
    name: `${keypointName(names, index)}, ${WORDS[visibility]}`,
    at: placeOf(outline, index),
    cursor: "move",
    becomes: id,
    visibility,
  };
}

/**
 * @param {Outline} outline
 * @param {number} index
 * @param {Point} to
 * @param {number} visibility
 */
function withPoint(outline, index, to, visibility) {
  const keypoints = keypointsOf(outline);
  const points = Float64Array.from(keypoints.points);
  points.set([to.x, to.y], 2 * index);
  const marks = Uint8Array.from(keypoints.visibility);
  marks[index] = visibility;
  return keypointsOutline(outline.box, { points, visibility: marks });
}

/** @param {Outline} outline */
function keypointsOf({ keypoints }) {
  return /** @type {Keypoints} */ (keypoints);
}

/** @param {string} id @returns {number|null} of a keypoint; null: a handle of the box */
function indexOf(id) {
  return isKeypoint(id) ? Number(id.slice(PREFIX.length)) : null;
}
