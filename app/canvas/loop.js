/**
 * One animation frame for everything: what changed is marked dirty, and the next frame paints only
 * that. Nothing runs while nothing changes.
 *
 * @module
 */

/**
 * @template {string} Name
 * @param {readonly Name[]} order in which dirty layers are painted
 * @param {(name: Name) => void} paint
 * @returns {(...names: Name[]) => void} marks layers as dirty
 */
export function createLoop(order, paint) {
  /** @type {Set<Name>} */
  const dirty = new Set();
  let frame = 0;

  const run = () => {
    frame = 0;
    const due = order.filter((name) => dirty.has(name));
    dirty.clear();
    for (const name of due) paint(name);
  };

  return (...names) => {
    for (const name of names) dirty.add(name);
    if (frame === 0) frame = requestAnimationFrame(run);
  };
}
