/**
 * Commit, Commit All, Commit All and Next, Done, Skip: always in sight.
 *
 * @module
 */

import { actionButton } from "./action-button.js";
import { commit, sendForCurrent } from "./actions.js";
import { isFinished } from "./asset-words.js";
import { element, setText } from "./element.js";
import { createSkipPanel } from "./skip-panel.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {HTMLElement} layer where its panel goes
 * @returns {{skip: () => void}} `skip` asks for the reason
 */
export function createCommitBar(app, root, layer) {
  const { scene } = app;
  const one = actionButton(app, {
    line: "commit",
    name: "Commit",
    run: () => commit(app, "commit"),
  });
  const all = actionButton(app, {
    line: "commit-all",
    name: "Commit All",
    run: () => commit(app, "commit-all"),
  });
  const allAndNext = actionButton(app, {
    line: "commit-all-and-next",
    name: "Commit All and Next",
    run: () => commit(app, "commit-all-and-next"),
  });
  const done = actionButton(app, { line: "done", name: "Done", run: () => commit(app, "done") });
  const skip = actionButton(app, { line: "skip", name: "Skip", run: () => askWhy() });
  const askWhy = createSkipPanel(app, layer, skip.element);
  const note = element("p", { class: "commit-note" });
  const reopen = element(
    "button",
    {
      type: "button",
      class: "text-button",
      onclick: () => sendForCurrent(app, "reopen"),
    },
    "Reopen",
  );
  const finishedText = element("span", {});
  const finished = element("p", { class: "commit-note finished" }, finishedText, reopen);
  // Notes come first: the buttons stand on the lower edge and stay where they are.
  root.append(
    finished,
    note,
    element("p", { class: "commit-caption" }, "Stay on this image"),
    one.element,
    all.element,
    element("p", { class: "commit-caption" }, "Finish it and go on"),
    allAndNext.element,
    element("div", { class: "commit-pair" }, done.element, skip.element),
  );

  function render() {
    const { current } = scene.state;
    const view = current?.view ?? null;
    const over = current !== null && isFinished(current.row);
    const selected = view?.selected.length ?? 0;
    const refusal = commitAllRefusal(app);
    const extra = refusal ? "" : commitAllNote(app);
    const paused = writeRefusal(scene.state) ?? (current ? null : "No image is open");
    one.update({
      count: selected > 0 ? selected : null,
      disabled: paused ?? (selected > 0 ? null : "Nothing is selected: click suggestions first"),
      note: selected > 0 ? `${selected} selected` : "",
    });
    const count = view?.commitAll.count ?? 0;
    all.update({
      count: count > 0 && !refusal ? count : null,
      disabled: refusal,
      note: [`${count} suggestions`, extra].filter(Boolean).join(", "),
    });
    allAndNext.update({ disabled: refusal, note: refusal ? "" : `${count} suggestions` });
    done.update({ disabled: paused });
    skip.update({ disabled: paused });
    setText(note, extra);
    note.title = extra;
    finished.hidden = !over;
    setText(finishedText, finishedWords(scene.state));
    reopen.hidden = paused !== null;
    // One press is the strong one, the next step: the hand-picked ones, else all that is shown, else,
    // once nothing is left to take, Done.
    const nothingLeft = view?.prediction === "ready" && view.shown && count === 0;
    one.element.classList.toggle("strong", selected > 0);
    allAndNext.element.classList.toggle("strong", selected === 0 && !refusal);
    done.element.classList.toggle("strong", selected === 0 && nothingLeft && !over);
  }

  const keys = /** @type {const} */ ([
    "project",
    "current",
    "view",
    "assets",
    "assist",
    "saved",
    "workList",
  ]);
  scene.subscribe((changed) => {
    if (keys.some((key) => changed.has(key))) render();
  });
  app.onPage((changed) => {
    if (changed === "painted" || changed === "display") render();
  });
  render();
  return { skip: askWhy };
}

/** @param {import("../scene/types.js").SceneState} state */
function finishedWords({ workList, assetById }) {
  const rows = workList.assetIds.map((id) => assetById.get(id));
  const all = rows.length > 1 && rows.every((row) => row && isFinished(row));
  return all ? `All ${rows.length} images are finished.` : "This image is finished.";
}

/**
 * Why Commit All would do nothing; the session refuses for the same reasons.
 *
 * @param {App} app
 * @returns {string|null}
 */
function commitAllRefusal({ scene, display }) {
  const { current } = scene.state;
  const paused = writeRefusal(scene.state);
  if (paused) return paused;
  if (!current) return "No image is open";
  if (isFinished(current.row)) return "This image is finished: reopen it first";
  const { view } = current;
  if (!view || view.prediction === "none") return "No suggestions yet: press M";
  if (view.prediction === "queued") return "The model has not answered yet";
  if (view.prediction === "failed") return "The prediction failed";
  if (!view.shown || !display.shapes) return "Suggestions are hidden: show them first";
  if (view.commitAll.count === 0) return "No suggestions are shown";
  return null;
}

/**
 * @param {App} app
 * @returns {string} what a person should know before pressing
 */
function commitAllNote({ scene, painted }) {
  const { id, view } = scene.state.current ?? {};
  const dropped = view?.commitAll.dropped ?? 0;
  return [
    painted.assetId === id && painted.outside > 0 && `${painted.outside} outside view`,
    dropped > 0 && `${dropped} second ${dropped === 1 ? "reading" : "readings"} dropped`,
    view && view.disagreements.length > 0 && `${view.disagreements.length} disagreeing left out`,
  ]
    .filter(Boolean)
    .join(", ");
}
