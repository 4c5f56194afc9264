/**
 * The bar that says that another tab writes this project, with the way to write here instead.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @returns {HTMLElement}
 */
export function createReadingBar(app) {
  const { scene } = app;
  const text = element("span", { role: "status" });
  const ask = element(
    "button",
    { type: "button", class: "button", onclick: takeOver },
    "Take over",
  );
  const force = element(
    "button",
    { type: "button", class: "button", onclick: takeOverAnyway },
    "Take over anyway",
  );
  const root = element("div", { class: "trouble-bar reading" }, text, ask, force);
  let busy = false;

  /** @param {string} words @param {{ forced?: boolean }} [offer] */
  function show(words, { forced = false } = {}) {
    setText(text, words);
    for (const button of [ask, force]) setAttribute(button, "aria-disabled", busy);
    force.hidden = !forced;
  }

  /** @param {string} words @param {() => Promise<void>} task */
  async function run(words, task) {
    if (busy) return;
    busy = true;
    show(words);
    try {
      await task();
    } catch (error) {
      busy = false;
      show(`This did not work: ${/** @type {Error} */ (error).message}`);
    }
  }

  function takeOver() {
    return run("The other tab is saving what was done there…", async () => {
      const { answer, reason } = await app.takeOver();
      if (answer === "granted") return;
      busy = false;
      const why =
        answer === "silent" ? "The other tab does not answer." : `The other tab says: ${reason}.`;
      show(`${why} What it has not saved would be lost.`, { forced: true });
    });
  }

  function takeOverAnyway() {
    return run("Taking over…", () => app.takeOverAnyway());
  }

  function render() {
    busy = false;
    root.hidden = !scene.state.readOnly;
    show(root.hidden ? "" : "Open in another tab, here for reading only.");
  }
  scene.subscribe((changed) => {
    if (changed.has("project")) render();
  });
  render();
  return root;
}
