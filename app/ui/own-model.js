/**
 * Adding a model of one's own: the file that the training tool exported, chosen or dropped, with what lies beside it.
 *
 * @module
 */

import { isModelFile } from "../scene/model-intake.js";
import { element, setAttribute, setText } from "./element.js";
import { chooseInterpretation } from "./interpretation-choice.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */

const ACCEPTED = ".onnx,.ort,.data,.bin,.weights,.yaml,.yml,.txt,.json,.names,.labels";

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
    { type: "button", class: "button", "data-writes": "", onclick: () => input.click() },
    "Add model file",
  );
  root.append(
    element("h3", {}, "Your own model"),
    element(
      "p",
      { class: "faint" },
      "The .onnx file that your training tool exported; with its .data file and a list of class names, if there are such. Drop them here, or:",
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

  /** @param {File[]} files */
  async function take(files) {
    if (busy || files.length === 0) return;
    const refusal = writeRefusal(app.scene.state);
    setText(trouble, refusal ?? "");
    if (refusal) return;
    show(true, "Reading the file");
    try {
      const model = await app.modelIntake.look(files, (said) => show(true, said));
      show(true, "");
      const card = model.ambiguous
        ? await chooseInterpretation(app, choice, model)
        : model.interpretations[0].card;
      if (card) await app.modelIntake.add(model, card);
      show(false, card ? `${model.name} was added and is in use` : `${model.name} was not added`);
    } catch (reason) {
      show(false, "");
      setText(trouble, /** @type {Error} */ (reason).message);
    }
    if (dialog.open) button.focus();
  }

  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.some(isModelFile)) return;
    event.preventDefault();
    event.stopPropagation();
    take(files);
  });
  return take;
}
