/**
 * Two models on the current image, side by side: what each would suggest, at its own threshold. Nothing of it is kept.
 *
 * @module
 */

import { createDialog } from "./dialog.js";
import { element } from "./element.js";
import { createTrialView } from "./trial-view.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").PredictorRow} PredictorRow */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @returns {() => void} opens it with the two latest models
 */
export function createModelCompare(app, root) {
  const { scene } = app;
  const left = side("First model");
  const right = side("Second model");
  const dialog = createDialog(
    root,
    "Compare models",
    element("div", { class: "compare" }, left.root, right.root),
  );
  dialog.classList.add("model-compare");

  /** @param {string} name */
  function side(name) {
    const select = element("select", { "aria-label": name, onchange: () => ask() });
    const view = createTrialView(name);
    /** Only the latest answer is shown. */
    let asked = 0;

    async function ask() {
      const mine = ++asked;
      const { current } = scene.state;
      const predictor = comparable(app).find(({ id }) => id === select.value);
      if (!predictor || !current?.image) {
        view.fail(predictor ? "Open an image first." : "There is no model to compare.");
        return;
      }
      const { image, row } = current;
      const { digest, card, classes, threshold, overlap } = predictor;
      view.wait(image, "The model is looking…");
      try {
        const files = () => app.filesOf(predictor);
        const trial = await app.trials.run({ digest, card, files }, row);
        const classNames = card.deployment ? trial.classNames : classes.map((one) => one.name);
        const meaning = { classNames, skeleton: card.skeleton };
        if (mine === asked) view.show(image, trial, meaning, { threshold, overlap });
      } catch (reason) {
        if (mine === asked) view.fail(/** @type {Error} */ (reason).message);
      }
    }

    return {
      root: element("section", { class: "compare-side" }, select, view.root),
      /** @param {readonly PredictorRow[]} predictors @param {string | undefined} chosen */
      async open(predictors, chosen) {
        select.replaceChildren(
          ...predictors.map(({ id, name: called, iteration }) =>
            element("option", { value: id }, `${called} v${iteration}`),
          ),
        );
        if (chosen) select.value = chosen;
        await ask();
      },
    };
  }

  return () => {
    const predictors = comparable(app);
    dialog.showModal();
    const [latest, before] = predictors;
    const active = scene.state.activePredictor?.id;
    const other = [latest, before].find((one) => one && one.id !== active);
    // One after the other: the runtime has room for one run.
    left.open(predictors, active ?? latest?.id).then(() => right.open(predictors, other?.id));
  };
}

/**
 * @param {App} app
 * @returns {PredictorRow[]} the models and deployments that can be asked, the latest first
 */
export function comparable(app) {
  return app.scene.state.predictors
    .filter(({ kind, removed }) => kind !== "file" && !removed)
    .sort((a, b) => b.iteration - a.iteration);
}
