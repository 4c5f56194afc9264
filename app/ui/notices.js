/**
 * What the person is told: the last message in the status line, and a bar that stays while changes
 * are not saved.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */

const THREAD_NAMES = Object.freeze({
  session: "The project's thread",
  compute: "The Python thread",
  image: "The image thread",
  inference: "The model's thread",
});

/**
 * One line: polite for news, assertive for errors. Both regions exist from the start, since assistive
 * technology reads only what changes within a region that it knows.
 *
 * @param {App} app
 * @returns {HTMLElement}
 */
export function createStatusLine(app) {
  const { scene } = app;
  const polite = element("span", { role: "status" });
  const alert = element("span", { role: "alert" });
  const root = element("div", { class: "status-line" }, polite, alert);

  function render() {
    const latest = newest(scene.state.status, app.notice);
    const text = threadTrouble(scene.state.threads) ?? latest?.text ?? "";
    const isError = latest?.level === "error" && text === latest.text;
    setText(polite, isError ? "" : text);
    setText(alert, isError ? text : "");
    root.dataset.level = latest?.level ?? "info";
    root.title = text;
  }
  scene.subscribe((changed) => {
    if (changed.has("status") || changed.has("threads")) render();
  });
  app.onPage((changed) => {
    if (changed === "notice") render();
  });
  render();
  return root;
}

/**
 * @param {App} app
 * @param {object} parts
 * @param {() => void} parts.showStorage where room can be freed
 * @param {() => void} parts.saveFile
 * @returns {HTMLElement}
 */
export function createNotSavedBar(app, { showStorage, saveFile }) {
  const { scene } = app;
  const text = element("span", { role: "alert" });
  const again = element(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => {
        setAttribute(again, "aria-disabled", "true");
        app
          .retrySave()
          .catch((/** @type {Error} */ error) =>
            app.say(`Still not saved: ${error.message}`, "error"),
          )
          .finally(() => setAttribute(again, "aria-disabled", null));
      },
    },
    "Try again",
  );
  const free = element(
    "button",
    { type: "button", class: "button", onclick: showStorage },
    "Free space",
  );
  const file = element(
    "button",
    { type: "button", class: "button", onclick: saveFile },
    "Save to a file",
  );
  const root = element("div", { class: "trouble-bar not-saved" }, text, again, free, file);
  function render() {
    const { state, reason, pending } = scene.state.saved;
    root.hidden = state !== "failed";
    const count = `${pending} ${pending === 1 ? "change waits" : "changes wait"}`;
    setText(
      text,
      state === "failed"
        ? `Not saved: ${reason ?? "no reason given"}. ${count}; editing is paused.`
        : "",
    );
  }
  scene.subscribe((changed) => {
    if (changed.has("saved")) render();
  });
  render();
  return root;
}

/**
 * @param {import("../scene/types.js").Notice|null} a
 * @param {import("../scene/types.js").Notice|null} b
 */
function newest(a, b) {
  return (a?.at ?? 0) > (b?.at ?? 0) ? a : (b ?? a);
}

/**
 * @param {import("../scene/types.js").SceneState["threads"]} threads
 * @returns {string|null}
 */
function threadTrouble(threads) {
  for (const name of /** @type {(keyof typeof THREAD_NAMES)[]} */ (Object.keys(THREAD_NAMES))) {
    if (threads[name] === "restarting") return `${THREAD_NAMES[name]} is starting again…`;
    if (threads[name] === "failed")
      return `${THREAD_NAMES[name]} could not be started. Reload the page.`;
  }
  return null;
}
