/**
 * Where one is: the open image, its label state, its place in the work list, and the ways to its
 * neighbours.
 *
 * @module
 */

import { actionButton } from "./action-button.js";
import { send } from "./actions.js";
import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { createStateMenu } from "./state-menu.js";
import { createWorkListMenu } from "./work-list-menu.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} layer where its panels go
 */
export function createPosition(app, layer) {
  const { scene } = app;
  const previous = stepButton(app, "previous", "Previous image");
  const next = stepButton(app, "next", "Next image");
  const name = element("strong", { class: "asset-name" });
  const place = element("span", { class: "place-words" });
  const lists = element(
    "button",
    {
      type: "button",
      class: "button flat place",
      title: "Work list: which images are gone through",
    },
    place,
    icon("more"),
  );
  createWorkListMenu(app, layer, lists);

  function render() {
    const { current, workList } = scene.state;
    const at = current ? workList.assetIds.indexOf(current.id) : -1;
    setText(name, current?.row.name ?? "No image");
    setAttribute(name, "title", current?.row.name);
    const total = workList.assetIds.length;
    setText(place, `${at === -1 ? "–" : at + 1} of ${total}, ${workList.name}`);
    previous.update({ disabled: at === 0 ? "This is the first image of the list" : null });
    next.update({ disabled: at === total - 1 ? "This is the last image of the list" : null });
  }
  const keys = /** @type {const} */ (["project", "current", "workList"]);
  scene.subscribe((changed) => {
    if (keys.some((key) => changed.has(key))) render();
  });
  render();
  return element(
    "nav",
    { class: "bar-part position", "aria-label": "Current image" },
    previous.element,
    element("span", { class: "where" }, name, createStateMenu(app, layer), lists),
    next.element,
  );
}

/**
 * @param {App} app
 * @param {"previous"|"next"} direction
 * @param {string} name
 */
function stepButton(app, direction, name) {
  return actionButton(app, {
    line: direction,
    name,
    icon: direction,
    text: "",
    class: "icon-button",
    run: () => send(app, { type: "step", direction }),
  });
}
