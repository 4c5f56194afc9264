/**
 * The button that opens the import of labels.
 *
 * @module
 */

import { element } from "./element.js";
import { icon } from "./icons.js";

/**
 * @param {() => void} open
 * @returns {HTMLElement}
 */
export function createImportButton(open) {
  return element(
    "button",
    {
      type: "button",
      class: "button labels-button",
      title: "Import labels: COCO, YOLO or Twoclick's own; they can also be dropped anywhere",
      "aria-haspopup": "dialog",
      "data-writes": "",
      onclick: open,
    },
    icon("import"),
    element("span", {}, "Import"),
  );
}
