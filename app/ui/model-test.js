/**
 * What the model in use says of the open image: asked anew, or, where nothing may be changed, only tried.
 *
 * @module
 */

import { sendForCurrent } from "./actions.js";
import { element, setText } from "./element.js";
import { comparable } from "./model-compare.js";
import { shownOf } from "./trial-view.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").PredictorRow} PredictorRow */
/** @typedef {import("../scene/trials.js").Trial} Trial */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {() => void} openCompare
 */
export function createModelTest(app, root, openCompare) {
  const { scene } = app;
  const answer = element("p", { role: "status", class: "faint" });
  const bar = element("progress", { "aria-label": "Test on this image" });
  const compare = element(
    "button",
    { type: "button", class: "button", onclick: openCompare },
    "Compare models",
  );
  let asked = false;
  /** The number of the latest trial: of earlier ones nothing is told. */
  let latest = 0;
  let trying = false;
  let tried = "";
  root.append(
    element("h3", {}, "Test"),
    element(
      "div",
      { class: "line" },
      element("button", { type: "button", class: "button", onclick: test }, "Test on this image"),
      compare,
      bar,
    ),
    answer,
  );

  function test() {
    asked = true;
    tried = "";
    if (writeRefusal(scene.state)) tryOnly();
    else sendForCurrent(app, "ask-anew");
  }

  async function tryOnly() {
    const { current, activePredictor } = scene.state;
    if (!current || !activePredictor) return;
    const mine = ++latest;
    trying = true;
    render();
    const said = await trialOf(app, activePredictor, current.row).catch(
      (/** @type {Error} */ reason) => `Failed on ${current.row.name}: ${reason.message}`,
    );
    if (mine !== latest) return;
    trying = false;
    tried = said;
    render();
  }

  /** What was tried is of another image or another model now. */
  function forget() {
    latest++;
    asked = false;
    trying = false;
    tried = "";
  }

  function render() {
    const { current, assistRun } = scene.state;
    compare.hidden = comparable(app).length < 2;
    const busy = current?.view?.prediction === "queued" || assistRun?.assetId === current?.id;
    const waits = trying || (asked && tried === "" && busy);
    bar.hidden = !waits;
    setText(answer, asked && !waits ? tried || testAnswer(current) : "");
  }

  let shownFor = scene.state.activePredictor?.id;
  scene.subscribe((changed) => {
    const predictor = scene.state.activePredictor?.id;
    if (changed.has("current") || predictor !== shownFor) forget();
    shownFor = predictor;
    const keys = /** @type {const} */ (["current", "view", "assist", "settings"]);
    if (keys.some((key) => changed.has(key))) render();
  });
  render();
}

/**
 * @param {App} app
 * @param {PredictorRow} predictor
 * @param {import("../scene/types.js").AssetRow} row
 * @returns {Promise<string>} what it says of the image; nothing of it is kept
 */
async function trialOf(app, predictor, row) {
  const { digest, card } = predictor;
  const trial = await app.trials.run({ digest, card, files: () => app.filesOf(predictor) }, row);
  const counts = testCounts(trial, predictor);
  const said = testText(row.name, { found: trial.scores.length, ...counts }, predictor.threshold);
  return `${said} It was only tried: ${writeRefusal(app.scene.state) ?? "nothing of it is kept"}.`;
}

/**
 * @param {Trial} trial
 * @param {PredictorRow} predictor
 * @returns {{ shown: number, untagged: number }} as the session counts them
 */
function testCounts(trial, { classes, threshold, tagThresholds, overlap }) {
  const places = shownOf(trial, { threshold: 0, overlap });
  const tagOf = (/** @type {number} */ place) => classes[trial.classes[place]]?.tagId ?? null;
  const shown = places.filter((place) => {
    const tag = tagOf(place);
    return tag !== null && trial.scores[place] >= (tagThresholds[tag] ?? threshold);
  });
  const untagged = places.filter(
    (place) => tagOf(place) === null && trial.scores[place] >= threshold,
  );
  return { shown: shown.length, untagged: untagged.length };
}

/** @param {import("../scene/types.js").CurrentAsset|null} current */
function testAnswer(current) {
  if (!current?.view) return "No image is open.";
  const { prediction, reason, threshold, status, hidden } = current.view;
  if (prediction === "failed")
    return `Failed on ${current.row.name}: ${reason ?? "no reason given"}`;
  if (prediction !== "ready" || threshold === null) return "";
  const shown = status.filter((code) => code === 0).length;
  const found = current.predictions?.count ?? 0;
  return testText(current.row.name, { found, shown, untagged: hidden.unmapped }, threshold);
}

/**
 * @param {string} name
 * @param {{ found: number, shown: number, untagged: number }} counts
 * @param {number} threshold
 */
function testText(name, { found, shown, untagged }, threshold) {
  const without = untagged > 0 ? `, ${untagged} of classes without a tag` : "";
  return `${name}: ${found} found, ${shown} shown above ${threshold.toFixed(2)}${without}.`;
}
