/**
 * A model that no family knows, or none rightly: a person says how its answer is read, looking at what comes of that on the current
 * image. The description is kept with the model.
 *
 * @module
 */

import { createDescriptionForm } from "./description-form.js";
import { element, setAttribute, setText } from "./element.js";
import { latestWins } from "./latest-wins.js";
import { createOutputLooks } from "./output-looks.js";
import { createTrialView } from "./trial-view.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").ModelCard} ModelCard */
/** @typedef {import("../scene/types.js").AssetRow} AssetRow */
/** @typedef {import("../scene/types.js").ShownImage} ShownImage */
/** @typedef {import("../scene/trials.js").Look} Look */
/** @typedef {import("../scene/model-intake.js").BroughtModel} BroughtModel */
/** @typedef {import("./description-form.js").Description} Description */

const NAME = "As described";

/** Shapes are seen from this score on, as those of any new model; where none reaches it, the better half of scores. */
const THRESHOLD = 0.5;

/**
 * @param {App} app
 * @param {HTMLElement} root taken over, and emptied when it is done
 * @param {BroughtModel} model
 * @returns {Promise<ModelCard | null>} null where they do not want it after all, or leave the project
 */
export function describeModel(app, root, model) {
  const projectId = app.scene.state.project?.id;
  return new Promise((resolve) => {
    const panel = createPanel(app, model, (card) => {
      stopWatching();
      root.replaceChildren();
      app.trials.forgetLook();
      resolve(card);
    });
    const stopWatching = app.scene.subscribe((changed) => {
      const left = app.scene.state.project?.id !== projectId;
      if (changed.has("project") && left) panel.done(null);
      else if (changed.has("image")) panel.turn();
    });
    root.replaceChildren(panel.element);
    panel.focus();
    root.scrollIntoView({ block: "start" });
  });
}

/**
 * @param {App} app
 * @param {BroughtModel} model
 * @param {(card: ModelCard | null) => void} done
 */
function createPanel(app, model, done) {
  const guessed = /** @type {ModelCard} */ (model.toDescribe);
  const { image: input, outputs, description } = /** @type {any} */ (guessed.details);
  const names = outputs.map((/** @type {{ name: string }} */ { name }) => name);
  const looks = createOutputLooks(names, () => {
    form.render();
    change();
  });
  const form = createDescriptionForm({
    outputs: names,
    image: input,
    arrangement: looks.arrangement,
    columnsOf: looks.columnsOf,
    onChange: change,
  });
  const view = createTrialView(NAME);
  const doubt = element("p", { class: "warn", "aria-live": "polite" });
  const add = element(
    "button",
    { type: "button", class: "button strong", "aria-disabled": "true", onclick: take },
    "Add model",
  );
  const first = element(
    "p",
    { tabindex: -1 },
    model.undescribed
      ? `${model.name} is of no known family. Say how it is read, until the shapes fit:`
      : `Say how ${model.name} is read, until the shapes fit:`,
  );
  /** @type {{ look: Look, input: string } | null} the answer that is held, and what it was made with */
  let held = null;
  /** Whether the next answer is to be guessed from. */
  let isGuess = false;
  /** Whether a person has said something. */
  let isSaid = false;
  /** @type {ModelCard | null} that of what is on the screen, where it fits */
  let fitting = null;

  function change() {
    isSaid = true;
    readAnew();
  }

  function guessAnew() {
    isSaid = false;
    isGuess = true;
    readAnew();
  }

  function take() {
    if (fitting) done(fitting);
  }

  /** @param {Description} said */
  function show(said) {
    looks.arrange(said.arrangements);
    form.show(said);
  }

  /** @returns {Description} */
  function read() {
    return { ...form.read(), arrangements: looks.read() };
  }

  /** @param {ModelCard | null} card */
  function setFitting(card) {
    fitting = card;
    setAttribute(add, "aria-disabled", card ? null : "true");
  }

  /** @param {ModelCard} card @param {AssetRow} row */
  async function answerFor(card, row) {
    const given = { ...card.recipe, outputs: null };
    const made = JSON.stringify([row.id, given, card.flexible, placedIn(card)]);
    if (held?.input !== made) {
      held = null;
      const tried = { digest: model.digest, card, files: async () => model.files };
      held = { look: await app.trials.look(tried, row), input: made };
      looks.show(held.look.looks);
    }
    return held.look;
  }

  /** @param {ModelCard} card @param {AssetRow} row */
  async function readAs(card, row) {
    try {
      return await app.trials.readLook(await answerFor(card, row), card, row);
    } catch (reason) {
      if (/** @type {any} */ (reason).code !== "answer_gone") throw reason;
      held = null;
      return await app.trials.readLook(await answerFor(card, row), card, row);
    }
  }

  /** What is described, on the current image. @param {number} wanted */
  async function readNow(wanted) {
    const { current } = app.scene.state;
    if (!current?.image) {
      view.fail("Open an image to see what comes out.");
      return;
    }
    const { image, row } = current;
    try {
      if (isGuess) {
        isGuess = false;
        view.wait(image, "The model is looking…");
        const { guess } = await answerFor(guessed, row);
        // Nothing that was said meanwhile is lost.
        if (wanted === asked) show(guess);
      }
      const card = await app.modelIntake.described(guessed, read());
      const { trial, doubts } = await readAs(card, row);
      if (wanted !== asked) return;
      const threshold = thresholdFor(trial.scores);
      view.show(image, trial, card, { threshold, overlap: 0.5 });
      const lowered =
        threshold < THRESHOLD
          ? [`No score reaches ${THRESHOLD.toFixed(2)}: shown from ${threshold.toFixed(2)} on.`]
          : [];
      setText(doubt, [...doubts, ...lowered].join(" "));
      setFitting(card);
    } catch (reason) {
      if (wanted !== asked) return;
      view.fail(`Not like this: ${messageOf(reason)}`, image);
      setText(doubt, "");
    }
  }

  let asked = 0;
  const readLatest = latestWins(readNow, (run) => setTimeout(run));

  function readAnew() {
    asked += 1;
    setFitting(null);
    readLatest(asked);
  }

  const before = describedBefore(app, model);
  isGuess = before === null;
  isSaid = before !== null;
  show(before ?? description);
  readAnew();
  return {
    done,
    /** Another image is open. */
    turn: () => (isSaid ? readAnew() : guessAnew()),
    focus: () => first.focus(),
    element: element(
      "div",
      { class: "model-description" },
      first,
      looks.element,
      form.element,
      element(
        "div",
        { class: "description-trial" },
        view.root,
        doubt,
        element(
          "div",
          { class: "line" },
          add,
          element("button", { type: "button", class: "button", onclick: guessAnew }, "Guess anew"),
          element(
            "button",
            { type: "button", class: "button", onclick: () => done(null) },
            "Do not add it",
          ),
        ),
      ),
    ),
  };
}

/**
 * What was said of the same file when it was added to this project, if it was.
 * @param {App} app
 * @param {BroughtModel} model
 * @returns {Description | null}
 */
function describedBefore(app, { digest, toDescribe }) {
  const known = app.scene.state.predictors.filter(
    (one) => one.digest === digest && one.card.family === toDescribe?.family,
  );
  return /** @type {any} */ (known.at(-1)?.card.details)?.description ?? null;
}

/** @param {ModelCard} card */
function placedIn(card) {
  return /** @type {any} */ (card.details).description.input.placed;
}

/** @param {Float64Array} scores falling */
function thresholdFor(scores) {
  return scores.length === 0 || scores[0] >= THRESHOLD ? THRESHOLD : scores[0] / 2;
}

/** @param {unknown} reason */
function messageOf(reason) {
  return /** @type {Error} */ (reason).message;
}
