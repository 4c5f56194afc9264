/**
 * The handles of a rotated box: those of a box in its own axes, and one that turns it about its
 * middle. Pure.
 *
 * @module
 */

import { distance } from "../../shared/geometry.js";
import { rotatedBoxOutline } from "../../shared/outline.js";
import { pointOfRing } from "../../shared/rings.js";
import { handlesOfSides, sidesMoved } from "./box-handles.js";

/** @typedef {import("../../shared/geometry.js").Box} Box */
/** @typedef {import("../../shared/geometry.js").Point} Point */
/** @typedef {import("../../shared/geometry.js").Size} Size */
/** @typedef {import("../../shared/outline.js").Outline} Outline */

/**
 * The box's own axes: x along its first edge, y along its second one.
 *
 * @typedef {object} Axes
 * @property {Point} origin its first corner
 * @property {Point} x of length 1, as is `y`
 * @property {Point} y
 * @property {number} width
 * @property {number} height
 */

/** How far outside the first edge the handle stands that turns, CSS pixels. */
const TURN_REACH = 24;
/** Halvings of a way that leads off the image: to less than a thousandth of a pixel. */
const HALVINGS = 24;

/** @type {import("./handle.js").Handles} */
export const ROTATED_BOX_HANDLES = {
  of(outline, scale, room) {
    const axes = axesOf(outline);
    const { width, height } = axes;
    const turnAt = toImage(axes, { x: width / 2, y: -TURN_REACH / scale });
    return [
      ...handlesOfSides([0, 0, width, height], room / scale).map((handle) => ({
        ...handle,
        at: toImage(axes, handle.at),
        cursor: "move",
      })),
      { id: "turn", role: "turn", name: "turn", at: turnAt, cursor: "grab", becomes: "turn" },
    ];
  },

  moved(outline, id, to, size) {
    const axes = axesOf(outline);
    if (id === "turn") {
      const by = turnTo(axes, to);
      return lastWithin(size, (part) => turned(axes, by * part));
    }
    const sides = /** @type {const} */ ([0, 0, axes.width, axes.height]);
    const from = handlesOfSides(sides, 0).find((handle) => handle.id === id);
    if (!from) return outline;
    const target = toAxes(axes, to);
    return lastWithin(size, (part) =>
      boxIn(axes, sidesMoved(sides, id, between(from.at, target, part))),
    );
  },
};

/**
 * @param {Outline} outline
 * @returns {Axes}
 */
export function axesOf({ rings: [ring] }) {
  const [origin, second, , last] = [0, 1, 2, 3].map((index) => pointOfRing(ring, index));
  const width = distance(origin, second);
  const x = { x: (second.x - origin.x) / width, y: (second.y - origin.y) / width };
  return { origin, x, y: { x: -x.y, y: x.x }, width, height: distance(origin, last) };
}

/** @param {Axes} axes @param {Point} point in them @returns {Point} on the image */
function toImage({ origin, x, y }, point) {
  return {
    x: origin.x + point.x * x.x + point.y * y.x,
    y: origin.y + point.x * x.y + point.y * y.y,
  };
}

/** @param {Axes} axes @param {Point} point on the image @returns {Point} in the axes */
function toAxes({ origin, x, y }, point) {
  const [dx, dy] = [point.x - origin.x, point.y - origin.y];
  return { x: dx * x.x + dy * x.y, y: dx * y.x + dy * y.y };
}

/** @param {Axes} axes @param {Box} sides in them @returns {Outline} */
function boxIn(axes, [x0, y0, x1, y1]) {
  const corners = [
    { x: x0, y: y0 },
    { x: x1, y: y0 },
    { x: x1, y: y1 },
    { x: x0, y: y1 },
  ].map((corner) => toImage(axes, corner));
  return rotatedBoxOutline(corners.flatMap(({ x, y }) => [x, y]));
}

/** @param {Axes} axes @param {Point} to @returns {number} radians that bring the turning handle there */
function turnTo(axes, to) {
  const { x, y } = toAxes(axes, to);
  return Math.atan2(x - axes.width / 2, axes.height / 2 - y);
}

/** @param {Axes} axes @param {number} by radians, clockwise @returns {Outline} */
function turned(axes, by) {
  const { width, height } = axes;
  const centre = toImage(axes, { x: width / 2, y: height / 2 });
  const [cos, sin] = [Math.cos(by), Math.sin(by)];
  const x = { x: axes.x.x * cos - axes.x.y * sin, y: axes.x.x * sin + axes.x.y * cos };
  const about = { ...axes, origin: centre, x, y: { x: -x.y, y: x.x } };
  return boxIn(about, [-width / 2, -height / 2, width / 2, height / 2]);
}

/**
 * The last shape on a way that is all on the image.
 *
 * @param {Size} size of the image
 * @param {(part: number) => Outline} shapeAt a part of the way, 0 to 1
 * @returns {Outline}
 */
function lastWithin(size, shapeAt) {
  const whole = shapeAt(1);
  if (isWithin(size, whole)) return whole;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (isWithin(size, shapeAt(middle))) low = middle;
    else high = middle;
  }
  return shapeAt(low);
}

/** @param {Size} size @param {Outline} outline */
function isWithin({ width, height }, { box: [x0, y0, x1, y1] }) {
  return x0 >= 0 && y0 >= 0 && x1 <= width && y1 <= height;
}

/** @param {Point} from @param {Point} to @param {number} part @returns {Point} */
function between(from, to, part) {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
