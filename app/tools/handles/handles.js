/**
 * The handles of a shape, whatever its kind, and what moving one or the whole shape makes of it. Pure.
 *
 * @module
 */

import { distance } from "../../shared/geometry.js";
import { mapOutline, outlineContains } from "../../shared/outline.js";
import { BOX_HANDLES } from "./box-handles.js";
import { KEYPOINT_HANDLES } from "./keypoint-handles.js";
import { POLYGON_HANDLES } from "./polygon-handles.js";
import { axesOf, ROTATED_BOX_HANDLES } from "./rotated-box-handles.js";

/** @typedef {import("../../shared/geometry.js").Point} Point */
/** @typedef {import("../../shared/geometry.js").Size} Size */
/** @typedef {import("../../shared/outline.js").Outline} Outline */
/** @typedef {import("./handle.js").Handle} Handle */
/** @typedef {import("./handle.js").Handles} Handles */

/** A whole image is where the image is. @type {Handles} */
const NO_HANDLES = { of: () => [], moved: (outline) => outline };

/** @type {Readonly<Record<Outline["kind"], Handles>>} */
const BY_KIND = Object.freeze({
  box: BOX_HANDLES,
  "rotated-box": ROTATED_BOX_HANDLES,
  polygon: POLYGON_HANDLES,
  keypoints: KEYPOINT_HANDLES,
  "whole-image": NO_HANDLES,
});

/** A shorter edge in the view has handles at its ends only, CSS pixels. */
const EDGE_ROOM = 28;
/** How near to a handle takes it, CSS pixels. */
const REACH = 7;
/** Within a small shape handles leave this part of its shorter side to moving it. */
const INNER_REACH = 0.3;

/**
 * @param {Outline} outline
 * @param {number} scale CSS pixels per image pixel
 * @param {readonly string[]} [names] of its keypoints
 * @returns {Handle[]} those that there is room for in the view
 */
export function handlesOf(outline, scale, names = []) {
  return BY_KIND[outline.kind].of(outline, scale, EDGE_ROOM, names);
}

/**
 * @param {Outline} outline
 * @param {number} scale CSS pixels per image pixel
 * @param {readonly string[]} [names] of its keypoints
 * @returns {Handle[]} every one, as the keyboard reaches them
 */
export function allHandlesOf(outline, scale, names = []) {
  return BY_KIND[outline.kind].of(outline, scale, 0, names);
}

/**
 * Where a key moves a handle to. One that turns goes round: forward is clockwise.
 *
 * @param {Outline} outline
 * @param {Handle} handle
 * @param {Point} by image pixels
 * @returns {Point}
 */
export function handleStep(outline, { role, at }, by) {
  if (role !== "turn") return { x: at.x + by.x, y: at.y + by.y };
  const { x } = axesOf(outline);
  return { x: at.x + x.x * (by.x + by.y), y: at.y + x.y * (by.x + by.y) };
}

/**
 * @param {Outline} outline
 * @param {Point} point
 * @param {number} scale
 * @param {readonly string[]} [names] of its keypoints
 * @returns {Handle|null} the one that a press there takes
 */
export function handleAt(outline, point, scale, names = []) {
  const [x0, y0, x1, y1] = outline.box;
  const inner = INNER_REACH * Math.min(x1 - x0, y1 - y0);
  const outer = REACH / scale;
  const reach = outlineContains(outline, point) ? Math.min(inner, outer) : outer;
  const near = handlesOf(outline, scale, names)
    .map((handle) => ({ handle, away: distance(handle.at, point) }))
    .filter(({ away }) => away <= reach)
    .sort((a, b) => a.away - b.away);
  return near[0]?.handle ?? null;
}

/**
 * @param {Outline} outline
 * @param {string} id
 * @param {Point} to on the image
 * @param {Size} size of the image
 * @returns {Outline}
 */
export function withHandleAt(outline, id, to, size) {
  return BY_KIND[outline.kind].moved(outline, id, to, size);
}

/**
 * @param {Outline} outline
 * @param {Point} by such that all of it stays on the image
 * @param {Size} size of the image: what is added to numbers may round beyond it
 * @returns {Outline}
 */
export function movedBy(outline, by, { width, height }) {
  return mapOutline(outline, ({ x, y }) => ({
    x: Math.min(Math.max(x + by.x, 0), width),
    y: Math.min(Math.max(y + by.y, 0), height),
  }));
}
