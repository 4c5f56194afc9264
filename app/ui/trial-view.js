/**
 * A small picture of an image with what a model says of it: to be looked at, not to be worked on.
 *
 * @module
 */

import { drawKeypoints } from "../canvas/draw-keypoints.js";
import { CASING, DASH } from "../canvas/palette.js";
import { strokeOutlines } from "../canvas/stroke.js";
import { boxToView, fit } from "../shared/camera.js";
import { element, setText } from "./element.js";

/** @typedef {import("../scene/trials.js").Trial} Trial */
/** @typedef {import("../scene/types.js").ShownImage} ShownImage */

/** CSS pixels. */
const SIZE = { width: 360, height: 270 };

/**
 * What is shown: from this score on, less what overlaps a better one of its class by more.
 * @typedef {{ threshold: number, overlap: number }} Limits
 */

/**
 * What a model's numbers stand for: a card has it, and a predictor whose classes were named since.
 * @typedef {{ classNames: readonly string[], skeleton?: import("../shared/outline.js").Skeleton }} Meaning
 */

/** @type {Meaning} */
const NOTHING = { classNames: [] };

/** As of a model that is new. @type {Limits} */
const NEW = { threshold: 0.5, overlap: 0.5 };

/**
 * @param {string} name
 */
export function createTrialView(name) {
  const canvas = element("canvas", { class: "trial-canvas", role: "img", "aria-label": name });
  const text = element("p", { class: "faint", "aria-live": "polite" });
  const root = element("div", { class: "trial" }, canvas, text);

  /**
   * @param {ShownImage} image
   * @param {Trial | null} trial
   * @param {Meaning} meaning
   * @param {Limits} limits
   */
  function paint(image, trial, { classNames, skeleton = [] }, limits) {
    const ratio = devicePixelRatio;
    canvas.width = SIZE.width * ratio;
    canvas.height = SIZE.height * ratio;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.scale(ratio, ratio);
    const camera = fit(image, SIZE, 0);
    context.imageSmoothingQuality = "medium";
    const [x0, y0, x1, y1] = boxToView(camera, [0, 0, image.width, image.height]);
    context.drawImage(image.bitmap, x0, y0, x1 - x0, y1 - y0);
    const shown = shownOf(trial, limits);
    const outlines = shown.map((place) => /** @type {Trial} */ (trial).outlines[place]);
    strokeOutlines(context, outlines, camera, { color: CASING, width: 3 });
    strokeOutlines(context, outlines, camera, { color: DASH, width: 1.5, dashed: true });
    const posed = outlines.filter(({ keypoints }) => keypoints);
    const shapes = posed.map((outline) => ({ outline, tag: { skeleton } }));
    drawKeypoints(context, shapes, camera, () => DASH);
    canvas.setAttribute("aria-label", `${name}: ${told(trial, shown, classNames)}`);
  }

  return {
    root,

    /** @param {ShownImage} image @param {string} said */
    wait(image, said) {
      paint(image, null, NOTHING, NEW);
      setText(text, said);
    },

    /**
     * @param {ShownImage} image
     * @param {Trial} trial
     * @param {Meaning} meaning
     * @param {Limits} [limits]
     */
    show(image, trial, meaning, limits = NEW) {
      paint(image, trial, meaning, limits);
      const shown = shownOf(trial, limits);
      const time = `${Math.round(trial.milliseconds)} ms`;
      setText(
        text,
        `${told(trial, shown, meaning.classNames)}. ${trial.scores.length} found, ${time}.`,
      );
    },

    /** @param {string} reason @param {ShownImage} [image] shown without what was found before */
    fail(reason, image) {
      if (image) {
        paint(image, null, NOTHING, NEW);
        canvas.setAttribute("aria-label", `${name}: nothing shown`);
      }
      setText(text, reason);
    },
  };
}

/**
 * @param {Trial | null} trial
 * @param {Limits} limits
 * @returns {number[]} places
 */
export function shownOf(trial, { threshold, overlap }) {
  if (!trial) return [];
  const { scores, classes, pairs, ious } = trial;
  const hidden = new Set([...scores.keys()].filter((place) => scores[place] < threshold));
  // By falling score of the better one: what is hidden itself hides nothing.
  for (let pair = 0; pair < ious.length; pair++) {
    const [better, other] = [pairs[2 * pair], pairs[2 * pair + 1]];
    const rivals = classes[better] === classes[other] && ious[pair] > overlap;
    if (rivals && !hidden.has(better)) hidden.add(other);
  }
  return [...scores.keys()].filter((place) => !hidden.has(place));
}

/**
 * @param {Trial | null} trial
 * @param {number[]} shown
 * @param {readonly string[]} classNames
 * @returns {string} "12 shown: 8 Text, 4 Title"
 */
function told(trial, shown, classNames) {
  if (!trial) return "not asked yet";
  if (shown.length === 0) return "nothing shown";
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const place of shown) {
    const name = classNames[trial.classes[place]] ?? "?";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4);
  const words = most.map(([name, count]) => `${count} ${name}`);
  if (counts.size > most.length) words.push("more");
  return `${shown.length} shown: ${words.join(", ")}`;
}
