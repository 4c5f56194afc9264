/**
 * The predictors of the project; one of them assists.
 *
 * @module
 */

import { KEPT } from "../scene/model-files.js";
import { send } from "./actions.js";
import { element, setText } from "./element.js";
import { predictorState, sizeText } from "./prediction-words.js";
import { factsOf } from "./predictor-words.js";

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
  /** Digests of models whose files are not in this browser. @type {Set<string>} */
  let lacking = new Set();

  let lookedFor = "";

  function ownModels() {
    const { predictors } = scene.state;
    return predictors.filter(({ source, removed }) => source === KEPT && !removed);
  }

  /** Which models there are whose files may be looked for: none while what was added is still being saved. */
  function toLookFor() {
    const { project, saved } = scene.state;
    if (saved.state !== "saved") return null;
    return JSON.stringify([project?.id, ...ownModels().map(({ digest }) => digest)]);
  }

  /** Looks which files are here, and shows it: where there are other models, or one lacks its file. */
  async function look() {
    const wanted = toLookFor();
    if (wanted === null || (wanted === lookedFor && lacking.size === 0)) return;
    const kept = await app.keptModels();
    // If something has changed meanwhile, that is looked at by itself.
    if (wanted !== toLookFor()) return;
    lookedFor = wanted;
    lacking = new Set(ownModels().flatMap(({ digest }) => (kept.has(digest) ? [] : [digest])));
    render();
  }

  function render() {
    const { activePredictor } = scene.state;
    const predictors = scene.state.predictors.filter(({ removed }) => !removed);
    const state = predictorState(scene.state).text;
    const wanted = JSON.stringify([predictors, activePredictor?.id, state, [...lacking]]);
    if (wanted === builtFor) return;
    builtFor = wanted;
    const newestFirst = [...predictors].sort((a, b) => b.iteration - a.iteration);
    const focused = focusedIn(list);
    const open = new Set([...list.querySelectorAll("details[open]")].map(idOf));
    list.replaceChildren(
      ...newestFirst.map((predictor) => {
        const active = predictor.id === activePredictor?.id;
        const item = predictorItem(app, predictor, {
          active,
          state: active ? state : "not in use",
          isLacking: lacking.has(predictor.digest),
        });
        const details = item.querySelector("details");
        if (details) details.open = open.has(predictor.id);
        return item;
      }),
    );
    if (focused) focusAgain(list, focused);
    empty.hidden = predictors.length > 0;
    list.hidden = predictors.length === 0;
  }

  const keys = /** @type {const} */ (["project", "settings", "threads", "assist"]);
  scene.subscribe((changed) => {
    if (keys.some((key) => changed.has(key))) render();
    if (changed.has("project") || changed.has("settings") || changed.has("saved"))
      look().catch(console.info);
  });
  look().catch(console.info);
  render();
}

/**
 * How often a deployment was asked today, and what was sent to it.
 * @param {App} app
 * @param {string} address
 */
function usageOf(app, address) {
  const line = element("span", { class: "faint" });
  const { origin } = new URL(address);
  const today = new Date().setHours(0, 0, 0, 0);
  app.door
    .left()
    .then((left) => {
      const own = left.filter((one) => one.origin === origin && one.at >= today && one.sent > 0);
      const bytes = own.reduce((sum, { sent }) => sum + sent, 0);
      const calls = own.length === 1 ? "1 call" : `${own.length} calls`;
      setText(
        line,
        own.length > 0 ? `Today: ${calls}, ${sizeText(bytes)} sent` : "Not asked today",
      );
    })
    .catch(console.info);
  return line;
}

/**
 * What lets this browser send to a deployment that came with a project; nothing where it may already.
 * @param {App} app
 * @param {string} address
 */
function permissionFor(app, address) {
  const { origin } = new URL(address);
  const line = element("p", { class: "line permission" });
  const allow = element(
    "button",
    {
      type: "button",
      class: "button",
      onclick: async () => {
        await app.door.allow(address);
        line.replaceChildren();
        await app.lookAtDeployment();
      },
    },
    `Allow ${origin}`,
  );
  app.door
    .allowed()
    .then((allowed) => {
      if (!allowed.includes(origin)) line.append("Nothing is sent to it from this browser.", allow);
    })
    .catch(console.info);
  return line;
}

/** @param {Element} part @returns {string | undefined} */
function idOf(part) {
  return part.closest("[data-predictor]")?.getAttribute("data-predictor") ?? undefined;
}

/**
 * @param {HTMLElement} list
 * @returns {{ id: string | undefined, act: string | null } | null}
 */
function focusedIn(list) {
  const focused = document.activeElement;
  if (!focused || !list.contains(focused)) return null;
  return { id: idOf(focused), act: focused.getAttribute("data-act") };
}

/**
 * @param {HTMLElement} list
 * @param {{ id: string | undefined, act: string | null }} focused
 */
function focusAgain(list, { id, act }) {
  const item = list.querySelector(`[data-predictor="${CSS.escape(id ?? "none")}"]`);
  const again =
    item?.querySelector(`[data-act="${act}"]`) ?? list.querySelector("input:checked, input");
  if (again instanceof HTMLElement) again.focus();
}

/**
 * @param {App} app
 * @param {PredictorRow} predictor
 * @param {{active: boolean, state: string, isLacking: boolean}} status `isLacking`: its file is not here
 */
function predictorItem(app, predictor, { active, state, isLacking }) {
  const { iteration, name, unmapped } = predictor;
  const radio = element("input", {
    type: "radio",
    name: "active-predictor",
    "data-writes": "",
    "data-act": "choose",
    "aria-label": `${name} v${iteration}`,
    onchange: () => send(app, { type: "choose-predictor", predictorId: predictor.id }),
  });
  radio.checked = active;
  return element(
    "li",
    { "data-predictor": predictor.id },
    element(
      "label",
      { class: "predictor-item" },
      radio,
      element(
        "span",
        { class: "predictor-text" },
        element("strong", {}, `${name} v${iteration}`),
        element("span", { class: "faint" }, factsOf(predictor).join(" · ")),
        predictor.card.deployment && usageOf(app, predictor.card.deployment.address),
        isLacking &&
          element(
            "span",
            { class: "warn" },
            "Its file is not in this browser: drop it here, or add it again below",
          ),
        unmapped > 0 &&
          element(
            "span",
            { class: "warn" },
            unmapped === 1 ? "1 class has no tag here" : `${unmapped} classes have no tag here`,
          ),
      ),
      element("span", { class: "faint" }, state),
    ),
    predictor.card.deployment && permissionFor(app, predictor.card.deployment.address),
    predictorMore(app, predictor),
  );
}

/**
 * @param {App} app
 * @param {PredictorRow} predictor
 */
function predictorMore(app, { id, kind, name, iteration, card }) {
  const field = element("input", {
    type: "text",
    value: name,
    maxlength: 80,
    "data-writes": "",
    "data-act": "name",
    "aria-label": `Name of ${name} v${iteration}`,
    onchange: () => {
      if (field.value.trim())
        send(app, { type: "rename-predictor", predictorId: id, name: field.value });
      else field.value = name;
    },
  });
  return element(
    "details",
    { class: "evidence" },
    element("summary", { "data-act": "more" }, "Name, evidence, remove"),
    element(
      "div",
      { class: "line" },
      field,
      element(
        "button",
        {
          type: "button",
          class: "button",
          "data-writes": "",
          "data-act": "remove",
          "aria-label": `Remove ${name} v${iteration}`,
          onclick: () => send(app, { type: "remove-predictor", predictorId: id }),
        },
        "Remove",
      ),
    ),
    kind === "model" && element("ul", {}, ...card.evidence.map((line) => element("li", {}, line))),
  );
}
