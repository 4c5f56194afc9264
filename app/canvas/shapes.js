/**
 * What the scene holds for the current asset, as the shapes that are painted and hit. The lists
 * beside the canvas show the same shapes. Pure.
 *
 * @module
 */

import { countLabelled } from "../shared/outline.js";

/** @typedef {import("../scene/types.js").Annotation} Annotation */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("../scene/types.js").Box} Box */
/** @typedef {import("../scene/types.js").CurrentAsset} CurrentAsset */
/** @typedef {import("../scene/types.js").Focus} Focus */
/** @typedef {import("../scene/types.js").Tag} Tag */
/** @typedef {{tag: Tag, score: number}} Reading */

/**
 * @typedef {object} SuggestionShape
 * @property {"suggestion"} kind
 * @property {number} id the candidate's index
 * @property {Outline} outline
 * @property {Box} box its bounds
 * @property {number} place among the whole images; 0 of other kinds
 * @property {Tag} tag
 * @property {number} score
 * @property {boolean} selected
 * @property {boolean} edited a person gave it another shape or tag
 * @property {boolean} disagrees an annotation of another tag lies on it
 * @property {Reading|null} other the reading that C swaps in
 */

/**
 * @typedef {object} AnnotationShape
 * @property {"annotation"} kind
 * @property {string} id
 * @property {Outline} outline
 * @property {Box} box its bounds
 * @property {number} place among the whole images; 0 of other kinds
 * @property {Tag} tag
 * @property {boolean} edited a person gave it another shape or tag than the model
 * @property {Annotation} annotation
 */

/** @typedef {SuggestionShape|AnnotationShape} Shape */

/** The session's code for a candidate that is a suggestion on the screen. */
const SHOWN = 0;

/** Stands in where a tag is unknown, so that a shape is never lost from sight. */
const NO_TAG = Object.freeze({
  id: "",
  name: "No tag",
  color: "#8a8a8a",
  key: null,
  uses: 0,
  keypoints: [],
  skeleton: [],
});

/**
 * @param {CurrentAsset|null} current
 * @param {Map<string, Tag>} tagById
 * @returns {SuggestionShape[]} by falling score
 */
export function suggestionShapes(current, tagById) {
  const { predictions, view, edits } = current ?? {};
  if (!edits || !predictions || !view?.shown || view.predictorId !== predictions.predictorId)
    return [];
  const selected = new Set(view.selected);
  const disagreements = new Set(view.disagreements);
  const otherReading = new Map(view.readings);
  /** @param {number} candidate */
  const tagOf = (candidate) => tagById.get(view.tags[candidate] ?? "") ?? NO_TAG;

  const nextPlace = placing((current?.annotations ?? []).filter(isWholeImage).length);
  /** @type {SuggestionShape[]} */
  const shapes = [];
  for (let candidate = 0; candidate < predictions.count; candidate++) {
    if (view.status[candidate] !== SHOWN) continue;
    const other = otherReading.get(candidate);
    const change = edits.get(candidate);
    const outline = change ?? predictions.outlines[candidate];
    shapes.push({
      kind: "suggestion",
      id: candidate,
      outline,
      box: outline.box,
      place: nextPlace(outline),
      tag: tagOf(candidate),
      score: predictions.scores[candidate],
      selected: selected.has(candidate),
      edited: change !== undefined,
      disagrees: disagreements.has(candidate),
      other: other === undefined ? null : { tag: tagOf(other), score: predictions.scores[other] },
    });
  }
  return shapes;
}

/**
 * @param {CurrentAsset|null} current
 * @param {Map<string, Tag>} tagById
 * @returns {AnnotationShape[]}
 */
export function annotationShapes(current, tagById) {
  const nextPlace = placing(0);
  return (current?.annotations ?? []).map((annotation) => ({
    kind: "annotation",
    id: annotation.id,
    outline: annotation,
    box: annotation.box,
    place: nextPlace(annotation),
    tag: tagById.get(annotation.tagId) ?? NO_TAG,
    edited: annotation.edited,
    annotation,
  }));
}

/** @param {Outline} outline */
function isWholeImage({ kind }) {
  return kind === "whole-image";
}

/**
 * Whole images all lie in one place, so that their frames and chips are painted one after the other:
 * annotations first, as they are everywhere.
 *
 * @param {number} from
 * @returns {(outline: Outline) => number} its place
 */
function placing(from) {
  let next = from;
  return (outline) => (isWholeImage(outline) ? next++ : 0);
}

/**
 * @param {Shape} shape
 * @param {Focus|null} focus
 * @returns {boolean}
 */
export function isFocus(shape, focus) {
  return focus !== null && shape.kind === focus.kind && shape.id === focus.id;
}

/**
 * @param {Shape} shape
 * @returns {Focus}
 */
export function focusOf(shape) {
  return shape.kind === "suggestion"
    ? { kind: "suggestion", id: shape.id }
    : { kind: "annotation", id: shape.id };
}

/**
 * @param {Outline} outline
 * @returns {string} its kind in words; none for a box, which most shapes are
 */
export function kindWord(outline) {
  return {
    box: "",
    "rotated-box": "rotated box",
    polygon: "polygon",
    keypoints: `keypoints, ${keypointsText(outline, " of ")}`,
    "whole-image": "whole image",
  }[outline.kind];
}

/**
 * @param {Outline} outline
 * @param {string} between
 * @returns {string} how many of its keypoints are there, of how many; "" where it has none
 */
export function keypointsText(outline, between) {
  const { keypoints } = outline;
  return keypoints ? `${countLabelled(outline)}${between}${keypoints.visibility.length}` : "";
}

/**
 * @param {number} score 0 to 1
 * @returns {string} "0.96": never rounded up to 1.00
 */
export function scoreText(score) {
  return (Math.floor(score * 100 + 1e-9) / 100).toFixed(2);
}
