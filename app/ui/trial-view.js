/**
 * A small picture of an image with what a model says of it: to be looked at, not to be worked on.
 *
 * @module
 */

import { CASING, DASH } from "../canvas/palette.js";
import { strokeOutlines } from "../canvas/stroke.js";
import { fit } from "../shared/camera.js";
import { element, setText } from "./element.js";

/** @typedef {import("../scene/trials.js").Trial} Trial */
/** @typedef {import("../scene/types.js").ShownImage} ShownImage */

/** CSS pixels. */
const SIZE = { width: 360, height: 270 };

/** From this score on a suggestion is shown, here as on the image of a model that is new. */
export const SHOWN_FROM = 0.5;

/**
 * @param {string} name
 */
export function createTrialView(name) {
  const canvas = element("canvas", { class: "trial-canvas", role: "img", "aria-label": name });
  const text = element("p", { class: "faint", role: "status" });
  const root = element("div", { class: "trial" }, canvas, text);

  /**
   * @param {ShownImage} image
   * @param {Trial | null} trial
   * @param {readonly string[]} classNames
   * @param {number} threshold
   */
  function paint(image, trial, classNames, threshold) {
    const ratio = devicePixelRatio;
    canvas.width = SIZE.width * ratio;
    canvas.height = SIZE.height * ratio;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.scale(ratio, ratio);
    const camera = fit(image, SIZE, 0);
    context.imageSmoothingQuality = "medium";
    const { scale, x, y } = camera;
    context.drawImage(image.bitmap, x, y, image.width * scale, image.height * scale);
    const shown = shownOf(trial, threshold);
    const outlines = shown.map((place) => /** @type {Trial} */ (trial).outlines[place]);
    strokeOutlines(context, outlines, camera, { color: CASING, width: 3 });
    strokeOutlines(context, outlines, camera, { color: DASH, width: 1.5, dashed: true });
    canvas.setAttribute("aria-label", `${name}: ${told(trial, shown, classNames)}`);
  }

  return {
    root,

    /** @param {ShownImage} image @param {string} said */
    wait(image, said) {
      paint(image, null, [], SHOWN_FROM);
      setText(text, said);
    },

    /**
     * @param {ShownImage} image
     * @param {Trial} trial
     * @param {readonly string[]} classNames
     * @param {number} [threshold]
     */
    show(image, trial, classNames, threshold = SHOWN_FROM) {
      paint(image, trial, classNames, threshold);
      const shown = shownOf(trial, threshold);
      const time = `${Math.round(trial.milliseconds)} ms`;
      setText(text, `${told(trial, shown, classNames)}. ${trial.scores.length} found, ${time}.`);
    },

    /** @param {string} reason */
    fail(reason) {
      setText(text, reason);
    },
  };
}

/**
 * @param {Trial | null} trial
 * @param {number} threshold
 * @returns {number[]} places
 */
function shownOf(trial, threshold) {
  if (!trial) return [];
  return [...trial.scores.keys()].filter((place) => trial.scores[place] >= threshold);
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
