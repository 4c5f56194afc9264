/**
 * The labelling screen: builds every panel once and keeps the keyboard where the person works.
 *
 * @module
 */

import { createAnnotator } from "../canvas/annotator.js";
import { pickTag } from "./actions.js";
import { createAnnotationList } from "./annotation-list.js";
import { createAssistButton, createAssistSettings } from "./assist-panel.js";
import { tellCanvas } from "./canvas-told.js";
import { createCommitBar } from "./commit-bar.js";
import { element, setAttribute, setText } from "./element.js";
import { createFilmStrip } from "./film-strip.js";
import { createHelpDialog } from "./help-dialog.js";
import { icon } from "./icons.js";
import { listenToKeys } from "./keyboard.js";
import { guardLeaving } from "./leave-guard.js";
import { createModelSettings } from "./model-settings.js";
import { createNotSavedBar } from "./notices.js";
import { pauseWriting } from "./paused-writing.js";
import { createReadingBar } from "./reading-bar.js";
import { createRunBar } from "./run-bar.js";
import { createSuggestionList } from "./suggestion-list.js";
import { createTagList } from "./tag-list.js";
import { createTagPicker } from "./tag-picker.js";
import { createToolBar } from "./tool-bar.js";
import { createTopBar } from "./top-bar.js";
import { createViewBar } from "./view-bar.js";
import { createWindowControl } from "./window-control.js";

/** @typedef {import("../scene/types.js").App} App */

/** Below this width the side panels fold. The same as in app.css. */
const NARROW = "(max-width: 1100px)";

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {{
 *   takeImages: (brought: import("../scene/intake.js").Brought[]) => void,
 *   openImport: () => void,
 * }} parts
 */
export function createWorkbench(app, root, { takeImages, openImport }) {
  const parts = buildParts();
  const bench = element(
    "div",
    { class: "workbench" },
    parts.top,
    parts.trouble,
    element(
      "aside",
      { class: "assist-side", "aria-label": "Assist" },
      parts.tools,
      parts.assist,
      parts.settings,
      parts.commit,
    ),
    parts.stage,
    parts.viewBar,
    element(
      "aside",
      { class: "lists", id: "lists-panel", "aria-label": "Tags and shapes" },
      parts.tags,
      parts.suggestions,
      parts.annotations,
    ),
    parts.film,
  );
  root.append(bench);

  const picker = createTagPicker(app, parts.stage);
  const annotator = createAnnotator(app, parts.annotator, { askTag: () => picker.ask(null) });
  const focusCanvas = () => annotator.element.focus({ preventScroll: true });
  const help = createHelpDialog(app, root);
  const modelSettings = createModelSettings(app, root);
  const { skip } = createCommitBar(app, parts.commit, root);
  const view = { fit: annotator.fit, help: () => help.showModal() };
  const keyParts = {
    ...annotator,
    ...view,
    skip,
    pickTag: () => pickTag(app, () => picker.ask(annotator.besideFocus())),
  };

  const { showStorage, saveFile } = createTopBar(app, parts.top, {
    openModelSettings: () => modelSettings.open(),
    takeImages,
    openImport,
    layer: root,
  });
  parts.top.append(createFolding(bench));
  parts.trouble.append(
    createReadingBar(app),
    createNotSavedBar(app, { showStorage, saveFile }),
    createRunBar(app),
  );
  createToolBar(app, parts.tools, () => annotator.drawing.tagWholeImage());
  createAssistButton(app, parts.assist);
  createAssistSettings(app, parts.settings);
  createViewBar(app, parts.viewBar, view);
  createTagList(app, parts.tags, focusCanvas);
  createSuggestionList(app, parts.suggestions, focusCanvas);
  createAnnotationList(app, parts.annotations, focusCanvas);
  createFilmStrip(app, parts.film);
  createWindowControl(app, parts.stage);
  describeImage(app, parts.stage, parts.annotator);
  tellCanvas(app, parts.stage);

  listenToKeys(
    app,
    keyParts,
    () => bench.isConnected && bench.checkVisibility() && !isDialogOpen(),
  );
  giveFocusBack(bench, focusCanvas);
  guardLeaving(app);
  pauseWriting(app, root);
  return { openModelSettings: modelSettings.open };
}

function buildParts() {
  const annotator = element("section", {
    class: "annotator",
    "aria-label": "Annotator",
    "aria-describedby": "annotator-summary",
    tabindex: 0,
  });
  return {
    top: element("header", { class: "top-bar" }),
    trouble: element("div", { class: "trouble-place" }),
    tools: element("div", { class: "tool-bar" }),
    assist: element("section", { class: "assist", "aria-label": "Model assist" }),
    settings: element("section", {
      class: "assist-settings",
      id: "settings-panel",
      "aria-label": "Assist settings",
    }),
    commit: element("section", { class: "commit-bar", "aria-label": "Commit suggestions" }),
    annotator,
    stage: element("main", { class: "stage" }, annotator),
    viewBar: element("section", { class: "view-bar", "aria-label": "View" }),
    tags: element("section", { class: "tag-panel" }),
    suggestions: element("section", { class: "suggestion-panel" }),
    annotations: element("section", { class: "annotation-panel" }),
    film: element("footer", { class: "film-strip" }),
  };
}

/**
 * What the canvas shows, in words, and what stands in its place while there is no image.
 *
 * @param {App} app
 * @param {HTMLElement} stage
 * @param {HTMLElement} annotator
 */
function describeImage(app, stage, annotator) {
  const summary = element("p", { id: "annotator-summary", class: "visually-hidden" });
  const wait = element("p", { class: "stage-note" });
  const hidden = element("p", { class: "stage-hint" }, "Shapes are hidden: H shows them");
  stage.append(summary, wait, hidden);
  function render() {
    const { current } = app.scene.state;
    setText(wait, current ? `Opening ${current.row.name}…` : "No image is open");
    wait.hidden = Boolean(current?.image);
    hidden.hidden = app.display.shapes;
    // Until it is painted itself, what was painted is another image's.
    const shown = app.painted.assetId === current?.id ? app.painted.candidates.length : 0;
    const annotations = current?.annotations.length ?? 0;
    setText(
      summary,
      current ? `${current.row.name}: ${shown} suggestions, ${annotations} annotations` : "",
    );
    setAttribute(annotator, "aria-busy", current && !current.image ? "true" : null);
  }
  app.scene.subscribe((changed) => {
    if (changed.has("current") || changed.has("image") || changed.has("annotations")) render();
  });
  app.onPage((changed) => {
    if (changed === "painted" || changed === "display") render();
  });
  render();
}

/**
 * The buttons that fold the side panels; they are there only where the panels do not fit.
 *
 * @param {HTMLElement} bench
 */
function createFolding(bench) {
  const narrow = window.matchMedia(NARROW);
  const toggles = /** @type {const} */ ([
    ["settings", "Assist settings", "panel"],
    ["lists", "Tags and shapes", "lists"],
  ]).map(([panel, name, iconName]) => {
    const button = element(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": name,
        "aria-controls": `${panel}-panel`,
        title: name,
        onclick: () => fold(panel, bench.dataset[panel] === "open"),
      },
      icon(iconName),
    );
    return { panel, button };
  });

  /** @param {string} panel @param {boolean} folded */
  function fold(panel, folded) {
    bench.dataset[panel] = folded ? "folded" : "open";
    const toggle = toggles.find((one) => one.panel === panel);
    if (toggle) setAttribute(toggle.button, "aria-expanded", folded ? "false" : "true");
  }
  const foldAll = () => {
    for (const { panel } of toggles) fold(panel, narrow.matches);
  };
  narrow.addEventListener("change", foldAll);
  foldAll();
  return element("div", { class: "bar-part folding" }, ...toggles.map(({ button }) => button));
}

/**
 * After a press by pointer the focus goes back to the canvas, so that Space commits and does not
 * press the same control again. A control reached by key keeps it.
 *
 * @param {HTMLElement} bench
 * @param {() => void} focusCanvas
 */
function giveFocusBack(bench, focusCanvas) {
  let byPointer = false;
  bench.addEventListener("pointerdown", () => {
    byPointer = true;
  });
  bench.addEventListener("keydown", () => {
    byPointer = false;
  });
  const giveBack = () => {
    if (byPointer) focusCanvas();
    byPointer = false;
  };
  // Before the press has its effect, so that a dialog that it opens gives the focus back to the canvas.
  bench.addEventListener("click", giveBack, { capture: true });
  bench.addEventListener("change", giveBack);
}

function isDialogOpen() {
  return document.querySelector("dialog[open]") !== null;
}
