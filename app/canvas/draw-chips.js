/**
 * Paints the chips: tag dot, name and score of each shape that has room for one.
 *
 * @module
 */

import { boxToView } from "../shared/camera.js";
import { placeChips } from "./chip-layout.js";
import { isMarked, markBox } from "./draw-marks.js";
import { CASING, CHIP_TEXT, textOn } from "./palette.js";
import { scoreText } from "./shapes.js";
import { chipsCorner, stackChips } from "./whole-images.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../shared/geometry.js").Box} Box */
/** @typedef {import("../shared/geometry.js").Size} Size */
/** @typedef {import("./shapes.js").Shape} Shape */

const HEIGHT = 16;
const PADDING = 5;
const DOT = 7;
const LONGEST_NAME = 28;
const FONT = '500 11px system-ui, -apple-system, "Segoe UI", sans-serif';

/** @type {Map<string, number>} */
const widths = new Map();

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Shape[]} shapes
 * @param {Camera} camera
 * @param {Size} view
 * @returns {Map<Shape, Box>} where each chip lies
 */
export function drawChips(context, shapes, camera, view) {
  context.font = FONT;
  const whole = wholeImageChips(context, shapes, camera);
  const wishes = shapes
    .filter(({ outline }) => outline.kind !== "whole-image")
    .sort(byImportance)
    .map((shape) => wish(context, shape, camera, false));
  const marks = shapes.filter(isMarked).map((shape) => markBox(shape, camera));
  const taken = [...marks, ...whole.map(({ at }) => at)];
  const placed = [...placeChips(wishes, view, taken), ...whole];
  for (const { key, at } of placed) drawChip(context, key, at);
  return new Map(placed.map(({ key, at }) => [key, at]));
}

/**
 * Each of them is told: the image itself does not show what it is.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Shape[]} shapes
 * @param {Camera} camera
 * @returns {{key: Shape, at: Box}[]}
 */
function wholeImageChips(context, shapes, camera) {
  const whole = shapes
    .filter(({ outline }) => outline.kind === "whole-image")
    .sort((a, b) => a.place - b.place);
  if (whole.length === 0) return [];
  const wishes = whole.map((shape) => wish(context, shape, camera, false));
  const places = stackChips(chipsCorner(whole, camera), wishes);
  return whole.map((key, index) => ({ key, at: places[index] }));
}

/**
 * The chip of the shape that is pointed at: always there, with all that is known, over the chip that
 * it may have already.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Shape} shape
 * @param {Camera} camera
 * @param {Size} view
 * @param {Box|null} chip
 */
export function drawFullChip(context, shape, camera, view, chip) {
  context.font = FONT;
  const full = wish(context, shape, camera, true);
  const isWhole = shape.outline.kind === "whole-image";
  const [free] = isWhole
    ? stackChips(chipsCorner([shape], camera), [full])
    : placeChips([full], view).map(({ at }) => at);
  const at = chip ? growChip(chip, free[2] - free[0], boxToView(camera, shape.box)) : free;
  drawChip(context, shape, at, fullText(shape));
}

/**
 * @param {Box} chip
 * @param {number} width
 * @param {Box} shape in the view
 * @returns {Box} the chip in its new width; one on the left of its shape grows to the left
 */
function growChip([x0, y0, x1, y1], width, shape) {
  return x1 < shape[0] ? [x1 - width, y0, x1, y1] : [x0, y0, x0 + width, y1];
}

/**
 * @param {Shape} a
 * @param {Shape} b
 */
function byImportance(a, b) {
  return importance(b) - importance(a);
}

/** @param {Shape} shape */
function importance(shape) {
  if (shape.kind === "annotation") return 1;
  return shape.selected ? 2 + shape.score : shape.score;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shape} shape
 * @param {Camera} camera
 * @param {boolean} full
 */
function wish(context, shape, camera, full) {
  const text = full ? fullText(shape) : chipText(shape);
  return {
    key: shape,
    box: boxToView(camera, shape.box),
    width: Math.ceil(textWidth(context, text)) + textStart(shape) + PADDING,
    height: HEIGHT,
    forced: full,
  };
}

/** @param {Shape} shape @returns {boolean} whether its colour is that of its tag: taken, or to be */
function isInColor(shape) {
  return shape.kind === "annotation" || shape.selected;
}

/**
 * Where colour is the ground, a dot would say it twice.
 *
 * @param {Shape} shape
 * @returns {number} from the chip's left edge
 */
function textStart(shape) {
  return isInColor(shape) ? PADDING : PADDING + DOT + 4;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 */
function textWidth(context, text) {
  const known = widths.get(text);
  if (known !== undefined) return known;
  const { width } = context.measureText(text);
  widths.set(text, width);
  return width;
}

/** @param {Shape} shape */
function chipText(shape) {
  const name = short(shape.tag.name);
  return shape.kind === "suggestion" ? `${name} ${scoreText(shape.score).replace(/^0/, "")}` : name;
}

/** @param {Shape} shape */
function fullText(shape) {
  if (shape.kind === "annotation") {
    const { origin, iteration } = shape.annotation;
    const from = origin === "model" ? `model v${iteration}` : "by hand";
    return `${short(shape.tag.name)}, ${from}${shape.edited ? ", edited" : ""}`;
  }
  const other = shape.other
    ? ` or ${short(shape.other.tag.name)} ${scoreText(shape.other.score)} (C)`
    : "";
  const disagrees = shape.disagrees ? ", annotated otherwise" : "";
  const edited = shape.edited ? ", edited" : "";
  return `${short(shape.tag.name)} ${scoreText(shape.score)}${other}${disagrees}${edited}`;
}

/** @param {string} name */
function short(name) {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shape} shape
 * @param {Box} at
 * @param {string} [text]
 */
function drawChip(context, shape, at, text = chipText(shape)) {
  const [x0, y0, x1, y1] = at.map(Math.round);
  const inColor = isInColor(shape);
  const ground = inColor ? shape.tag.color : CASING;
  context.globalAlpha = 0.94;
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(x0, y0, x1 - x0, y1 - y0, 3);
  context.fill();
  context.globalAlpha = 1;

  const middle = (y0 + y1) / 2;
  const ink = inColor ? textOn(ground) : CHIP_TEXT;
  if (!inColor) {
    context.fillStyle = shape.tag.color;
    context.beginPath();
    context.arc(x0 + PADDING + DOT / 2, middle, DOT / 2, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = ink;
  context.textBaseline = "middle";
  context.fillText(text, x0 + textStart(shape), middle + 0.5);
}
