/**
 * What is said of predictors: family, input, size, when they came. Pure.
 *
 * @module
 */

import { sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").ModelCard} ModelCard */
/** @typedef {import("../scene/types.js").PredictorRow} PredictorRow */

/**
 * @param {ModelCard} card
 * @returns {string} "ultralytics-detect, detection"
 */
export function familyText({ family, task, recipe }) {
  return `${family}, ${task}, ${recipe.channels ?? "RGB"}`;
}

/**
 * @param {PredictorRow} predictor
 * @returns {string[]}
 */
export function factsOf({ kind, classes, card, bytes, floor, digest, addedAt }) {
  const count = `${classes.length} ${classes.length === 1 ? "class" : "classes"}`;
  const start = digest.slice(0, 8);
  const added = addedAt > 0 ? [new Date(addedAt).toLocaleDateString()] : [];
  if (kind === "file") return ["imported suggestions", count, sizeText(bytes), start, ...added];
  const input = card.flexible
    ? "input as the image"
    : `input ${card.recipe.width}×${card.recipe.height}`;
  return [
    card.family,
    card.task,
    count,
    input,
    sizeText(bytes),
    `floor ${floor.toFixed(2)}`,
    start,
    ...added,
  ];
}
