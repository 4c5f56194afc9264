/**
 * Model Assist and what governs it: the button, the run in progress, the sliders, what was hidden and
 * why, assist on open.
 *
 * @module
 */

import { actionButton, lineKeycap } from "./action-button.js";
import { send, sendForCurrent } from "./actions.js";
import { isFinished } from "./asset-words.js";
import { element, setAttribute, setText } from "./element.js";
import {
  assistRefusal,
  hiddenReasons,
  nextStep,
  shownCount,
  stageText,
} from "./prediction-words.js";
import { scoreSlider } from "./score-slider.js";
import { createTagThresholds } from "./tag-thresholds.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Command} Command */

/**
 * The button with the run's progress or failure.
 *
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createAssistButton(app, root) {
  const { scene } = app;
  const assist = actionButton(app, {
    line: "assist",
    name: "Model Assist",
    icon: "assist",
    class: "strong",
    run: () => sendForCurrent(app, "assist"),
  });
  const bar = element("progress", {});
  const stage = element("span", {});
  const progress = element("div", { class: "assist-progress" }, stage, bar);
  const reason = element("p", {});
  const failure = element(
    "div",
    { class: "assist-failure" },
    reason,
    element(
      "button",
      { type: "button", class: "button", onclick: () => sendForCurrent(app, "ask-anew") },
      "Ask again",
    ),
  );
  root.append(assist.element, progress, failure);

  function render() {
    const { state } = scene;
    const { current, assistRun } = state;
    const view = current?.view ?? null;
    const running = current !== null && assistRun?.assetId === current.id;
    const refusal = assistRefusal(state);
    const queued = (view?.prediction === "queued" && !state.readOnly) || running;
    assist.update({ disabled: refusal, note: refusal ? "" : assistNote(view) });
    // Strong only while it is the next step.
    const asked = view?.prediction === "ready" && view.shown;
    assist.element.classList.toggle(
      "quiet",
      asked || (current !== null && isFinished(current.row)),
    );
    progress.classList.toggle("idle", !queued);
    setAttribute(bar, "aria-label", queued ? `Model Assist on ${current?.row.name}` : null);
    setAttribute(bar, "aria-hidden", queued ? null : "true");
    setText(
      stage,
      queued ? stageText(running ? (assistRun?.stage ?? null) : null) : nextStep(state),
    );
    failure.hidden = view?.prediction !== "failed" || queued;
    progress.hidden = !failure.hidden;
    if (current && !failure.hidden) {
      setText(
        reason,
        `Prediction failed on ${current.row.name}: ${view?.reason ?? "no reason given"}`,
      );
    }
  }

  subscribeToAssist(app, render);
}

/**
 * The sliders, the reasons and the switch.
 *
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createAssistSettings(app, root) {
  const { scene } = app;
  /** @param {"set-threshold"|"set-overlap"} type */
  const setting = (type) => {
    /**
     * @param {number} value
     * @param {boolean} final
     * @returns {Command}
     */
    const command = (value, final) => {
      // The sliders are disabled while there is no predictor.
      const predictorId = scene.state.activePredictor?.id ?? "";
      const change = { predictorId, value, final };
      return type === "set-overlap" ? { type, ...change } : { type, tagId: null, ...change };
    };
    return {
      preview: (/** @type {number} */ value) => app.dispatch(command(value, false)),
      keep: (/** @type {number} */ value) => send(app, command(value, true)),
    };
  };
  const threshold = scoreSlider({
    name: "Confidence threshold",
    keys: [lineKeycap("threshold-down"), lineKeycap("threshold-up")],
    hint: "Only suggestions that the model is at least this sure of are shown",
    ...setting("set-threshold"),
  });
  const overlap = scoreSlider({
    name: "Overlap",
    hint: "Of two suggestions of one tag that overlap more than this, only the better one is shown",
    ...setting("set-overlap"),
  });
  const hidden = element("ul", { class: "hidden-reasons", "aria-label": "Hidden suggestions" });
  const explanation = element("p", { class: "explanation", id: "on-open-explanation" });
  const onOpen = element("input", {
    type: "checkbox",
    role: "switch",
    "aria-label": "Assist on open",
    "aria-describedby": "on-open-explanation",
    onchange: (event) => send(app, { type: "set-assist-on-open", on: event.target.checked }),
  });
  const tagThresholds = createTagThresholds(app);
  root.append(
    threshold.element,
    tagThresholds.element,
    overlap.element,
    hidden,
    element(
      "label",
      { class: "switch" },
      element("span", { "aria-hidden": "true" }, "Assist on open"),
      onOpen,
    ),
    explanation,
  );

  function render() {
    const { current, activePredictor, assistOnOpen } = scene.state;
    const view = current?.view ?? null;
    const disabled = activePredictor === null || writeRefusal(scene.state) !== null;
    const reasons = view?.prediction === "ready" ? hiddenReasons(view.hidden) : [];
    threshold.update({
      value: view?.threshold ?? activePredictor?.threshold ?? 0.5,
      floor: view?.floor ?? activePredictor?.floor ?? 0,
      disabled,
      note: view?.prediction === "ready" ? `shows ${shownCount(view)}` : "",
    });
    overlap.update({ value: view?.overlap ?? activePredictor?.overlap ?? 0.5, disabled });
    onOpen.checked = assistOnOpen;
    const address = activePredictor?.card.deployment?.address;
    setText(
      explanation,
      address
        ? `Images are sent to ${new URL(address).host} without M, the next ones ahead.`
        : "The model is asked without M, for the next images too.",
    );
    onOpen.disabled = disabled;
    tagThresholds.update();
    hidden.replaceChildren(...reasons.map(({ text }) => element("li", {}, text)));
  }

  subscribeToAssist(app, render);
}

/**
 * @param {App} app
 * @param {() => void} render
 */
function subscribeToAssist(app, render) {
  const keys = /** @type {const} */ ([
    "project",
    "current",
    "view",
    "assist",
    "settings",
    "threads",
    "saved",
  ]);
  app.scene.subscribe((changed) => {
    if (keys.some((key) => changed.has(key))) render();
  });
  render();
}

/** @param {import("../scene/types.js").View|null} view */
function assistNote(view) {
  if (view?.prediction !== "ready") return "Asks the model for suggestions on this image";
  return view.shown ? "Suggestions are shown; hides them" : "Suggestions are hidden; shows them";
}
