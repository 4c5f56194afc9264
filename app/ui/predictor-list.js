/**
 * The predictors of the project; one of them assists.
 *
 * @module
 */

import { send } from "./actions.js";
import { element } from "./element.js";
import { predictorState, sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").PredictorRow} PredictorRow */

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createPredictorList(app, root) {
  const { scene } = app;
  const list = element("ul", { class: "predictors", role: "list", "aria-label": "Predictors" });
  const empty = element("p", { class: "empty" }, "This project has no model yet. Add one below.");
  root.append(element("h3", {}, "Predictors of this project"), list, empty);

  let builtFor = "";

  function render() {
    const { predictors, activePredictor } = scene.state;
    const state = predictorState(scene.state).text;
    const wanted = JSON.stringify([predictors, activePredictor?.id, state]);
    if (wanted === builtFor) return;
    builtFor = wanted;
    const newestFirst = [...predictors].sort((a, b) => b.iteration - a.iteration);
    const hadFocus = list.contains(document.activeElement);
    list.replaceChildren(
      ...newestFirst.map((predictor) => {
        const active = predictor.id === activePredictor?.id;
        return predictorItem(app, predictor, { active, state: active ? state : "not in use" });
      }),
    );
    const chosen = list.querySelector("input:checked");
    if (hadFocus && chosen instanceof HTMLElement) chosen.focus();
    empty.hidden = predictors.length > 0;
    list.hidden = predictors.length === 0;
  }

  const keys = /** @type {const} */ (["project", "settings", "threads"]);
  scene.subscribe((changed) => {
    if (keys.some((key) => changed.has(key))) render();
  });
  render();
}

/**
 * @param {App} app
 * @param {PredictorRow} predictor
 * @param {{active: boolean, state: string}} status
 */
function predictorItem(app, predictor, { active, state }) {
  const { iteration, name, unmapped } = predictor;
  const radio = element("input", {
    type: "radio",
    name: "active-predictor",
    "data-writes": "",
    "aria-label": `${name} v${iteration}`,
    onchange: () => send(app, { type: "choose-predictor", predictorId: predictor.id }),
  });
  radio.checked = active;
  return element(
    "li",
    {},
    element(
      "label",
      { class: "predictor-item" },
      radio,
      element(
        "span",
        { class: "predictor-text" },
        element("strong", {}, `${name} v${iteration}`),
        element("span", { class: "faint" }, factsOf(predictor).join(" · ")),
        unmapped > 0 &&
          element(
            "span",
            { class: "warn" },
            unmapped === 1 ? "1 class has no tag here" : `${unmapped} classes have no tag here`,
          ),
      ),
      element("span", { class: "faint" }, state),
    ),
    predictor.kind === "model" &&
      element(
        "details",
        { class: "evidence" },
        element("summary", {}, "How it was recognised"),
        element("ul", {}, ...predictor.card.evidence.map((line) => element("li", {}, line))),
      ),
  );
}

/** @param {PredictorRow} predictor */
function factsOf({ kind, family, classes, card, bytes, floor, digest }) {
  const count = `${classes.length} ${classes.length === 1 ? "class" : "classes"}`;
  const start = digest.slice(0, 8);
  if (kind === "file") return ["imported suggestions", count, sizeText(bytes), start];
  const input = card.flexible
    ? "input as the image"
    : `input ${card.recipe.width}×${card.recipe.height}`;
  return [family, count, input, sizeText(bytes), `floor ${floor.toFixed(2)}`, start];
}
