/**
 * What labelling here is like, in three small pictures. The canvas's own code paints them, so that
 * they show what a person will see.
 *
 * @module
 */

import { drawChips } from "../canvas/draw-chips.js";
import { drawAnnotations, drawSuggestions } from "../canvas/draw-shapes.js";
import { HOME } from "../shared/camera.js";
import { boxOutline } from "../shared/outline.js";
import { lineKeycap } from "./action-button.js";
import { element } from "./element.js";

/** @typedef {import("../canvas/shapes.js").AnnotationShape} AnnotationShape */
/** @typedef {import("../canvas/shapes.js").SuggestionShape} SuggestionShape */
/** @typedef {import("../scene/types.js").Box} Box */

/** CSS pixels; the style sheet gives the pictures this size too. */
const SIZE = { width: 224, height: 152 };

const PAPER = "#fbfbf8";
const INK = "#c9c9c4";
const PICTURE = "#dfe4e6";

/** The last one is a mistake, as models make them: nobody clicks it. */
/** @type {readonly {name: string, color: string, box: Box, score: number}[]} */
const PARTS = Object.freeze([
  { name: "Title", color: "#d55e00", box: [72, 26, 152, 39], score: 0.97 },
  { name: "Text", color: "#0072b2", box: [18, 62, 104, 102], score: 0.98 },
  { name: "Figure", color: "#009e73", box: [120, 62, 206, 138], score: 0.95 },
  { name: "Table", color: "#cc79a7", box: [44, 125, 104, 138], score: 0.51 },
]);
const RIGHT = PARTS.slice(0, 3);

/** @returns {HTMLElement} */
export function createStartPreview() {
  return element(
    "ol",
    { class: "steps" },
    step(
      (context) => drawSuggestionsOf(context, []),
      ["Press ", spokenKeycap("assist")],
      "Your model's suggestions appear in grey.",
    ),
    step(
      (context) => drawSuggestionsOf(context, RIGHT),
      ["Click the right ones"],
      "A selected one takes its tag's colour.",
    ),
    step(
      drawAnnotationsOf,
      ["Press ", spokenKeycap("done")],
      "They are annotations now. On to the next image.",
    ),
  );
}

/**
 * @param {(context: CanvasRenderingContext2D) => void} drawShapes
 * @param {(Node|string)[]} title
 * @param {string} text
 */
function step(drawShapes, title, text) {
  const picture = element("canvas", { "aria-hidden": "true" });
  const ratio = window.devicePixelRatio;
  picture.width = Math.round(SIZE.width * ratio);
  picture.height = Math.round(SIZE.height * ratio);
  const context = picture.getContext("2d");
  if (context) {
    context.scale(ratio, ratio);
    drawPage(context);
    drawShapes(context);
  }
  return element("li", {}, picture, element("strong", {}, ...title), element("p", {}, text));
}

/** @param {CanvasRenderingContext2D} context */
function drawPage(context) {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  const [title, text, figure, foot] = PARTS.map(({ box }) => box);
  context.fillStyle = INK;
  context.fillRect(title[0] + 4, title[1] + 3, title[2] - title[0] - 8, 6);
  for (let y = text[1] + 5; y < text[3] - 4; y += 8) {
    const isLast = y + 8 >= text[3] - 4;
    context.fillRect(text[0] + 4, y, (text[2] - text[0] - 8) * (isLast ? 0.6 : 1), 3);
  }
  context.fillRect(foot[0] + 8, foot[1] + 5, foot[2] - foot[0] - 16, 3);
  context.fillStyle = PICTURE;
  context.fillRect(
    figure[0] + 2,
    figure[1] + 2,
    figure[2] - figure[0] - 4,
    figure[3] - figure[1] - 4,
  );
  context.fillStyle = INK;
  context.beginPath();
  context.moveTo(figure[0] + 2, figure[3] - 2);
  context.lineTo(figure[0] + 28, figure[1] + 24);
  context.lineTo(figure[0] + 46, figure[1] + 46);
  context.lineTo(figure[0] + 58, figure[1] + 36);
  context.lineTo(figure[2] - 2, figure[3] - 2);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {typeof RIGHT} selected
 */
function drawSuggestionsOf(context, selected) {
  const shapes = PARTS.map((part, id) => {
    const { name, color, box, score } = part;
    /** @type {SuggestionShape} */
    const shape = {
      kind: "suggestion",
      id,
      outline: boxOutline(box),
      box,
      place: 0,
      tag: { id: name, name, color, key: null, uses: 0, keypoints: [], skeleton: [] },
      score,
      selected: selected.includes(part),
      edited: false,
      disagrees: false,
      other: null,
    };
    return shape;
  });
  drawSuggestions(context, shapes, HOME);
  drawChips(context, shapes, HOME, SIZE);
}

/** @param {CanvasRenderingContext2D} context */
function drawAnnotationsOf(context) {
  const shapes = RIGHT.map(({ name, color, box, score }) => {
    /** @type {AnnotationShape} */
    const shape = {
      kind: "annotation",
      id: name,
      outline: boxOutline(box),
      box,
      place: 0,
      edited: false,
      tag: { id: name, name, color, key: null, uses: 0, keypoints: [], skeleton: [] },
      annotation: {
        id: name,
        tagId: name,
        origin: "model",
        predictorId: null,
        iteration: 1,
        score,
        edited: false,
        ...boxOutline(box),
      },
    };
    return shape;
  });
  drawAnnotations(context, shapes, HOME);
  drawChips(context, shapes, HOME, SIZE);
}

/**
 * A key that belongs to the sentence, and is read with it.
 *
 * @param {string} line id in the key table
 */
function spokenKeycap(line) {
  const cap = lineKeycap(line);
  cap.removeAttribute("aria-hidden");
  return cap;
}
