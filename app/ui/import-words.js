/**
 * Sentences about labels that came in. Pure.
 *
 * @module
 */

import { counted } from "../shared/counted.js";

/** @typedef {import("../scene/runs.js").RunResult} RunResult */

/**
 * @param {RunResult} result
 * @returns {string} "Imported 5,310 annotations on 412 images, 12 were there already; Ctrl+Z takes it back"
 */
export function importedText({ as, added, changed, removed, skipped }) {
  if (changed === 0 && skipped > 0) {
    const were = skipped === 1 ? "was" : "were";
    return `Nothing is new: ${counted(skipped, as)} ${were} there already`;
  }
  const what = [
    `Imported ${counted(added, as)} on ${counted(changed, "images")}`,
    removed > 0 && `${removed.toLocaleString("en")} replaced`,
    skipped > 0 && `${skipped.toLocaleString("en")} were there already`,
  ].filter(Boolean);
  const next = as === "suggestions" ? ": M hides and shows them" : "; Ctrl+Z takes it back";
  return `${what.join(", ")}${next}`;
}
