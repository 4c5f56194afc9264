/**
 * The bar that tells of a run while it changes images: how far it is, why it waits, and the ways out.
 *
 * @module
 */

import { counted } from "../shared/counted.js";
import { element, setAttribute, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../shared/protocol.js").RunProgressEvent} Run */

/** What is done sooner needs no bar, which would only move the picture to and fro. Milliseconds. */
const SHOWN_AFTER = 400;

/**
 * @param {App} app
 * @returns {HTMLElement}
 */
export function createRunBar(app) {
  const { scene, runs } = app;
  const text = element("span", { role: "status" });
  const bar = element("progress", { max: 1 });
  const again = element("button", { type: "button", class: "button", onclick: goOn }, "Try again");
  const back = element("button", { type: "button", class: "button", onclick: giveUp });
  const root = element(
    "div",
    { class: "trouble-bar run-bar", hidden: true },
    text,
    bar,
    again,
    back,
  );
  /** @type {number | undefined} */
  let showing;

  /** The run that is told of; the buttons are for this one. @type {Run | null} */
  let run = null;

  async function goOn() {
    if (!run) return;
    try {
      await runs.start(run.runId);
    } catch (reason) {
      tell(reason);
    }
  }

  async function giveUp() {
    if (!run) return;
    setAttribute(back, "aria-disabled", "true");
    try {
      await runs.giveUp(run.runId);
    } catch (reason) {
      tell(reason);
    }
    setAttribute(back, "aria-disabled", null);
  }

  /** @param {unknown} reason */
  function tell(reason) {
    app.say(/** @type {Error} */ (reason).message, "warning");
  }

  function render() {
    if (!run) return;
    const { name, state, direction, done, total, reason } = run;
    const isPaused = state === "paused";
    const doing = direction === "back" ? `Taking back: ${name}` : name;
    setText(text, isPaused ? `${doing} waits: ${reason ?? "no reason given"}` : doing);
    setAttribute(bar, "aria-label", doing);
    setAttribute(bar, "value", total > 0 ? done / total : null);
    bar.title = `${done.toLocaleString("en")} of ${counted(total, "images")}`;
    again.hidden = !isPaused;
    back.hidden = direction === "back" && !isPaused;
    setText(back, !isPaused ? "Cancel" : direction === "back" ? "Leave the rest" : "Take back");
  }

  scene.subscribe((changed) => {
    if (!changed.has("run")) return;
    const isNew = scene.state.run?.runId !== run?.runId;
    run = scene.state.run;
    if (isNew || !run) {
      clearTimeout(showing);
      showing = undefined;
      root.hidden = true;
      setText(text, "");
      setAttribute(back, "aria-disabled", null);
    }
    if (!run) return;
    if (run.state === "paused") root.hidden = false;
    else if (isNew)
      showing = setTimeout(() => {
        root.hidden = false;
        render();
      }, SHOWN_AFTER);
    if (!root.hidden) render();
  });
  return root;
}
