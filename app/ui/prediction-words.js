/**
 * Sentences about predictions: why nothing is shown, what was hidden and why, what the model does at
 * the moment. Pure.
 *
 * @module
 */

import { isFinished } from "./asset-words.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").HiddenCounts} HiddenCounts */
/** @typedef {import("../scene/types.js").SceneState} SceneState */

/** @type {readonly [keyof HiddenCounts, (count: number) => string][]} */
const HIDDEN_WORDS = [
  ["belowThreshold", (count) => `${count} below the threshold`],
  ["overlap", (count) => `${count} overlapping a better one`],
  ["alreadyLabelled", (count) => `${count} already labelled`],
  ["rejected", (count) => `${count} rejected before`],
  ["passedOver", (count) => `${count} passed over at Done`],
  ["unmapped", (count) => `${count} of classes without a tag`],
];

/**
 * @param {HiddenCounts|null|undefined} hidden
 * @returns {{reason: keyof HiddenCounts, text: string}[]} the reasons that hide something
 */
export function hiddenReasons(hidden) {
  if (!hidden) return [];
  return HIDDEN_WORDS.filter(([reason]) => hidden[reason] > 0).map(([reason, words]) => ({
    reason,
    text: words(hidden[reason]),
  }));
}

/**
 * Why the list of suggestions is empty, and the next step.
 *
 * @param {SceneState} state
 * @returns {string}
 */
export function emptyReason(state) {
  const { current, activePredictor, assistRun } = state;
  if (!current) return "No image is open.";
  if (!activePredictor) return "No model yet. Choose one in Model Settings.";
  if (assistRun?.assetId === current.id) return stageText(assistRun.stage);
  const { view } = current;
  const asked = view && view.prediction !== "none";
  if (!asked && activePredictor.kind === "file")
    return `${activePredictor.name} has nothing for this image.`;
  if (state.readOnly && view?.prediction !== "ready") return "Nothing was suggested so far.";
  if (!asked) return "Press M to ask the model.";
  if (view.prediction === "queued") return "Waiting for the model…";
  if (view.prediction === "failed") return `Prediction failed: ${view.reason ?? "no reason given"}`;
  if (!view.shown) return "Suggestions are hidden. Press M to show them.";
  const reasons = hiddenReasons(view.hidden).map(({ text }) => text);
  const start = `Nothing above ${(view.threshold ?? 0).toFixed(2)}`;
  const source = activePredictor.kind === "file" ? activePredictor.name : "the model";
  const found = reasons.length > 0 ? reasons.join(", ") : `${source} found nothing here`;
  const more = view.hidden.belowThreshold > 0 ? ["Q shows more"] : [];
  const finish = isFinished(current.row) ? [] : ["G finishes the image"];
  const steps = [...more, ...finish].join(", ");
  return `${start}: ${found}.${steps && ` ${steps}.`}`;
}

/**
 * One line below Model Assist: what there is, and what one does with it.
 *
 * @param {SceneState} state
 * @returns {string}
 */
export function nextStep({ current, activePredictor, readOnly }) {
  if (!current || readOnly) return "";
  if (!activePredictor) return "Needs a model: see Model Settings";
  const { view } = current;
  const over = isFinished(current.row);
  if (view?.prediction !== "ready" && activePredictor.kind === "file")
    return `${activePredictor.name} has nothing here`;
  if (view?.prediction !== "ready") return over ? "" : "Shows suggestions in grey";
  if (!view.shown) return "Suggestions are hidden";
  const shown = shownCount(view);
  if (view.selected.length > 0) return `${shown} shown, ${view.selected.length} selected`;
  if (shown === 0 && view.hidden.unmapped > 0) return "Tags are missing: see Model Settings";
  if (shown === 0) return "Nothing left to suggest";
  return over ? `${shown} shown` : `${shown} shown: click the right ones`;
}

/**
 * @param {import("../scene/types.js").View} view
 * @returns {number}
 */
export function shownCount(view) {
  return view.status.reduce((count, status) => count + (status === 0 ? 1 : 0), 0);
}

/**
 * @param {"image"|"inference"|"decoding"|null} stage
 * @returns {string}
 */
export function stageText(stage) {
  if (stage === "image") return "Preparing the image…";
  if (stage === "inference") return "The model is looking…";
  if (stage === "decoding") return "Reading the answer…";
  return "Starting…";
}

/**
 * @param {SceneState} state
 * @returns {{tone: "ready"|"busy"|"failed"|"none", text: string}} the state of the active predictor
 */
export function predictorState({ activePredictor, models, threads, assistRun, deployment }) {
  if (models.loading) {
    const { fraction } = models.loading;
    const share = fraction === null ? "…" : ` ${Math.round(fraction * 100)}%`;
    return { tone: "busy", text: `loading${share}` };
  }
  if (!activePredictor) return { tone: "none", text: "none chosen" };
  if (activePredictor.kind === "file") return { tone: "ready", text: "from a file" };
  const states = [threads.inference, threads.compute, threads.image];
  if (states.includes("failed")) return { tone: "failed", text: "failed" };
  if (states.includes("restarting")) return { tone: "busy", text: "restarting" };
  if (states.includes("starting")) return { tone: "busy", text: "starting" };
  if (deployment?.state === "asking") return { tone: "busy", text: "being asked" };
  if (deployment?.state === "refused") return { tone: "failed", text: "does not answer" };
  if (assistRun) return { tone: "busy", text: "working" };
  return { tone: "ready", text: "ready" };
}

/**
 * Why Model Assist cannot be pressed; null when it can.
 *
 * @param {SceneState} state
 * @returns {string|null}
 */
export function assistRefusal(state) {
  const { activePredictor, current } = state;
  const paused = writeRefusal(state);
  if (paused) return paused;
  if (!activePredictor) return "No model yet: choose one in Model Settings";
  if (!current) return "No image is open";
  if (state.deployment?.state === "asking") return `Asking ${activePredictor.name}…`;
  if (state.deployment?.state === "refused")
    return `${activePredictor.name} does not answer: ${state.deployment.says}`;
  return null;
}

/**
 * @param {number} bytes
 * @returns {string} "7.4 MB"
 */
export function sizeText(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;
  return `${(bytes / 1e9).toFixed(bytes < 1e11 ? 1 : 0)} GB`;
}
