/**
 * The offer to import labels that came with images: a quiet panel once the images are in.
 *
 * @module
 */

import { counted } from "../shared/counted.js";
import { element, setText } from "./element.js";
import { icon } from "./icons.js";

/** @typedef {import("../scene/intake.js").Brought} Brought */

/**
 * @param {import("../scene/types.js").App} app
 * @param {HTMLElement} root
 * @param {(brought: Brought[]) => void} openImport
 * @returns {(labels: Brought[]) => void} makes the offer
 */
export function createImportOffer(app, root, openImport) {
  /** @type {Brought[]} */
  let offered = [];
  const text = element("p", { role: "status" });
  const accept = element(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => {
        const labels = offered;
        withdraw();
        openImport(labels);
      },
    },
    "Import them",
  );
  const close = element(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close the offer",
      title: "Close",
      onclick: withdraw,
    },
    icon("close"),
  );
  const panel = element(
    "section",
    { class: "intake-panel import-offer", "aria-label": "Labels that came along" },
    element("div", { class: "intake-head" }, text, accept, close),
  );
  panel.hidden = true;
  root.append(panel);

  function withdraw() {
    offered = [];
    panel.hidden = true;
    setText(text, "");
  }
  app.scene.subscribe((changed) => {
    if (changed.has("project")) withdraw();
  });

  return (labels) => {
    offered = labels;
    panel.hidden = false;
    setText(text, `${counted(labels.length, "files")} of labels came with the images`);
  };
}
