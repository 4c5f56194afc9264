/**
 * The dialog that labels come in by: choose, look through, see what would happen, import. Nothing is changed before
 * the last step.
 *
 * @module
 */

import { counted } from "../shared/counted.js";
import { createDialog } from "./dialog.js";
import { element, setAttribute, setText } from "./element.js";
import { helpInHead } from "./help-link.js";
import { createPreview } from "./import-preview.js";
import { openButton } from "./intake-buttons.js";
import { commonFolder, within } from "./intake-sources.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/intake.js").Brought} Brought */
/** @typedef {import("../scene/label-run.js").ImportChoices} ImportChoices */

const LABELS = ".json,.txt,.yaml,.yml,.names,.zip,application/json,text/plain,application/zip";

/** What is being done is told at once; what is chosen from there on, only where nothing is. */
const BUSY = new Set(["reading", "adding", "preparing"]);

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @returns {{ open: (brought: readonly Brought[], source?: string) => void, isOpen: () => boolean }}
 *   `open` shows it, and looks through these files where there are any; `source` is their name for people
 */
export function createImportDialog(app, root) {
  const { labelImport } = app;
  const progress = createProgress(() => labelImport.giveUp());
  const refusal = element("p", { class: "import-refusal", role: "alert" });
  const preview = createPreview(app, { start });
  const sources = createSources(take);
  const dialog = createDialog(
    root,
    "Import labels",
    element(
      "div",
      { class: "import-labels" },
      sources.element,
      progress.element,
      refusal,
      preview.element,
    ),
  );
  helpInHead(dialog, "labels.html#import", "importing labels");
  dialog.addEventListener("close", () => labelImport.giveUp());

  /** @param {readonly Brought[]} brought @param {string} [source] */
  function take(brought, source) {
    const folder = commonFolder(brought);
    const name = brought.length === 1 ? brought[0].name : counted(brought.length, "files");
    labelImport.read(folder ? within(brought, folder) : brought, source ?? folder ?? name);
  }

  /** @param {ImportChoices} choices */
  async function start(choices) {
    try {
      await labelImport.start(choices);
    } catch (reason) {
      const { code, message } = /** @type {Error & { code?: string }} */ (reason);
      // Of what was begun the session tells, with the ways out.
      if (code !== "given-up" && code !== "run-paused")
        app.say(`Nothing was imported: ${message}`, "error");
    }
  }

  let before = labelImport.state.phase;
  function render() {
    const { state } = labelImport;
    const { phase } = state;
    sources.element.hidden = BUSY.has(phase) || phase === "preview";
    sources.introduce(phase === "idle");
    progress.show(BUSY.has(phase) ? state : null);
    setText(refusal, phase === "refused" ? (state.refusal ?? "") : "");
    preview.show(state);
    // All is handed on: what comes now is told in the bar of the run.
    if (phase === "idle" && before === "preparing") dialog.close();
    if (phase === "preview" && before === "reading") preview.focus();
    // What had the focus is gone with what it belonged to.
    if (BUSY.has(phase) && !BUSY.has(before)) progress.focus();
    if (phase === "refused" && before !== "refused") sources.focus();
    before = phase;
  }
  let isDue = false;
  labelImport.subscribe(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      render();
    });
  });
  app.intake.subscribe(() => {
    if (labelImport.state.phase === "adding") progress.adding(app.intake.state);
  });
  render();

  return {
    open(brought, source) {
      if (!dialog.open) dialog.showModal();
      if (brought.length > 0) take(brought, source);
    },
    isOpen: () => dialog.open,
  };
}

/**
 * @param {(brought: Brought[]) => void} take
 */
function createSources(take) {
  const introduction = element(
    "p",
    {},
    "Labels that you have already, for images of this project: COCO, YOLO or Twoclick's own, as files, as a folder or as a zip file. You see what would happen before anything is changed.",
  );
  const buttons = element(
    "div",
    { class: "line" },
    openButton({
      name: "Choose label files",
      accept: LABELS,
      class: "button strong",
      icon: "import",
      take,
    }),
    openButton({
      name: "Choose a label folder",
      folder: true,
      class: "button",
      icon: "folder",
      take,
    }),
    element("span", { class: "faint" }, "or drop them here"),
  );
  return {
    element: element("div", { class: "import-sources" }, introduction, buttons),
    focus: () => buttons.querySelector("button")?.focus(),
    /** @param {boolean} on */
    introduce(on) {
      introduction.hidden = !on;
    },
  };
}

/** @param {() => void} stop */
function createProgress(stop) {
  const text = element("p", { "aria-live": "polite" });
  const bar = element("progress", { max: 1, "aria-label": "Import" });
  const cancel = element("button", { type: "button", class: "button", onclick: stop }, "Cancel");
  const root = element("div", { class: "import-progress", hidden: true }, text, bar, cancel);
  return {
    element: root,
    focus: () => cancel.focus(),
    /** @param {import("../scene/label-import.js").ImportState | null} state null: nothing is being done */
    show(state) {
      root.hidden = state === null;
      setText(text, state ? `${state.doing}…` : "");
      setAttribute(bar, "aria-label", state?.doing ?? "Import");
      setAttribute(bar, "value", state?.done);
    },
    /** @param {import("../scene/intake.js").IntakeState} state */
    adding({ checked, total }) {
      setAttribute(bar, "value", total > 0 ? checked / total : null);
    },
  };
}
