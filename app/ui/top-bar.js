/**
 * The top bar: where one is (project, image, work list), undo and redo, the predictor, saved or not.
 *
 * @module
 */

import { actionButton } from "./action-button.js";
import { send } from "./actions.js";
import { isFinished } from "./asset-words.js";
import { element, setAttribute, setText } from "./element.js";
import { createExportDialog } from "./export-dialog.js";
import { icon } from "./icons.js";
import { createImportButton } from "./import-button.js";
import { createAddImages } from "./intake-buttons.js";
import { predictorState } from "./prediction-words.js";
import { createSaveFile } from "./storage-file.js";
import { createStorageState } from "./storage-panel.js";
import { createPosition } from "./work-list-position.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {object} parts
 * @param {() => void} parts.openModelSettings
 * @param {(brought: import("../scene/intake.js").Brought[]) => void} parts.takeImages
 * @param {() => void} parts.openImport
 * @param {HTMLElement} parts.layer where its panels go
 * @returns {{showStorage: () => void, saveFile: () => void}} `showStorage` opens the panel on where the work is
 */
export function createTopBar(app, root, { openModelSettings, takeImages, openImport, layer }) {
  const file = createSaveFile(app, layer);
  const storage = createStorageState(app, layer);
  root.append(
    createProjectName(app),
    createPosition(app, layer),
    createAddImages(takeImages, layer),
    createHistoryButtons(app),
    createPredictor(app, openModelSettings),
    element(
      "div",
      { class: "bar-part" },
      storage.element,
      file.element,
      createImportButton(openImport),
      createExport(app, layer),
    ),
  );
  return { showStorage: storage.show, saveFile: file.save };
}

/**
 * @param {App} app
 * @param {HTMLElement} layer
 */
function createExport(app, layer) {
  const dialog = createExportDialog(app, layer);
  return element(
    "button",
    {
      type: "button",
      class: "button labels-button",
      title: "Export labels: COCO, YOLO and Twoclick's own",
      "aria-haspopup": "dialog",
      onclick: dialog.open,
    },
    icon("export"),
    element("span", {}, "Export"),
  );
}

/** @param {App} app */
function createProjectName(app) {
  const name = element("h1", { class: "project-name" });
  const button = element(
    "button",
    {
      type: "button",
      class: "brand",
      title: "Back to all projects",
      "aria-label": "Twoclick, all projects",
      onclick: () => {
        app.closeProject().catch((/** @type {Error} */ error) => app.say(error.message, "error"));
      },
    },
    element("img", { src: "icons/logo.svg", alt: "", width: 20, height: 20 }),
    element("span", {}, "Projects"),
  );
  const progress = element("span", { class: "project-progress" });
  function render() {
    const { project, assets } = app.scene.state;
    setText(name, project?.name ?? "");
    setText(progress, `${assets.filter(isFinished).length} of ${assets.length} labelled`);
  }
  app.scene.subscribe((changed) => {
    if (changed.has("project") || changed.has("assets")) render();
  });
  render();
  return element("div", { class: "bar-part" }, button, name, progress);
}

/** @param {App} app */
function createHistoryButtons(app) {
  const { scene } = app;
  const undo = actionButton(app, {
    line: "undo",
    name: "Undo",
    icon: "undo",
    text: "",
    class: "icon-button",
    run: () => send(app, { type: "undo" }),
  });
  const redo = actionButton(app, {
    line: "redo",
    name: "Redo",
    icon: "redo",
    text: "",
    class: "icon-button",
    run: () => send(app, { type: "redo" }),
  });
  function render() {
    const { history } = scene.state;
    const paused = writeRefusal(scene.state);
    const noUndo = paused ?? (history.undo ? null : "Nothing to undo");
    const noRedo = paused ?? (history.redo ? null : "Nothing to redo");
    undo.update({ disabled: noUndo, note: history.undo ?? "" });
    redo.update({ disabled: noRedo, note: history.redo ?? "" });
    undo.element.title = noUndo ?? `Undo: ${history.undo} (Ctrl Z)`;
    redo.element.title = noRedo ?? `Redo: ${history.redo} (Ctrl ⇧ Z)`;
  }
  scene.subscribe((changed) => {
    if (changed.has("history") || changed.has("saved")) render();
  });
  render();
  return element("div", { class: "bar-part" }, undo.element, redo.element);
}

/**
 * @param {App} app
 * @param {() => void} openModelSettings
 */
function createPredictor(app, openModelSettings) {
  const { scene } = app;
  const name = element("span", { class: "predictor-name" });
  const dot = element("span", { class: "state-dot", "aria-hidden": "true" });
  const state = element("span", { class: "faint" });
  const loading = element("progress", { max: 1, "aria-label": "Loading the model" });

  function render() {
    const { activePredictor, models } = scene.state;
    const { tone, text } = predictorState(scene.state);
    setText(
      name,
      activePredictor ? `${activePredictor.name} v${activePredictor.iteration}` : "Model",
    );
    setText(state, text);
    dot.dataset.tone = tone;
    loading.hidden = models.loading === null;
    if (models.loading) {
      const { fraction } = models.loading;
      if (fraction === null) loading.removeAttribute("value");
      else loading.value = fraction;
      setAttribute(loading, "aria-label", `Loading ${models.loading.name}`);
    }
  }
  scene.subscribe((changed) => {
    const keys = /** @type {const} */ (["project", "settings", "threads", "assist"]);
    if (keys.some((key) => changed.has(key))) render();
  });
  render();
  return element(
    "div",
    { class: "bar-part predictor" },
    dot,
    name,
    state,
    loading,
    element(
      "button",
      {
        type: "button",
        class: "button",
        title: "Model Settings: models, classes and tags",
        "aria-haspopup": "dialog",
        onclick: openModelSettings,
      },
      icon("settings"),
      element("span", {}, "Model Settings"),
    ),
  );
}
