/**
 * Model Settings: which predictors the project has, which one assists, what its classes mean here, a
 * test on the current image; and the starter model.
 *
 * @module
 */

import { createClassMapping } from "./class-mapping.js";
import { createClassNames } from "./class-names.js";
import { createDeploymentForm } from "./deployment-form.js";
import { createDialog } from "./dialog.js";
import { element } from "./element.js";
import { helpInHead } from "./help-link.js";
import { createModelCompare } from "./model-compare.js";
import { createModelTest } from "./model-test.js";
import { createOwnModel } from "./own-model.js";
import { createPredictorList } from "./predictor-list.js";
import { createStarterModels } from "./starter-models.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @returns {{ open: (files?: File[]) => void }} `files`: a model that was brought elsewhere
 */
export function createModelSettings(app, root) {
  const { scene } = app;
  const predictors = element("section", {});
  const starters = element("section", {});
  const own = element("section", { class: "own-model" });
  const deployment = element("section", { class: "own-deployment" });
  const mapping = element("section", {});
  const test = element("section", { class: "model-test" });
  const dialog = createDialog(
    root,
    "Model Settings",
    element(
      "div",
      { class: "settings-columns" },
      element("div", {}, predictors, own, deployment, starters, test),
      element("div", {}, mapping),
    ),
  );
  dialog.classList.add("model-settings");
  helpInHead(dialog, "own-model.html", "models");
  createPredictorList(app, predictors);
  createStarterModels(app, starters);
  createDeploymentForm(app, deployment, root);
  const takeModel = createOwnModel(app, own, dialog);
  createClassMapping(app, mapping);
  createClassNames(app, mapping);
  createModelTest(app, test, createModelCompare(app, root));

  const showActive = () => {
    const none = scene.state.activePredictor === null;
    mapping.hidden = none;
    test.hidden = none;
  };
  scene.subscribe((changed) => {
    if (changed.has("project") || changed.has("settings")) showActive();
  });
  showActive();
  return {
    open(files = []) {
      if (!dialog.open) dialog.showModal();
      takeModel(files);
    },
  };
}
