/**
 * Where the frames and chips of whole images lie in the view: frames one within the other, just inside
 * the image's border; chips one below the other in its top left corner, or in that of the view where
 * the image reaches beyond it. Pure.
 *
 * @module
 */

import { boxToView } from "../shared/camera.js";
import { contains, grow } from "../shared/geometry.js";
import { boxOutline } from "../shared/outline.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */

/** From the image's border to the middle of the first frame, and from frame to frame, CSS pixels. */
const INSET = 3;
const APART = 6;
/** So many frames lie apart; those after them lie on the last. */
const MOST_APART = 4;
/** From the border, or from the view's, to the first chip, and from chip to chip, CSS pixels. */
const CHIP_INSET = 8;
const CHIP_GAP = 3;

/**
 * @param {number} place of a whole image among them
 * @returns {number} how far its frame lies within the border of the image, CSS pixels
 */
export function frameInset(place) {
  return INSET + APART * Math.min(place, MOST_APART - 1);
}

/**
 * @param {{outline: Outline, place: number}} shape
 * @param {Camera} camera
 * @returns {Outline} what is painted of it, on the image: the frame of a whole image, else its outline
 */
export function paintedOutline({ outline, place }, { scale }) {
  if (outline.kind !== "whole-image") return outline;
  return boxOutline(grow(outline.box, -frameInset(place) / scale));
}

/**
 * @param {readonly {box: Box}[]} shapes whole images, in the order of their places
 * @param {Camera} camera
 * @returns {Point} in the view: the top left corner of the first chip
 */
export function chipsCorner(shapes, camera) {
  const most = Math.min(shapes.length, MOST_APART) - 1;
  const [x0, y0] = boxToView(camera, shapes[0].box);
  const inset = frameInset(Math.max(0, most)) + CHIP_INSET;
  return { x: Math.max(x0 + inset, CHIP_INSET), y: Math.max(y0 + inset, CHIP_INSET) };
}

/**
 * @param {Point} corner of the first chip
 * @param {readonly {width: number, height: number}[]} chips
 * @returns {Box[]} where each lies
 */
export function stackChips({ x, y }, chips) {
  let top = y;
  return chips.map(({ width, height }) => {
    /** @type {Box} */
    const at = [x, top, x + width, top + height];
    top += height + CHIP_GAP;
    return at;
  });
}

/**
 * @template {{outline: Outline}} S
 * @param {ReadonlyMap<S, Box>} chips in the view
 * @param {Point} point in the view
 * @returns {S|null} the whole image whose chip lies there
 */
export function wholeImageAt(chips, point) {
  for (const [shape, chip] of chips) {
    if (shape.outline.kind === "whole-image" && contains(chip, point)) return shape;
  }
  return null;
}
