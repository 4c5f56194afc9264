/**
 * The layer that follows the person: what is pointed at, focused, mended and drawn.
 *
 * @module
 */

import { toView } from "../shared/camera.js";
import { sizeText } from "../tools/box.js";
import { allHandlesOf, handlesOf } from "../tools/handles/handles.js";
import { axesOf } from "../tools/handles/rotated-box-handles.js";
import { draws } from "../tools/toolbox.js";
import { drawFocus, drawHover } from "./draw-attention.js";
import { drawFullChip } from "./draw-chips.js";
import { drawCross, drawDraft, drawHandles, drawLabel } from "./draw-draft.js";
import { drawAnnotations, drawSuggestions } from "./draw-shapes.js";
import { DASH } from "./palette.js";
import { focusOf } from "./shapes.js";
import { outermost } from "./stroke.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Focus} Focus */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/geometry.js").Size} Size */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("./shapes.js").Shape} Shape */

/**
 * @typedef {object} OverlayParts
 * @property {import("../tools/drawing.js").Drawing} drawing
 * @property {import("../tools/mending.js").Mending} mending
 * @property {(focus: Focus|null) => Shape|null} shapeOf
 * @property {Map<Shape, Box>} chips
 * @property {Size} view
 * @property {Point|null} pointer
 */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {App} app
 * @param {OverlayParts} parts
 */
export function paintOverlay(context, app, parts) {
  if (app.display.shapes) paintShape(context, app, parts);
  if (draws(app.tool.id)) paintDrawing(context, app, parts);
  else
    for (const picture of parts.drawing.pictures()) drawDraft(context, picture, DASH, app.camera);
}

/**
 * The focused shape, as it is or as it will be, and the one pointed at.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {App} app
 * @param {OverlayParts} parts
 */
function paintShape(context, app, { mending, shapeOf, chips, view, pointer }) {
  const { camera } = app;
  const change = mending.change();
  // What was taken may have been selected since.
  const present = change && (shapeOf(focusOf(change.shape)) ?? change.shape);
  const changed = present && { ...present, outline: change.outline };
  const focused = changed ?? shapeOf(app.focus);
  const hovered = change ? null : shapeOf(app.hover);
  drawFocus(context, focused, camera);
  drawHover(context, hovered, camera);
  if (changed?.kind === "annotation") drawAnnotations(context, [changed], camera);
  if (changed?.kind === "suggestion") drawSuggestions(context, [changed], camera);

  const subject = mending.subject();
  const outline = change?.outline ?? subject?.outline;
  if (subject && outline) {
    drawHandles(context, paintedHandles(outline, subject.tag.keypoints, app), app.handle, camera);
  }
  const told = hovered ?? focused;
  const keypoint = mending.meantKeypoint();
  if (change && change.phase !== "sent") {
    const at = pointer ?? outermost(change.outline, camera, 1, 1);
    drawLabel(context, at, view, { text: keypoint?.name ?? outlineSize(change.outline) });
  } else if (told && !draws(app.tool.id)) {
    const chip = [...chips].find(([{ kind, id }]) => kind === told.kind && id === told.id);
    drawFullChip(context, told, camera, view, chip?.[1] ?? null);
    if (keypoint) drawLabel(context, toView(camera, keypoint.at), view, { text: keypoint.name });
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {App} app
 * @param {OverlayParts} parts
 */
function paintDrawing(context, { camera }, { drawing, view }) {
  const tag = drawing.tag();
  const pictures = drawing.pictures();
  for (const picture of pictures) drawDraft(context, picture, tag?.color ?? DASH, camera);
  const cross = drawing.cross();
  if (!cross) return;
  const at = toView(camera, cross);
  drawCross(context, at, view);
  const name = tag?.name ?? "No tag yet";
  const size = pictures.at(-1)?.size;
  drawLabel(context, at, view, { text: size ? `${name}, ${size}` : name, tag });
}

/** @param {Outline} outline @param {readonly string[]} names of its keypoints @param {App} app */
function paintedHandles(outline, names, { camera: { scale }, handle: takenId }) {
  const handles = handlesOf(outline, scale, names);
  if (takenId === null || handles.some(({ id }) => id === takenId)) return handles;
  return [...handles, ...allHandlesOf(outline, scale, names).filter(({ id }) => id === takenId)];
}

/** @param {Outline} outline @returns {string} how large it is, for people */
export function outlineSize(outline) {
  const [x0, y0, x1, y1] = outline.box;
  if (outline.rings.length === 0) return sizeText(x1 - x0, y1 - y0);
  if (outline.kind === "rotated-box") {
    const { width, height, x } = axesOf(outline);
    const degrees = (Math.atan2(x.y, x.x) * 180) / Math.PI;
    return `${sizeText(width, height)}, ${Math.round(degrees * 10) / 10}°`;
  }
  const points = outline.rings.reduce((sum, ring) => sum + ring.length / 2, 0);
  return `${points} points`;
}
