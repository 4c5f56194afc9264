/**
 * The reasons for skipping that are offered first. Pure.
 *
 * @module
 */

/** @typedef {import("../scene/types.js").AssetRow} AssetRow */

/** As many as there are keys for them. */
const OFFERED = 4;

/** For a project in which nothing was skipped yet. */
const USUAL = Object.freeze(["Not sure", "Bad image", "Does not belong here"]);

/**
 * @param {readonly AssetRow[]} assets
 * @param {readonly string[]} given by this person just now, the latest first
 * @returns {string[]} those just given, those that most skipped images have, then the usual ones; each once
 */
export function offeredReasons(assets, given) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { labelState, note } of assets) {
    if (labelState === "skipped" && note) counts.set(note, (counts.get(note) ?? 0) + 1);
  }
  const common = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return [...new Set([...given, ...common, ...USUAL])].slice(0, OFFERED);
}
