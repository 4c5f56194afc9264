/**
 * Models that come with Twoclick.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").StarterModel} StarterModel */

/**
 * @param {App} app
 * @param {HTMLElement} root shown while the project has no predictor
 */
export function createStarterModels(app, root) {
  const { scene } = app;
  const list = element("ul", { class: "starters", role: "list", "aria-label": "Starter models" });
  root.append(element("h3", {}, "Starter models"), list);
  let asked = false;

  async function load() {
    asked = true;
    try {
      const models = await app.starterModels();
      list.replaceChildren(...models.map((model) => starterItem(app, model)));
    } catch (error) {
      asked = false;
      app.say(
        `Starter models could not be listed: ${/** @type {Error} */ (error).message}`,
        "error",
      );
    }
  }

  function render() {
    const { project, predictors } = scene.state;
    root.hidden = predictors.some(({ removed }) => !removed);
    if (project && !root.hidden && !asked) load();
  }
  scene.subscribe((changed) => {
    if (changed.has("project") || changed.has("settings")) render();
  });
  render();
}

/**
 * @param {App} app
 * @param {StarterModel} model
 */
function starterItem(app, { name, describes, bytes, license, offline }) {
  const bar = element("progress", { "aria-label": `Adding ${name}`, hidden: true });
  const trouble = element("p", { role: "alert", class: "warn" });
  const add = element(
    "button",
    {
      type: "button",
      class: "button strong",
      "data-writes": "",
      onclick: async () => {
        if (add.getAttribute("aria-disabled")) return;
        setAttribute(add, "aria-disabled", "true");
        setText(trouble, "");
        bar.hidden = false;
        try {
          await app.addStarterModel(name);
        } catch (error) {
          setText(trouble, `${name} could not be added: ${/** @type {Error} */ (error).message}`);
        }
        bar.hidden = true;
        setAttribute(add, "aria-disabled", null);
      },
    },
    `Use ${name}`,
  );
  return element(
    "li",
    { class: "starter" },
    element("strong", {}, name),
    element("p", {}, describes),
    element(
      "p",
      { class: "faint line" },
      `${sizeText(bytes)} · ${license}`,
      offline && element("span", { class: "offline" }, icon("check"), "available offline"),
    ),
    element("div", { class: "line" }, add, bar),
    trouble,
  );
}
