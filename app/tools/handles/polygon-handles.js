/**
 * The handles of a polygon: its vertices, and the middles of its edges, which become vertices when
 * they are moved. Pure.
 *
 * @module
 */

import { distance } from "../../shared/geometry.js";
import { polygonOutline } from "../../shared/outline.js";
import { pointOfRing } from "../../shared/rings.js";

/** @typedef {import("../../shared/geometry.js").Point} Point */
/** @typedef {import("../../shared/outline.js").Outline} Outline */
/** @typedef {import("./handle.js").Handle} Handle */

const LEAST_POINTS = 3;

/** @type {import("./handle.js").Handles} */
export const POLYGON_HANDLES = {
  of({ rings }, scale, room) {
    return rings.flatMap((ring, place) => handlesOfRing(ring, place, room / scale));
  },

  moved({ rings }, id, to) {
    const { role, place, index } = read(id);
    const points = [...rings[place]];
    if (role === "middle") points.splice(2 * index + 2, 0, to.x, to.y);
    else points.splice(2 * index, 2, to.x, to.y);
    return polygonOutline(rings.map((ring, at) => (at === place ? points : ring)));
  },
};

/**
 * @param {Outline} outline
 * @param {string} id of a vertex
 * @returns {Outline|null} without it; null when nothing would be left. A ring that would be left with
 *   two points goes as a whole
 */
export function withoutVertex({ rings }, id) {
  const { place, index } = read(id);
  const points = [...rings[place]];
  points.splice(2 * index, 2);
  const isLine = points.length / 2 < LEAST_POINTS;
  if (isLine && rings.length === 1) return null;
  return polygonOutline(
    rings.flatMap((ring, at) => {
      if (at !== place) return [ring];
      return isLine ? [] : [Float64Array.from(points)];
    }),
  );
}

/**
 * @param {Float64Array} ring
 * @param {number} place of the ring
 * @param {number} room a shorter edge has no handle in its middle
 * @returns {Handle[]}
 */
function handlesOfRing(ring, place, room) {
  const points = Array.from({ length: ring.length / 2 }, (_, index) => pointOfRing(ring, index));
  return points.flatMap((at, index) => {
    const next = points[(index + 1) % points.length];
    const own = vertex(place, index, at);
    return distance(at, next) < room ? [own] : [own, middle(place, index, at, next)];
  });
}

/** @param {number} place of the ring @param {number} index @param {Point} at @returns {Handle} */
function vertex(place, index, at) {
  const id = `vertex-${place}-${index}`;
  return { id, role: "vertex", name: `point ${index + 1}`, at, cursor: "move", becomes: id };
}

/**
 * @param {number} place of the ring
 * @param {number} index of the vertex before it
 * @param {Point} from
 * @param {Point} to
 * @returns {Handle}
 */
function middle(place, index, from, to) {
  return {
    id: `middle-${place}-${index}`,
    role: "middle",
    name: `new point after point ${index + 1}`,
    at: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
    cursor: "copy",
    becomes: `vertex-${place}-${index + 1}`,
  };
}

/** @param {string} id */
function read(id) {
  const [role, place, index] = id.split("-");
  return { role, place: Number(place), index: Number(index) };
}
