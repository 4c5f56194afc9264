/**
 * A model file that can be read in several ways, or in one that is no more than possible: each is tried on the current
 * image, and a person says which one is right. The choice is kept with the model.
 *
 * @module
 */

import { element } from "./element.js";
import { familyText } from "./predictor-words.js";
import { createTrialView } from "./trial-view.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").ModelCard} ModelCard */
/** @typedef {import("../scene/model-intake.js").BroughtModel} BroughtModel */

/**
 * @param {App} app
 * @param {HTMLElement} root taken over, and emptied when it is done
 * @param {BroughtModel} model
 * @returns {Promise<ModelCard | "none" | null>} "none" where no way is right and they want to say one themselves; null
 *   where they do not want it after all, or leave the project
 */
export function chooseInterpretation(app, root, model) {
  const projectId = app.scene.state.project?.id;
  return new Promise((resolve) => {
    const done = (/** @type {ModelCard | "none" | null} */ card) => {
      stopWatching();
      root.replaceChildren();
      resolve(card);
    };
    const stopWatching = app.scene.subscribe((changed) => {
      if (changed.has("project") && app.scene.state.project?.id !== projectId) done(null);
    });
    const ways = model.interpretations.map(({ card }, place) => way(app, model, card, place, done));
    const isOne = ways.length === 1;
    const first = element(
      "p",
      { tabindex: -1 },
      isOne
        ? `${model.name} does not say what made it. This is how it would be read:`
        : `${model.name} can be read in ${ways.length} ways. Choose the one whose shapes fit:`,
    );
    root.replaceChildren(
      first,
      element("ul", { class: "ways", role: "list", "aria-label": "Ways to read it" }, ...ways),
      element(
        "div",
        { class: "line" },
        model.toDescribe &&
          element(
            "button",
            { type: "button", class: "button", onclick: () => done("none") },
            isOne ? "Describe it yourself" : "None of these: describe it",
          ),
        element(
          "button",
          { type: "button", class: "button", onclick: () => done(null) },
          "Do not add it",
        ),
      ),
    );
    first.focus();
    // The pictures are what there is to see, and they may lie further down.
    root.scrollIntoView({ block: "start" });
  });
}

/**
 * @param {App} app
 * @param {BroughtModel} model
 * @param {ModelCard} card
 * @param {number} place
 * @param {(card: ModelCard) => void} choose
 */
function way(app, model, card, place, choose) {
  const isOne = model.interpretations.length === 1;
  const name = isOne ? familyText(card) : `${place + 1}. ${familyText(card)}`;
  const view = createTrialView(name);
  tryIt(app, model, card, view);
  return element(
    "li",
    { class: "way" },
    element("strong", {}, name),
    element("p", { class: "faint" }, told(model, card).join(". ")),
    view.root,
    element(
      "button",
      {
        type: "button",
        class: "button strong",
        "aria-label": `Read it like this: ${name}`,
        onclick: () => choose(card),
      },
      "Read it like this",
    ),
  );
}

/**
 * What speaks for a way and not for all of them: that is what to look at.
 * @param {BroughtModel} model
 * @param {ModelCard} card
 */
function told({ interpretations }, { evidence }) {
  const alike = (/** @type {string} */ line) =>
    interpretations.length > 1 && interpretations.every(({ card }) => card.evidence.includes(line));
  const own = evidence.filter((line) => !alike(line));
  return own.length > 0 ? own : evidence.slice(-1);
}

/**
 * @param {App} app
 * @param {BroughtModel} model
 * @param {ModelCard} card
 * @param {ReturnType<typeof createTrialView>} view
 */
async function tryIt(app, { digest, files }, card, view) {
  const { current } = app.scene.state;
  if (!current?.image) {
    view.fail("Open an image to see what comes out.");
    return;
  }
  const { image, row } = current;
  view.wait(image, "The model is looking…");
  try {
    const trial = await app.trials.run({ digest, card, files: async () => files }, row);
    view.show(image, trial, card);
  } catch (reason) {
    view.fail(`Not like this: ${/** @type {Error} */ (reason).message}`);
  }
}
