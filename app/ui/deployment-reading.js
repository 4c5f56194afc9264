/**
 * How a deployment that answers with tensors is read: the ways that fit what it says of its model.
 *
 * @module
 */

import { element } from "./element.js";
import { familyText } from "./predictor-words.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").DeploymentSpec} DeploymentSpec */
/** @typedef {import("../scene/types.js").ModelCard} ModelCard */

/** @param {App} app */
export function createDeploymentReading(app) {
  const way = element("select", { "aria-label": "Its answers are read as" });
  const names = element("textarea", {
    rows: 3,
    spellcheck: "false",
    "aria-label": "Class names, one a line",
    placeholder: "one a line, in the model's order",
  });
  const root = element(
    "div",
    { class: "deployment-fields", hidden: true },
    element("label", { class: "field" }, element("span", {}, "Its answers are read as"), way),
    element("label", { class: "field" }, element("span", {}, "Class names"), names),
  );
  /** @type {ModelCard[]} */
  let cards = [];
  let describes = "";

  return {
    element: root,

    clear() {
      root.hidden = true;
      cards = [];
      describes = "";
      names.value = "";
    },

    /**
     * The card that the person chose, with the names that they gave.
     * @param {DeploymentSpec} deployment
     * @returns {Promise<ModelCard>} rejects where no family knows such a model, and where names are missing
     */
    async cardFor(deployment) {
      const wanted = JSON.stringify([deployment.address, deployment.settings]);
      if (wanted !== describes) {
        const { interpretations } = await app.deployments.describe(deployment);
        cards = interpretations.map(({ card }) => card);
        way.replaceChildren(
          ...cards.map((card, place) => element("option", { value: place }, familyText(card))),
        );
        describes = wanted;
        root.hidden = false;
      }
      const card = cards[Number(way.value)];
      const typed = names.value.split("\n").map((name) => name.trim());
      const given = typed.filter((name) => name !== "");
      if (given.length === 0) return card;
      const list = new File([given.join("\n")], "The list of class names");
      return { ...card, classNames: await app.modelIntake.namesFrom(card, list) };
    },
  };
}
