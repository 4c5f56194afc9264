/**
 * The samples on the start screen: what each is, what it costs to download, and a button to open it.
 *
 * @module
 */

import { element, setText } from "./element.js";
import { icon } from "./icons.js";
import { sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").SampleOffer} SampleOffer */
/** @typedef {import("./start-screen.js").Run} Run */

/**
 * @param {App} app
 * @param {Run} run
 */
export function createSamples(app, run) {
  const list = element("ul", { class: "samples", role: "list", "aria-label": "Samples" });
  const copy = element("p", { class: "faint line" }, "Each opening makes a new project.");
  copy.hidden = true;
  let behind = false;
  /** @type {Map<string, ReturnType<typeof createSample>>} */
  const shown = new Map();

  function rank() {
    copy.hidden = !behind;
    [...shown.values()].forEach((sample, place) => {
      sample.button.classList.toggle("strong", place === 0 && !behind);
    });
  }

  return {
    element: element(
      "section",
      { class: "beginning", "aria-label": "Sample" },
      element("h2", {}, "Try it first"),
      list,
      copy,
    ),
    /** @param {boolean} there there are projects, which are the likelier next step */
    standBack(there) {
      behind = there;
      rank();
    },
    async refresh() {
      for (const offer of await app.samples()) {
        const known = shown.get(offer.name);
        const sample = known ?? createSample(app, run, offer.name);
        if (!known) {
          shown.set(offer.name, sample);
          list.append(sample.element);
        }
        sample.show(offer);
      }
      rank();
    },
  };
}

/**
 * @param {App} app
 * @param {Run} run
 * @param {string} name
 */
function createSample(app, run, name) {
  const describes = element("span", {});
  const size = element("span", { class: "faint" });
  const button = element(
    "button",
    {
      type: "button",
      class: "button large",
      onclick: () => run("The sample", (onProgress) => app.openSample(name, onProgress)),
    },
    `Open sample: ${name}`,
  );
  return {
    button,
    element: element("li", {}, button, element("p", {}, describes, " ", size)),
    /** @param {SampleOffer} offer */
    show(offer) {
      setText(describes, offer.describes);
      size.replaceChildren(
        offer.offline
          ? element("span", { class: "offline" }, icon("check"), "available offline")
          : `${sizeText(offer.bytes)}, downloaded once`,
      );
    },
  };
}
