/**
 * The tools by name. Select has no machine of its own: with it a person selects, focuses and mends.
 *
 * @module
 */

import { BOX } from "./box.js";
import { KEYPOINTS } from "./keypoints.js";
import { POLYGON } from "./polygon.js";
import { ROTATED_BOX } from "./rotated-box.js";

/** @typedef {"select"|"box"|"polygon"|"rotated-box"|"keypoints"} ToolId */

/** @type {Readonly<Partial<Record<ToolId, import("./draw-tool.js").DrawTool<any>>>>} */
export const DRAW_TOOLS = Object.freeze({
  box: BOX,
  polygon: POLYGON,
  "rotated-box": ROTATED_BOX,
  keypoints: KEYPOINTS,
});

/** @param {ToolId} id @returns {boolean} */
export function draws(id) {
  return DRAW_TOOLS[id] !== undefined;
}
