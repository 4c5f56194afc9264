/**
 * Where the work is kept: saved or not in the top bar, and below it the age of the last project file,
 * the room that is taken, and whether the browser keeps it.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";
import { helpLink } from "./help-link.js";
import { icon } from "./icons.js";
import { createPopover } from "./popover.js";
import { sizeText } from "./prediction-words.js";
import { createDeletedProjects } from "./project-list-deleted.js";
import { filingText, isShortOfRoom, keptText, unfiledText } from "./storage-words.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} layer
 * @returns {{element: HTMLElement, show: () => void}} the button that says whether everything is saved; `show` opens
 *   its panel
 */
export function createStorageState(app, layer) {
  const { scene } = app;
  const state = element("span", {});
  const where = element("span", { class: "save-where" }, " in this browser");
  const files = element("span", { class: "save-files" });
  const anchor = element(
    "button",
    { type: "button", class: "button flat save-state" },
    icon("check"),
    element("span", { class: "save-text" }, state, where, files),
  );
  const { show } = createStoragePanel(app, layer, anchor);

  function render() {
    const { saved, filing, readOnly } = scene.state;
    anchor.dataset.state = saved.state;
    anchor.hidden = readOnly;
    setText(state, SAVE_WORDS[saved.state]);
    where.hidden = saved.state !== "saved";
    setText(files, saved.state === "saved" ? unfiledText(filing) : "");
    const name =
      saved.state === "saved"
        ? `Saved in this browser${files.textContent}`
        : `${SAVE_WORDS[saved.state]}, ${saved.pending} on the way`;
    setAttribute(anchor, "aria-label", name);
    anchor.title = name;
  }
  scene.subscribe((changed) => {
    if (changed.has("saved") || changed.has("filing") || changed.has("project")) render();
  });
  render();
  return { element: anchor, show };
}

const SAVE_WORDS = Object.freeze({ saved: "Saved", saving: "Saving…", failed: "Not saved" });

/**
 * @param {App} app
 * @param {HTMLElement} layer
 * @param {HTMLButtonElement} anchor
 */
function createStoragePanel(app, layer, anchor) {
  const filing = element("p", {});
  const used = element("p", {});
  const meter = element("meter", { min: 0, max: 1, "aria-label": "Room taken" });
  const kept = element("p", {});
  const ask = element(
    "button",
    { type: "button", class: "button", onclick: askToKeep },
    "Ask the browser to keep it",
  );
  const trouble = element("p", { class: "menu-refusal", role: "alert" });
  const deleted = createDeletedProjects({
    restore: (project) => change(() => app.restoreProject(project.id)),
    erase: (project) => change(() => app.eraseProject(project.id)),
  });
  const { show } = createPopover(layer, "Storage", {
    anchor,
    onShow: fill,
    children: [
      element("h2", {}, "Where your work is"),
      element("p", {}, "In this browser, under this address, and nowhere else."),
      filing,
      element("h3", {}, "Room"),
      used,
      meter,
      deleted.element,
      trouble,
      kept,
      ask,
      helpLink("keeping.html", "where your work is kept"),
    ],
  });

  function fill() {
    setText(filing, filingText(app.scene.state.filing, Date.now()));
    change(async () => {});
  }

  /** @param {() => Promise<void>} task */
  async function change(task) {
    setText(trouble, "");
    try {
      await task();
      await showRoom();
    } catch (error) {
      setText(trouble, /** @type {Error} */ (error).message);
    }
  }

  async function showRoom() {
    const room = await app.room();
    const { used: bytes, quota } = room;
    const gone = (await app.projects()).filter(({ deletedAt }) => deletedAt !== null);
    const short = isShortOfRoom(room) && gone.length > 0 ? " Erase deleted projects." : "";
    setText(used, `${sizeText(bytes)} of ${sizeText(quota)} are taken.${short}`);
    deleted.show(gone);
    meter.value = quota > 0 ? bytes / quota : 0;
    setText(kept, keptText(room));
    ask.hidden = room.kept;
  }

  function askToKeep() {
    return change(async () => {
      await app.askToKeep();
    });
  }
  return { show };
}
