/**
 * What is said of predictors: family, input, size, when they came. Pure.
 *
 * @module
 */

import { FAMILY_TITLES } from "./family-titles.js";
import { sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").ModelCard} ModelCard */
/** @typedef {import("../scene/types.js").PredictorRow} PredictorRow */

/** @param {string} family of a newer version, perhaps, which has no title here */
function familyTitle(family) {
  return FAMILY_TITLES[family] ?? family;
}

/**
 * @param {ModelCard} card
 * @returns {string} "YOLO by Ultralytics · detection · RGB"
 */
export function familyText({ family, task, recipe }) {
  return [familyTitle(family), task, recipe.channels ?? "RGB"].join(" · ");
}

/**
 * @param {PredictorRow} predictor
 * @returns {string[]}
 */
export function factsOf({ kind, classes, card, bytes, floor, digest, addedAt }) {
  const count = `${classes.length} ${classes.length === 1 ? "class" : "classes"}`;
  const start = digest.slice(0, 8);
  const added = addedAt > 0 ? [new Date(addedAt).toLocaleDateString()] : [];
  if (card.deployment) {
    const { title, address, takes } = card.deployment;
    const known = takes === "tensor" ? [familyTitle(card.family)] : [];
    return [
      title,
      ...known,
      new URL(address).host,
      ...(classes.length > 0 ? [count] : []),
      ...added,
    ];
  }
  if (kind === "file") return ["imported suggestions", count, sizeText(bytes), start, ...added];
  const input = card.flexible
    ? "input as the image"
    : `input ${card.recipe.width}×${card.recipe.height}`;
  return [
    familyTitle(card.family),
    card.task,
    count,
    input,
    sizeText(bytes),
    `floor ${floor.toFixed(2)}`,
    start,
    ...added,
  ];
}
