/**
 * What the classes of the active model are called, where its file does not say or says it wrong: from a list that the
 * training tool left, or typed.
 *
 * @module
 */

import { element, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createClassNames(app, root) {
  const { scene } = app;
  const trouble = element("p", { role: "alert", class: "warn" });
  const input = element("input", {
    type: "file",
    accept: ".yaml,.yml,.txt,.json,.names,.labels",
    hidden: true,
    "aria-label": "List of class names",
    onchange: () => {
      const [file] = input.files ?? [];
      if (file) takeFile(file);
      input.value = "";
    },
  });
  const text = element("textarea", {
    rows: 6,
    spellcheck: "false",
    "aria-label": "Class names, one a line",
  });
  const details = element(
    "details",
    { class: "class-names" },
    element("summary", {}, "Name the classes"),
    element(
      "p",
      { class: "faint" },
      "In the order of the model: one name a line, or the list that it was trained with.",
    ),
    text,
    element(
      "div",
      { class: "line" },
      button("Use these names", () => give(text.value.split("\n").map((name) => name.trim()))),
      button("From a file", () => input.click()),
    ),
    input,
    trouble,
  );
  root.append(details);

  /** @param {string} name @param {() => void} act */
  function button(name, act) {
    return element(
      "button",
      { type: "button", class: "button", "data-writes": "", onclick: act },
      name,
    );
  }

  /** @param {string[]} names */
  async function give(names) {
    const predictorId = scene.state.activePredictor?.id;
    if (!predictorId) return;
    while (names.length > 0 && names[names.length - 1] === "") names.pop();
    try {
      await app.dispatch({ type: "name-classes", predictorId, names });
      setText(trouble, "");
    } catch (reason) {
      setText(trouble, /** @type {Error} */ (reason).message);
    }
  }

  /** @param {File} file */
  async function takeFile(file) {
    const card = scene.state.activePredictor?.card;
    if (!card) return;
    try {
      await give(await app.modelIntake.namesFrom(card, file));
    } catch (reason) {
      setText(trouble, /** @type {Error} */ (reason).message);
    }
  }

  let shownFor = "";
  function render() {
    const predictor = scene.state.activePredictor;
    details.hidden = predictor?.kind !== "model";
    if (!predictor) return;
    const names = predictor.classes.map(({ name }) => name).join("\n");
    const wanted = `${predictor.id}\n${names}`;
    if (wanted === shownFor) return;
    shownFor = wanted;
    text.value = names;
    setText(trouble, "");
  }
  scene.subscribe((changed) => {
    if (changed.has("project") || changed.has("settings")) render();
  });
  render();
}
