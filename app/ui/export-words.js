/**
 * What is said of an export before and after it. Pure.
 *
 * @module
 */

import { sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/label-export.js").Exported} Exported */
/** @typedef {import("../scene/label-export.js").ExportOutlook} ExportOutlook */
/** @typedef {{ text: string, tone: "good"|"warn"|"error"|null }} Line */

/**
 * @param {Exported} result
 * @returns {Line[]}
 */
export function resultLines(result) {
  return [
    { text: `${result.summary}.`, tone: null },
    checkedLine(result),
    ...countedLine(
      result.turned,
      ["image file is", "image files are"],
      "turned by a note in the file (EXIF), and its labels are those of the turned image. Ultralytics and OpenCV " +
        "turn images by themselves; other trainers may have to be told.",
    ),
    ...countedLine(
      result.renamed,
      ["image has another name", "images have other names"],
      `in the file, so that trainers find their labels: ${result.first?.name} is ${result.first?.path}.`,
    ),
    ...countedLine(
      result.changed,
      ["image was", "images were"],
      "changed meanwhile: the file has the labels from before.",
    ),
  ];
}

/**
 * @param {Exported} result
 * @returns {Line}
 */
function checkedLine({ checked, unchecked }) {
  if (!checked) return { text: `It was not read back: ${unchecked}.`, tone: "warn" };
  const { shapes, imageFiles, different, first } = checked;
  const files = imageFiles > 0 ? ` and ${number(imageFiles, "image file")}` : "";
  const read = `Read back: ${number(shapes, "shape")}${files}`;
  if (different === 0) return { text: `${read}, all as written.`, tone: "good" };
  return {
    text: `${read}. ${number(different, "image")} not as written: ${first}. Do not train on this file; export again.`,
    tone: "error",
  };
}

/**
 * @param {number} count
 * @param {[string, string]} words for one, and for several
 * @param {string} rest
 * @returns {Line[]} none for none
 */
function countedLine(count, [one, several], rest) {
  if (count === 0) return [];
  const text = `${count.toLocaleString("en")} ${count === 1 ? one : several} ${rest}`;
  return [{ text, tone: "warn" }];
}

/**
 * @param {Record<string, number>} splits
 * @returns {string} "train 330, val 82"
 */
export function splitsText(splits) {
  return Object.entries(splits)
    .map(([name, images]) => `${name} ${images.toLocaleString("en")}`)
    .join(", ");
}

/**
 * @param {ExportOutlook} outlook
 * @returns {string} "412 files, about 1.2 GB"
 */
export function imagesText({ images, imageBytes }) {
  return images === 0 ? "" : `${number(images, "file")}, about ${sizeText(imageBytes)}`;
}

/**
 * @param {ExportOutlook} outlook
 * @param {string} format
 * @returns {Line[]} what the format cannot keep, and what else is to be known
 */
export function outlookLines({ formats, notices, unusedTags, images }, format) {
  if (images === 0) return [];
  const found = formats.find(({ name }) => name === format);
  // What is not written at all loses nothing: why not is said beside the button.
  const losses = found && !found.refusal ? found.losses : [];
  return [
    ...[...losses, ...notices].map((text) => line(text, "warn")),
    ...unusedText(unusedTags).map((text) => line(text, null)),
  ];
}

/**
 * @param {string} text
 * @param {Line["tone"]} tone
 * @returns {Line}
 */
function line(text, tone) {
  return { text: `${text}.`, tone };
}

/** More names than this are only counted. */
const MOST_NAMES = 8;

/**
 * @param {string[]} tags
 * @returns {string[]}
 */
function unusedText(tags) {
  if (tags.length === 0) return [];
  const named = tags.slice(0, MOST_NAMES).join(", ");
  const rest = tags.length > MOST_NAMES ? ` and ${number(tags.length - MOST_NAMES, "other")}` : "";
  const them = tags.length === 1 ? ["the tag", "it stays"] : ["the tags", "they stay"];
  return [`No shape has ${them[0]} ${named}${rest}: ${them[1]} among the classes`];
}

/**
 * @param {number} count
 * @param {string} thing
 * @returns {string} "1,200 images", "1 image"
 */
function number(count, thing) {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}
