/**
 * Model Settings: which predictors the project has, which one assists, what its classes mean here, a
 * test on the current image; and the starter model.
 *
 * @module
 */

import { sendForCurrent } from "./actions.js";
import { createClassMapping } from "./class-mapping.js";
import { createClassNames } from "./class-names.js";
import { createDialog } from "./dialog.js";
import { element, setText } from "./element.js";
import { helpInHead } from "./help-link.js";
import { comparable, createModelCompare } from "./model-compare.js";
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
  const mapping = element("section", {});
  const test = element("section", { class: "model-test" });
  const dialog = createDialog(
    root,
    "Model Settings",
    element(
      "div",
      { class: "settings-columns" },
      element("div", {}, predictors, own, starters, test),
      element("div", {}, mapping),
    ),
  );
  dialog.classList.add("model-settings");
  helpInHead(dialog, "own-model.html", "models");
  createPredictorList(app, predictors);
  createStarterModels(app, starters);
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

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {() => void} openCompare
 */
function createModelTest(app, root, openCompare) {
  const { scene } = app;
  const answer = element("p", { role: "status", class: "faint" });
  const bar = element("progress", { "aria-label": "Test on this image" });
  const compare = element(
    "button",
    { type: "button", class: "button", onclick: openCompare },
    "Compare models",
  );
  let asked = false;
  root.append(
    element("h3", {}, "Test"),
    element(
      "div",
      { class: "line" },
      element(
        "button",
        {
          type: "button",
          class: "button",
          onclick: () => {
            asked = true;
            sendForCurrent(app, "ask-anew");
          },
        },
        "Test on this image",
      ),
      compare,
      bar,
    ),
    answer,
  );

  function render() {
    const { current, assistRun } = scene.state;
    compare.hidden = comparable(app).length < 2;
    const busy = current?.view?.prediction === "queued" || assistRun?.assetId === current?.id;
    bar.hidden = !(asked && busy);
    setText(answer, asked && !busy ? testAnswer(current) : "");
  }
  scene.subscribe((changed) => {
    if (changed.has("current")) asked = false;
    if (
      changed.has("current") ||
      changed.has("view") ||
      changed.has("assist") ||
      changed.has("settings")
    )
      render();
  });
  render();
}

/** @param {import("../scene/types.js").CurrentAsset|null} current */
function testAnswer(current) {
  if (!current?.view) return "No image is open.";
  const { prediction, reason, threshold, status, hidden } = current.view;
  if (prediction === "failed")
    return `Failed on ${current.row.name}: ${reason ?? "no reason given"}`;
  if (prediction !== "ready" || threshold === null) return "";
  const shown = status.filter((code) => code === 0).length;
  const found = current.predictions?.count ?? 0;
  const untagged = hidden.unmapped > 0 ? `, ${hidden.unmapped} of classes without a tag` : "";
  return `${current.row.name}: ${found} found, ${shown} shown above ${threshold.toFixed(2)}${untagged}.`;
}
