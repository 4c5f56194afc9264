/**
 * What a row of a list shows of the kind of its shape: an icon, and how many keypoints are there. The row
 * says the kind in words as well.
 *
 * @module
 */

import { keypointsText } from "../canvas/shapes.js";
import { element } from "./element.js";
import { icon } from "./icons.js";

/**
 * @param {import("../shared/outline.js").Outline} outline
 * @returns {Element[]} none for a box, which most shapes are
 */
export function kindMarks(outline) {
  if (outline.kind === "box") return [];
  const counted = keypointsText(outline, "/");
  const told = element("span", { class: "row-count", "aria-hidden": "true" }, counted);
  return counted ? [icon(outline.kind), told] : [icon(outline.kind)];
}
