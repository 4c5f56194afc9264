/**
 * What goes into a project file: asked only where the project has models of the person's own.
 *
 * @module
 */

import { createDialog } from "./dialog.js";
import { element, setText } from "./element.js";
import { sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").App} App */

/** Models of up to so many bytes go in without a word of the person's: a file that can still be sent around. */
const MOST_UNASKED = 500_000_000;

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @returns {() => Promise<{ withModels: boolean } | null>} null: the person left it
 */
export function createSaveChoice(app, root) {
  const models = element("input", { type: "checkbox" });
  const size = element("span", {});
  const without = element("p", { class: "faint" });
  const dialog = createDialog(
    root,
    "Save project file",
    element(
      "div",
      { class: "file-choice" },
      element(
        "p",
        {},
        "One file with all images, labels, and what models answered. It opens in any browser.",
      ),
      element("div", {}, element("label", { class: "line" }, models, size), without),
      element(
        "div",
        { class: "line" },
        element(
          "button",
          { type: "button", class: "button strong", onclick: () => dialog.close("save") },
          "Save",
        ),
      ),
    ),
  );

  return async () => {
    const kept = await app.keptModels();
    const bytes = [...kept.values()].reduce((sum, one) => sum + one, 0);
    if (kept.size === 0) return { withModels: false };
    const isOne = kept.size === 1;
    const which = isOne ? "the file of your own model" : "the files of your own models";
    setText(size, `With ${which}, ${sizeText(bytes)}`);
    setText(
      without,
      isOne
        ? "Without it the project opens as well; the model then has to be added again before it can be asked."
        : "Without them the project opens as well; the models then have to be added again before they can be asked.",
    );
    models.checked = bytes <= MOST_UNASKED;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener(
        "close",
        () => resolve(dialog.returnValue === "save" ? { withModels: models.checked } : null),
        { once: true },
      );
    });
  };
}
