/**
 * Export: what is to be saved, how far that is, and what came of it.
 *
 * @module
 */

import { createDialog, holdOpen } from "./dialog.js";
import { element, setAttribute, setText } from "./element.js";
import { createExportForm } from "./export-form.js";
import { setLines } from "./export-lines.js";
import { resultLines } from "./export-words.js";
import { helpInHead } from "./help-link.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/label-export.js").ExportState} ExportState */

/** What Stop is called while this is done. */
const STOPS = Object.freeze({ saving: "Stop", checking: "Skip the check" });

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @returns {{ open: () => void }}
 */
export function createExportDialog(app, root) {
  const { labelExport } = app;
  const form = createExportForm(labelExport);
  const running = createRunning(() => labelExport.stop());
  const result = createResult({
    again: () => labelExport.back(),
    close: () => dialog.close(),
  });
  // Within one region that is always there, so that what changes in it is read out.
  const trouble = element("p", { class: "export-trouble", role: "alert" });
  const again = element(
    "button",
    { type: "button", class: "button", hidden: true, onclick: () => lookAgain() },
    "Try again",
  );
  const dialog = createDialog(
    root,
    "Export labels",
    element(
      "div",
      { class: "export" },
      running.element,
      trouble,
      again,
      form.element,
      result.element,
    ),
  );
  helpInHead(dialog, "labels.html#export", "exporting labels");
  holdOpen(dialog, () => isBusy(labelExport.state));
  dialog.addEventListener("close", () => labelExport.close());

  /** What was in the way may be over by now. */
  function lookAgain() {
    labelExport.open();
    /** @type {HTMLElement | null} */ (dialog.querySelector(".dialog-head button"))?.focus();
  }

  function render() {
    const { state } = labelExport;
    setText(trouble, state.trouble ?? "");
    again.hidden = state.phase !== "refused";
    running.render(state);
    form.render(state);
    result.render(state);
    setAttribute(dialog, "aria-busy", isBusy(state) ? "true" : null);
  }
  labelExport.subscribe(render);
  render();

  return {
    open() {
      dialog.showModal();
      labelExport.open();
    },
  };
}

/** @param {ExportState} state */
function isBusy({ phase }) {
  return phase === "saving" || phase === "checking";
}

/** @param {() => void} stop */
function createRunning(stop) {
  const heading = element("p", { "aria-live": "polite" });
  const bar = element("progress", { max: 1 });
  const button = element("button", { type: "button", class: "button", onclick: stop }, "");
  const root = element(
    "div",
    { class: "export-running" },
    element("div", { class: "line" }, heading, button),
    bar,
  );
  return {
    element: root,

    /** @param {ExportState} state */
    render({ phase, doing, done }) {
      const isRunning = phase === "looking" || phase === "saving" || phase === "checking";
      const appears = root.hidden && isRunning;
      root.hidden = !isRunning;
      if (!isRunning) return;
      setText(heading, `${doing}…`);
      setAttribute(bar, "aria-label", doing);
      setAttribute(bar, "value", done);
      button.hidden = phase === "looking";
      if (phase !== "looking") setText(button, STOPS[phase]);
      // The button that was pressed is gone with the form.
      if (appears && phase !== "looking") button.focus();
    },
  };
}

/** @param {{ again: () => void, close: () => void }} parts */
function createResult({ again, close }) {
  const heading = element("h3", { tabindex: -1 });
  const lines = element("ul", {
    role: "list",
    class: "export-lines",
    "aria-label": "What was exported",
  });
  const root = element(
    "div",
    { class: "export-result" },
    heading,
    lines,
    element(
      "div",
      { class: "form-end" },
      element("button", { type: "button", class: "button", onclick: again }, "Export another"),
      element("button", { type: "button", class: "button strong", onclick: close }, "Close"),
    ),
  );
  /** @type {ExportState["result"]} */
  let shown = null;
  return {
    element: root,

    /** @param {ExportState} state */
    render({ result }) {
      root.hidden = result === null;
      if (result === shown) return;
      shown = result;
      if (result === null) return;
      setText(heading, `Saved as ${result.name}`);
      setLines(lines, resultLines(result));
      heading.focus();
    },
  };
}
