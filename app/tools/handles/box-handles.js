/**
 * The eight handles of a box. Taken beyond the opposite side, the box turns inside out. Pure.
 *
 * @module
 */

import { boxOutline } from "../../shared/outline.js";

/** @typedef {import("../../shared/geometry.js").Box} Box */
/** @typedef {import("../../shared/geometry.js").Point} Point */

/**
 * @typedef {object} Place
 * @property {-1|0|1} x the side that goes along: left, none, right
 * @property {-1|0|1} y top, none, bottom
 * @property {string} name
 * @property {string} cursor
 */

/** Clockwise from the top left. @type {Readonly<Record<string, Place>>} */
export const PLACES = Object.freeze({
  nw: { x: -1, y: -1, name: "top left corner", cursor: "nwse-resize" },
  n: { x: 0, y: -1, name: "top edge", cursor: "ns-resize" },
  ne: { x: 1, y: -1, name: "top right corner", cursor: "nesw-resize" },
  e: { x: 1, y: 0, name: "right edge", cursor: "ew-resize" },
  se: { x: 1, y: 1, name: "bottom right corner", cursor: "nwse-resize" },
  s: { x: 0, y: 1, name: "bottom edge", cursor: "ns-resize" },
  sw: { x: -1, y: 1, name: "bottom left corner", cursor: "nesw-resize" },
  w: { x: -1, y: 0, name: "left edge", cursor: "ew-resize" },
});

/** @type {import("./handle.js").Handles} */
export const BOX_HANDLES = {
  of({ box }, scale, room) {
    return handlesOfSides(box, room / scale);
  },

  moved({ box }, id, to) {
    return boxOutline(sidesMoved(box, id, to));
  },
};

/**
 * @param {Box} sides in the axes of the box
 * @param {number} room a shorter side has handles at its ends only
 * @returns {import("./handle.js").Handle[]}
 */
export function handlesOfSides([x0, y0, x1, y1], room) {
  const xs = [x0, (x0 + x1) / 2, x1];
  const ys = [y0, (y0 + y1) / 2, y1];
  return Object.entries(PLACES)
    .filter(([, { x, y }]) => {
      if (x !== 0 && y !== 0) return true;
      return (x === 0 ? x1 - x0 : y1 - y0) >= room;
    })
    .map(([id, { x, y, name, cursor }]) => ({
      id,
      role: x !== 0 && y !== 0 ? "corner" : "edge",
      name,
      at: { x: xs[x + 1], y: ys[y + 1] },
      cursor,
      becomes: id,
    }));
}

/**
 * @param {Box} sides in the axes of the box
 * @param {string} id
 * @param {Point} to in the same axes
 * @returns {Box} in order
 */
export function sidesMoved([x0, y0, x1, y1], id, to) {
  const { x, y } = PLACES[id];
  const [left, right] = between(x, x0, x1, to.x);
  const [top, bottom] = between(y, y0, y1, to.y);
  return [left, top, right, bottom];
}

/**
 * @param {-1|0|1} side that moves
 * @param {number} low
 * @param {number} high
 * @param {number} to
 * @returns {readonly [number, number]}
 */
function between(side, low, high, to) {
  if (side === 0) return [low, high];
  const fixed = side === -1 ? high : low;
  return [Math.min(fixed, to), Math.max(fixed, to)];
}
