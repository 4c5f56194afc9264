/**
 * Zip files among what somebody brought to a new project: their images count like any, and where labels are in them they
 * wait with the others.
 *
 * @module
 */

import { isZip } from "./brought-kinds.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/intake.js").Brought} Brought */
/** @typedef {import("../scene/gathering.js").Found} Found */

/**
 * @param {App} app
 * @param {readonly Brought[]} brought
 * @returns {Promise<{ brought: Brought[], found: Found | null }>} `found`: what is in the zip files, null without any; in
 *   `brought` a zip file stays where labels are in it, and one that cannot be opened is told of as a problem
 */
export async function lookedInto(app, brought) {
  const zips = brought.filter(isZip);
  if (zips.length === 0) return { brought: [...brought], found: null };
  const { found, images } = await app.labelImport.look(zips);
  const others = brought.filter((one) => !isZip(one));
  const bad = found.left
    .filter(({ path }) => zips.some(({ name }) => name === path))
    .map(({ path, why }) => ({
      name: path,
      problem: { what: `It could not be opened: ${why}.`, remedy: "Unpack it another way." },
    }));
  const labels = found.texts.length > 0 ? zips : [];
  return { brought: [...others, ...images, ...bad, ...labels], found };
}
