/**
 * A slider from 0 to 1 whose value is previewed while it is dragged and kept when it is let go.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";
import { latestWins } from "./latest-wins.js";

/**
 * @typedef {object} ScoreSlider
 * @property {HTMLElement} element
 * @property {HTMLInputElement} input
 * @property {(state: {value: number, floor?: number, disabled: boolean, note?: string}) => void} update
 */

/**
 * @param {object} options
 * @param {string} options.name the accessible name, exactly
 * @param {string} [options.text] shown; the name unless told otherwise
 * @param {Node[]} [options.label] stands before the text
 * @param {[Node, Node]} [options.keys] stand at the low and the high end
 * @param {string} [options.hint]
 * @param {(value: number) => Promise<unknown>} options.preview
 * @param {(value: number) => void} options.keep
 * @returns {ScoreSlider}
 */
export function scoreSlider({ name, text = name, label = [], keys, hint, preview, keep }) {
  const value = element("output", { class: "number", "aria-hidden": "true" });
  const input = element("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 0.01,
    "aria-label": name,
  });
  const showPreview = latestWins(preview);
  let dragged = false;

  input.addEventListener("input", () => {
    dragged = true;
    show(input.valueAsNumber);
    showPreview(input.valueAsNumber);
  });
  input.addEventListener("change", () => {
    dragged = false;
    keep(input.valueAsNumber);
  });

  /** @param {number} number */
  const show = (number) => {
    setText(value, number.toFixed(2));
    input.style.setProperty("--value", String(number));
  };

  const root = element(
    "div",
    { class: "slider" },
    element(
      "div",
      { class: "slider-head" },
      ...label,
      element("span", { class: "slider-name", "aria-hidden": "true" }, text),
      value,
    ),
    element("div", { class: "slider-track" }, keys?.[0], input, keys?.[1]),
  );
  return {
    element: root,
    input,
    update({ value: number, floor = 0, disabled, note }) {
      input.disabled = disabled;
      input.style.setProperty("--floor", String(floor));
      const floorNote = floor > 0 ? `The model keeps nothing below ${floor.toFixed(2)}` : "";
      root.title = [hint, floorNote].filter(Boolean).join(". ");
      setAttribute(input, "aria-valuetext", [number.toFixed(2), note].filter(Boolean).join(", "));
      // While it is dragged the hand knows better than an answer that comes a moment late.
      if (dragged) return;
      input.value = String(number);
      show(number);
    },
  };
}
