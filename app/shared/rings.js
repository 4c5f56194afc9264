/**
 * Rings: closed lines of points `[x, y, x, y, ...]`, the last joined to the first. What an odd number
 * of rings encloses belongs to their shape, so that parts and holes are rings alike. Any space, the
 * same for all arguments of one call. Pure.
 *
 * @module
 */

/** @typedef {import("./geometry.js").Box} Box */
/** @typedef {import("./geometry.js").Point} Point */
/** @typedef {Float64Array|readonly number[]} Ring */

/**
 * @param {Ring} ring
 * @param {number} index of a point; counts round, so that -1 is the last
 * @returns {Point}
 */
export function pointOfRing(ring, index) {
  const count = ring.length / 2;
  const at = 2 * ((index + count) % count);
  return { x: ring[at], y: ring[at + 1] };
}

/**
 * @param {readonly Ring[]} rings with at least one point
 * @returns {Box}
 */
export function boundsOfRings(rings) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      x0 = Math.min(x0, ring[at]);
      x1 = Math.max(x1, ring[at]);
      y0 = Math.min(y0, ring[at + 1]);
      y1 = Math.max(y1, ring[at + 1]);
    }
  }
  return [x0, y0, x1, y1];
}

/**
 * @param {readonly Ring[]} rings none crosses itself or another
 * @returns {number} >= 0; a ring within an odd number of others is a hole
 */
export function areaOfRings(rings) {
  return rings.reduce((sum, ring) => {
    const others = rings.filter((other) => other !== ring);
    const isHole = ringsContain(others, pointOfRing(ring, 0));
    return sum + (isHole ? -areaOfRing(ring) : areaOfRing(ring));
  }, 0);
}

/**
 * @param {readonly Ring[]} rings
 * @param {Point} point
 * @returns {boolean} whether an odd number of rings encloses it
 */
export function ringsContain(rings, { x, y }) {
  let inside = false;
  for (const ring of rings) {
    let before = ring.length - 2;
    for (let at = 0; at < ring.length; at += 2) {
      const [x0, y0, x1, y1] = [ring[before], ring[before + 1], ring[at], ring[at + 1]];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
      before = at;
    }
  }
  return inside;
}

/**
 * @param {readonly Ring[]} rings
 * @param {Point} point
 * @returns {number} how far the point is from the nearest edge
 */
export function distanceToRings(rings, point) {
  let nearest = Infinity;
  for (const ring of rings) {
    let from = pointOfRing(ring, -1);
    for (let at = 0; at < ring.length; at += 2) {
      const to = { x: ring[at], y: ring[at + 1] };
      nearest = Math.min(nearest, distanceToEdge(from, to, point));
      from = to;
    }
  }
  return nearest;
}

/** @param {Ring} ring */
function areaOfRing(ring) {
  let twice = 0;
  let before = ring.length - 2;
  for (let at = 0; at < ring.length; at += 2) {
    twice += ring[before] * ring[at + 1] - ring[at] * ring[before + 1];
    before = at;
  }
  return Math.abs(twice) / 2;
}

/**
 * @param {Point} from
 * @param {Point} to
 * @param {Point} point
 * @returns {number} how far the point is from the line between the two
 */
export function distanceToEdge(from, to, point) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? ((point.x - from.x) * dx + (point.y - from.y) * dy) / length : 0;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(from.x + t * dx - point.x, from.y + t * dy - point.y);
}
