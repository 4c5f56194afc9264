/**
 * The tools, each with its key; the chosen one is pressed.
 *
 * @module
 */

import { lineKeycap, tellKeys } from "./action-button.js";
import { element, setAttribute } from "./element.js";
import { icon } from "./icons.js";
import { moveByArrows } from "./keyed-list.js";

/** @typedef {import("../scene/types.js").App} App */

const TOOLS = /** @type {const} */ ([
  { id: "select", name: "Select" },
  { id: "box", name: "Box" },
  { id: "polygon", name: "Polygon" },
  { id: "rotated-box", name: "Rotated box" },
  { id: "keypoints", name: "Keypoints" },
]);

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {() => void} tagWholeImage
 */
export function createToolBar(app, root, tagWholeImage) {
  setAttribute(root, "role", "toolbar");
  setAttribute(root, "aria-label", "Tools");
  const buttons = TOOLS.map(({ id, name }) => ({ id, button: toolButton(app, id, name) }));
  root.append(...buttons.map(({ button }) => button), wholeImageButton(tagWholeImage));
  moveByArrows(root, "bar");

  function render() {
    for (const { id, button } of buttons) {
      const isChosen = app.tool.id === id;
      setAttribute(button, "aria-pressed", String(isChosen));
      setAttribute(button, "data-stays", isChosen && app.tool.stays);
      setAttribute(button, "tabindex", isChosen ? 0 : -1);
    }
  }
  app.onPage((changed) => {
    if (changed === "tool") render();
  });
  render();
}

/** @param {import("../tools/toolbox.js").ToolId} id */
export function toolName(id) {
  return `${TOOLS.find((tool) => tool.id === id)?.name} tool`;
}

/**
 * @param {App} app
 * @param {import("../tools/toolbox.js").ToolId} id
 * @param {string} name
 */
function toolButton(app, id, name) {
  const run = (/** @type {MouseEvent} */ event) => app.setTool(id, event.shiftKey);
  return barButton({ name, line: `tool-${id}`, iconName: id, writes: id !== "select", run });
}

/**
 * No tool: there is nothing to be drawn.
 *
 * @param {() => void} run
 */
function wholeImageButton(run) {
  const line = "whole-image";
  const button = barButton({ name: "Whole image", line, iconName: line, writes: true, run });
  setAttribute(button, "tabindex", -1);
  return button;
}

/**
 * @param {{
 *   name: string,
 *   line: string,
 *   iconName: import("./icons.js").IconName,
 *   writes: boolean,
 *   run: (event: MouseEvent) => void,
 * }} about
 */
function barButton({ name, line, iconName, writes, run }) {
  const button = element(
    "button",
    {
      type: "button",
      class: "tool",
      "data-writes": writes,
      "aria-label": name,
      "data-row-control": "",
      onclick: run,
    },
    icon(iconName),
    lineKeycap(line),
  );
  tellKeys(button, line);
  return button;
}
