/**
 * A threshold for each tag that the active predictor can suggest, in a fold-out.
 *
 * @module
 */

import { send } from "./actions.js";
import { element, setText } from "./element.js";
import { scoreSlider } from "./score-slider.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Tag} Tag */
/** @typedef {import("../scene/types.js").PredictorRow} PredictorRow */

/**
 * @param {App} app
 * @returns {{element: HTMLElement, update: () => void}}
 */
export function createTagThresholds(app) {
  const { scene } = app;
  const summary = element("summary", {});
  const body = element("div", { class: "tag-thresholds" });
  const details = element("details", {}, summary, body);
  /** @type {{tag: Tag, slider: import("./score-slider.js").ScoreSlider}[]} */
  let sliders = [];
  let builtFor = "";

  /** @param {PredictorRow} predictor @param {Tag} tag */
  function tagSlider(predictor, tag) {
    /**
     * @param {number} value
     * @param {boolean} final
     * @returns {import("../scene/types.js").Command}
     */
    const command = (value, final) => ({
      type: "set-threshold",
      predictorId: predictor.id,
      value,
      tagId: tag.id,
      final,
    });
    return scoreSlider({
      name: `${tag.name} threshold`,
      text: tag.name,
      label: [element("span", { class: "dot", "--tag": tag.color })],
      preview: (value) => app.dispatch(command(value, false)),
      keep: (value) => send(app, command(value, true)),
    });
  }

  return {
    element: details,
    update() {
      const predictor = scene.state.activePredictor;
      details.hidden = predictor === null;
      if (!predictor) return;
      const mapped = new Set(predictor.classes.map(({ tagId }) => tagId));
      const tags = scene.state.tags.filter(({ id }) => mapped.has(id));
      const wanted = [predictor.id, ...tags.map(({ id, name, color }) => id + name + color)].join();
      if (wanted !== builtFor) {
        builtFor = wanted;
        sliders = tags.map((tag) => ({ tag, slider: tagSlider(predictor, tag) }));
        body.replaceChildren(...sliders.map(({ slider }) => slider.element));
      }
      const own = tags.filter(({ id }) => predictor.tagThresholds[id] !== undefined).length;
      setText(summary, own > 0 ? `Threshold per tag (${own} set)` : "Threshold per tag");
      const disabled = writeRefusal(scene.state) !== null;
      for (const { tag, slider } of sliders) {
        const value = predictor.tagThresholds[tag.id] ?? predictor.threshold;
        slider.update({ value, floor: predictor.floor, disabled });
      }
    },
  };
}
