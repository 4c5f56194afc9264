/**
 * Saving the open project as a file: the button in the top bar, with its progress.
 *
 * @module
 */

import { element, setAttribute } from "./element.js";
import { icon } from "./icons.js";
import { createSaveChoice } from "./save-choice.js";
import { unfiled, unfiledText } from "./storage-words.js";

/** @typedef {import("../scene/types.js").App} App */

/** What is more is only told to be more. */
const MOST_COUNTED = 999;

/**
 * @param {App} app
 * @param {HTMLElement} layer where its question goes
 * @returns {{element: HTMLElement, save: () => Promise<void>}}
 */
export function createSaveFile(app, layer) {
  const choose = createSaveChoice(app, layer);
  const name = "Save project file";
  const badge = element("span", { class: "unfiled", "aria-hidden": "true" });
  const button = element(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": name,
      onclick: save,
    },
    icon("save"),
    badge,
  );
  const bar = element("progress", { max: 1, "aria-label": "Saving the project file" });
  const stop = element(
    "button",
    { type: "button", class: "text-button", onclick: () => saving?.abort() },
    "Stop saving",
  );
  const progress = element("span", { class: "save-progress", hidden: true }, bar, stop);
  /** @type {AbortController|null} */
  let saving = null;

  async function save() {
    if (saving) return;
    saving = new AbortController();
    const { signal } = saving;
    try {
      const choice = await choose();
      if (choice) await write(choice.withModels, signal);
    } catch (error) {
      app.say(`Not saved as a file: ${/** @type {Error} */ (error).message}`, "error");
    }
    saving = null;
  }

  /** @param {boolean} withModels @param {AbortSignal} signal */
  async function write(withModels, signal) {
    progress.hidden = false;
    setAttribute(button, "aria-disabled", "true");
    setAttribute(bar, "value", null);
    try {
      const saved = await app.saveProjectFile({ onProgress: show, signal, withModels });
      if (saved) app.say(`Saved as ${saved.name}`);
    } catch (error) {
      if (signal.aborted) app.say("No project file was saved");
      else app.say(`Not saved as a file: ${/** @type {Error} */ (error).message}`, "error");
    }
    progress.hidden = true;
    setAttribute(button, "aria-disabled", null);
  }

  function render() {
    const { filing } = app.scene.state;
    const count = unfiled(filing);
    setAttribute(badge, "data-text", count > MOST_COUNTED ? `${MOST_COUNTED}+` : count);
    badge.hidden = count === 0;
    button.title = `${name}: images, labels and all, in one file${unfiledText(filing)}`;
  }
  app.scene.subscribe((changed) => {
    if (changed.has("filing") || changed.has("project")) render();
  });
  render();

  /** @param {string} _label @param {number|null} fraction */
  function show(_label, fraction) {
    setAttribute(bar, "value", fraction);
  }

  return { element: element("span", { class: "save-file" }, button, progress), save };
}
