/**
 * What the film strip says of an asset: its mark and its accessible name. Pure.
 *
 * @module
 */

/** @typedef {import("../scene/types.js").AssetRow} AssetRow */

/** @typedef {import("../scene/types.js").LabelState} LabelState */

/** The label states with their names, in the order in which an image goes through them. */
export const STATE_NAMES = /** @type {readonly [LabelState, string][]} */ (
  Object.freeze([
    ["todo", "To do"],
    ["started", "Started"],
    ["labelled", "Labelled"],
    ["approved", "Approved"],
    ["returned", "Returned"],
    ["skipped", "Skipped"],
  ])
);

/** @type {Readonly<Record<LabelState, string>>} */
const STATE_WORDS = Object.freeze({
  todo: "to do",
  started: "started",
  labelled: "labelled",
  approved: "approved",
  returned: "returned",
  skipped: "skipped",
});

/**
 * @param {AssetRow} row
 * @returns {boolean} whether nothing is left to do on it
 */
export function isFinished({ labelState }) {
  return labelState === "labelled" || labelState === "approved";
}

/**
 * @param {AssetRow} row
 * @returns {boolean} whether work on it is left, as the work list of the open ones has it
 */
export function isOpen({ labelState }) {
  return labelState === "todo" || labelState === "started" || labelState === "returned";
}

/**
 * @param {AssetRow} row
 * @returns {string} "Skipped: not sure", "Labelled, nothing here"
 */
export function stateText(row) {
  const { words } = assetMark(row);
  const text = `${words[0].toUpperCase()}${words.slice(1)}`;
  return row.note ? `${text}: ${row.note}` : text;
}

/**
 * @param {Pick<AssetRow, "labelState"|"annotations">} row
 * @returns {{icon: import("./icons.js").IconName, words: string}}
 */
export function assetMark({ labelState, annotations }) {
  if (labelState === "labelled" && annotations === 0) {
    return { icon: "nothing", words: "labelled, nothing here" };
  }
  return { icon: STATE_ICONS[labelState], words: STATE_WORDS[labelState] };
}

/** @type {Readonly<Record<import("../scene/types.js").LabelState, import("./icons.js").IconName>>} */
const STATE_ICONS = Object.freeze({
  todo: "todo",
  started: "started",
  labelled: "check",
  approved: "check-twice",
  returned: "returned",
  skipped: "skipped",
});

/**
 * @param {AssetRow} row
 * @param {number} selected
 * @returns {string}
 */
export function assetName(row, selected) {
  return [
    row.name,
    row.note ? `${assetMark(row).words}: ${row.note}` : assetMark(row).words,
    row.annotations > 0 && count(row.annotations, "annotation"),
    selected > 0 && `${selected} selected, not committed`,
    row.prediction === "failed" && "prediction failed",
  ]
    .filter(Boolean)
    .join(", ");
}

/**
 * @param {number} number
 * @param {string} noun
 */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
