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
]);

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createToolBar(app, root) {
  setAttribute(root, "role", "toolbar");
  setAttribute(root, "aria-label", "Tools");
  const buttons = TOOLS.map(({ id, name }) => ({ id, button: toolButton(app, id, name) }));
  root.append(...buttons.map(({ button }) => button));
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
  const button = element(
    "button",
    {
      type: "button",
      class: "tool",
      "data-writes": id !== "select",
      "aria-label": name,
      "data-row-control": "",
      onclick: (/** @type {MouseEvent} */ event) => app.setTool(id, event.shiftKey),
    },
    icon(id),
    lineKeycap(`tool-${id}`),
  );
  tellKeys(button, `tool-${id}`);
  return button;
}
