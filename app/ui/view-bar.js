/**
 * The line below the canvas: messages on the left, how the image is seen on the right.
 *
 * @module
 */

import { actionButton } from "./action-button.js";
import { element, setAttribute, setText } from "./element.js";
import { helpLink } from "./help-link.js";
import { createStatusLine } from "./notices.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {{fit: () => void, help: () => void}} parts
 */
export function createViewBar(app, root, { fit, help }) {
  const zoom = element("span", { class: "number zoom", title: "Zoom" });
  const hide = actionButton(app, {
    line: "hide",
    name: "Hide shapes",
    text: "Hide",
    class: "flat",
    run: () => app.setDisplay({ shapes: !app.display.shapes }),
  });
  const chips = actionButton(app, {
    line: "chips",
    name: "Names and scores",
    text: "Names",
    class: "flat",
    run: () => app.setDisplay({ chips: !app.display.chips }),
  });
  const whole = actionButton(app, {
    line: "fit",
    name: "Fit image",
    text: "Fit",
    class: "flat",
    run: fit,
  });
  const keys = actionButton(app, {
    line: "help",
    name: "All keys",
    text: "Keys",
    class: "flat",
    run: help,
  });
  const controls = element("div", { class: "view-controls" });
  for (const { element: button } of [hide, chips, whole, keys]) controls.append(button);
  controls.append(helpLink("index.html", "everything about Twoclick"));
  controls.prepend(zoom);
  root.append(createStatusLine(app), controls);

  function render() {
    hide.update({});
    chips.update({});
    whole.update({});
    keys.update({});
    setAttribute(hide.element, "aria-pressed", app.display.shapes ? "false" : "true");
    setAttribute(chips.element, "aria-pressed", app.display.chips ? "true" : "false");
  }
  const showZoom = () => setText(zoom, `${Math.round(app.camera.scale * 100)}%`);
  app.onPage((changed) => {
    if (changed === "display") render();
    if (changed === "camera") showZoom();
  });
  render();
  showZoom();
}
