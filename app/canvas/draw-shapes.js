/**
 * Paints annotations and suggestions. Pure in (context, shapes, camera).
 *
 * @module
 */

import { drawKeypoints } from "./draw-keypoints.js";
import { drawDisagreement, drawEdited, drawTick, drawTwoReadings } from "./draw-marks.js";
import { CASING, DASH } from "./palette.js";
import { fillOutline, lineOutset, strokeOutlines } from "./stroke.js";
import { paintedOutline } from "./whole-images.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("./shapes.js").AnnotationShape} AnnotationShape */
/** @typedef {import("./shapes.js").Shape} Shape */
/** @typedef {import("./shapes.js").SuggestionShape} SuggestionShape */

/** The box of keypoints is thinner than a shape that is nothing but a box. */
const QUIET = Object.freeze({ casing: 2.5, line: 1, selected: 1.5 });

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly AnnotationShape[]} shapes
 * @param {Camera} camera
 */
export function drawAnnotations(context, shapes, camera) {
  const outset = lineOutset(camera);
  const { plain, posed } = parted(shapes);
  for (const [group, casing, line] of /** @type {const} */ ([
    [plain, 3.5, 2],
    [posed, QUIET.casing, QUIET.line],
  ])) {
    context.globalAlpha = 0.55;
    strokeOutlines(context, outlinesOf(group, camera), camera, {
      color: CASING,
      width: casing,
      outset,
    });
    context.globalAlpha = 1;
    for (const [color, outlines] of groupByColor(group, camera)) {
      strokeOutlines(context, outlines, camera, { color, width: line, outset });
    }
  }
  drawKeypoints(context, posed, camera, ({ tag }) => tag.color);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} shapes
 * @param {Camera} camera
 */
export function drawSuggestions(context, shapes, camera) {
  const shown = shapes.filter((shape) => !shape.selected);
  const selected = shapes.filter((shape) => shape.selected);
  fillSelected(context, selected, camera);
  const [others, chosen] = [parted(shown), parted(selected)];
  strokeDashed(context, others.plain, chosen.plain, camera, { shown: 1.5, selected: 2.5 });
  strokeDashed(context, others.posed, chosen.posed, camera, {
    shown: QUIET.line,
    selected: QUIET.selected,
  });
  drawKeypoints(context, others.posed, camera, () => DASH);
  drawKeypoints(context, chosen.posed, camera, ({ tag }) => tag.color);

  for (const shape of shown) {
    if (shape.disagrees) drawDisagreement(context, shape, camera);
    if (shape.other) drawTwoReadings(context, shape, camera);
  }
  for (const shape of selected) drawTick(context, shape, camera);
  for (const shape of shapes) if (shape.edited) drawEdited(context, shape, camera);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} selected
 * @param {Camera} camera
 */
function fillSelected(context, selected, camera) {
  for (const { outline, tag } of selected) {
    // Over the whole image it would change every colour of it.
    if (outline.kind === "whole-image") continue;
    context.globalAlpha = outline.kind === "keypoints" ? 0.1 : 0.18;
    fillOutline(context, outline, camera, tag.color);
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly SuggestionShape[]} shown
 * @param {readonly SuggestionShape[]} selected
 * @param {Camera} camera
 * @param {{shown: number, selected: number}} widths
 */
function strokeDashed(context, shown, selected, camera, widths) {
  const outset = lineOutset(camera);
  const dashed = true;
  const [shownOutlines, selectedOutlines] = [
    outlinesOf(shown, camera),
    outlinesOf(selected, camera),
  ];
  const width = widths.shown;
  strokeOutlines(context, shownOutlines, camera, { color: CASING, width: width + 1, outset });
  strokeOutlines(context, selectedOutlines, camera, {
    color: CASING,
    width: widths.selected + 1.5,
    outset,
  });
  strokeOutlines(context, shownOutlines, camera, { color: DASH, width, outset, dashed });
  for (const [color, group] of groupByColor(selected, camera)) {
    strokeOutlines(context, group, camera, { color, width: widths.selected, outset, dashed });
  }
}

/**
 * @template {Shape} S
 * @param {readonly S[]} shapes
 * @returns {{plain: S[], posed: S[]}} those with keypoints apart
 */
function parted(shapes) {
  /** @type {{plain: S[], posed: S[]}} */
  const parts = { plain: [], posed: [] };
  for (const shape of shapes) (shape.outline.keypoints ? parts.posed : parts.plain).push(shape);
  return parts;
}

/** @param {readonly Shape[]} shapes @param {Camera} camera */
function outlinesOf(shapes, camera) {
  return shapes.map((shape) => paintedOutline(shape, camera));
}

/**
 * @param {readonly Shape[]} shapes
 * @param {Camera} camera
 * @returns {Map<string, Outline[]>}
 */
function groupByColor(shapes, camera) {
  /** @type {Map<string, Outline[]>} */
  const groups = new Map();
  for (const shape of shapes) {
    const { color } = shape.tag;
    const outline = paintedOutline(shape, camera);
    const group = groups.get(color);
    if (group) group.push(outline);
    else groups.set(color, [outline]);
  }
  return groups;
}
