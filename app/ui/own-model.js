/**
 * Adding a model of one's own: the file that the training tool exported, chosen or dropped, with what lies beside it.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";
import { chooseInterpretation } from "./interpretation-choice.js";
import { describeModel } from "./model-description.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").ModelCard} ModelCard */
/** @typedef {import("../scene/model-intake.js").BroughtModel} BroughtModel */

const ACCEPTED = ".onnx,.ort,.data,.bin,.weights,.yaml,.yml,.txt,.json,.names,.labels";

const IMAGE = /\.(?:jpe?g|png|webp|gif|bmp|avif|tiff?)$/i;
const IMAGES_LEFT = "The images beside it were not added: drop them by themselves";

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {HTMLDialogElement} dialog files can be dropped on all of it
 * @returns {(files: File[]) => Promise<void>} takes files that were brought elsewhere
 */
export function createOwnModel(app, root, dialog) {
  const trouble = element("p", { role: "alert", class: "warn" });
  const stage = element("p", { "aria-live": "polite", class: "faint" });
  const bar = element("progress", { "aria-label": "Adding the model", hidden: true });
  const choice = element("div", { class: "interpretation-choice" });
  const input = element("input", {
    type: "file",
    multiple: true,
    accept: ACCEPTED,
    hidden: true,
    "aria-label": "Model file",
    onchange: () => {
      const files = [...(input.files ?? [])];
      input.value = "";
      take(files);
    },
  });
  const button = element(
    "button",
    {
      type: "button",
      class: "button",
      "data-writes": "",
      onclick: () => (busy ? sayBusy() : input.click()),
    },
    "Add model file",
  );
  root.append(
    element("h3", {}, "Your own model"),
    element(
      "p",
      { class: "faint" },
      "The .onnx (or .ort) file that your training tool exported; with its .data file and a list of class names, if there are such. Drop them here, or:",
    ),
    element("div", { class: "line" }, button, bar),
    input,
    stage,
    trouble,
    choice,
  );

  let busy = false;

  /** @param {boolean} on @param {string} said */
  function show(on, said) {
    busy = on;
    bar.hidden = !on;
    setAttribute(button, "aria-disabled", on ? "true" : null);
    setText(stage, said);
  }

  /** The end of it, also for who has closed the dialog meanwhile. @param {string} said @param {string} [wrong] */
  function end(said, wrong = "") {
    show(false, said);
    setText(trouble, wrong);
    if (dialog.open) button.focus();
    else if (wrong) app.say(wrong, "warning");
    else app.say(said);
  }

  function sayBusy() {
    const first = choice.hasChildNodes() ? "Say below how to read it" : "It is being added";
    setText(trouble, `${first}: one model after the other.`);
  }

  /** @param {BroughtModel} model @returns {Promise<ModelCard | null>} how it is read; null where it is not wanted */
  async function cardOf(model) {
    const { ambiguous, undescribed, interpretations } = model;
    if (!ambiguous && !undescribed) return interpretations[0].card;
    const known = await lackingItsFile(model.digest);
    if (known) return known.card;
    // A person chooses in their own time: nothing goes on meanwhile.
    bar.hidden = true;
    if (!dialog.open) app.say(`${askedOf(model)} in Model Settings`);
    const way = undescribed ? "none" : await chooseInterpretation(app, choice, model);
    return way === "none" ? await describeModel(app, choice, model) : way;
  }

  /** The predictor that this is the missing file of: how it is read was chosen then. @param {string} digest */
  async function lackingItsFile(digest) {
    if ((await app.keptModels()).has(digest)) return undefined;
    const { predictors, activePredictor } = app.scene.state;
    const known = predictors.filter((one) => one.digest === digest && !one.removed);
    return known.find(({ id }) => id === activePredictor?.id) ?? known[0];
  }

  /** @param {File[]} files */
  async function take(files) {
    if (files.length === 0) return;
    if (busy) {
      sayBusy();
      return;
    }
    const refusal = writeRefusal(app.scene.state);
    setText(trouble, refusal ?? "");
    if (refusal) return;
    const projectId = app.scene.state.project?.id;
    const hasLeft = () => app.scene.state.project?.id !== projectId;
    show(true, "Reading the file");
    try {
      const model = await app.modelIntake.look(files, (said) => show(true, said));
      show(true, "");
      const card = await cardOf(model);
      setText(trouble, "");
      // It was meant for the project that was open, and for no other.
      if (hasLeft()) {
        show(false, "");
        return;
      }
      if (card) {
        show(true, `Adding ${model.name}`);
        const before = countOf(app);
        await app.modelIntake.add(model, card);
        const isNew = countOf(app) > before;
        const beside = files.some(({ name }) => IMAGE.test(name)) ? `. ${IMAGES_LEFT}` : "";
        end(`${model.name} ${isNew ? "was added" : "was here already"} and is in use${beside}`);
      } else end(`${model.name} was not added`);
    } catch (reason) {
      end("", /** @type {Error} */ (reason).message);
    }
  }

  let shownFor = app.scene.state.project?.id;
  app.scene.subscribe((changed) => {
    const id = app.scene.state.project?.id;
    if (!changed.has("project") || id === shownFor) return;
    shownFor = id;
    if (busy) return;
    // What was said of another project's models.
    setText(stage, "");
    setText(trouble, "");
  });

  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    take(files);
  });
  return take;
}

/** @param {BroughtModel} model @returns {string} what a person has to do before it is added */
function askedOf({ name, undescribed, interpretations }) {
  if (undescribed) return `${name} is of no known family: say how it is read`;
  return interpretations.length > 1
    ? `${name} can be read in several ways: choose one`
    : `${name} does not say what made it: look whether its shapes fit`;
}

/** @param {App} app */
function countOf(app) {
  return app.scene.state.predictors.filter(({ removed }) => !removed).length;
}
