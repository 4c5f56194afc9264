/**
 * One project in the list of projects.
 *
 * @module
 */

import { element } from "./element.js";
import { icon } from "./icons.js";

/** @typedef {import("../scene/types.js").ProjectSummary} ProjectSummary */

/**
 * @typedef {object} ItemActions
 * @property {() => void} open
 * @property {(name: string) => void} rename
 * @property {() => void} duplicate
 * @property {() => void} remove
 */

/**
 * @param {ProjectSummary} project
 * @param {ItemActions} actions
 * @returns {HTMLElement}
 */
export function createProjectItem(project, actions) {
  const { name } = project;
  const open = openButton(project, actions.open);
  /** @param {string} verb @param {import("./icons.js").IconName} iconName @param {() => void} onclick */
  const action = (verb, iconName, onclick) =>
    element(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": `${verb} ${name}`,
        title: verb,
        onclick,
      },
      icon(iconName),
    );
  const rename = action("Rename", "rename", () => {
    const form = renameForm(name, actions.rename, () => {
      form.replaceWith(open);
      rename.focus();
    });
    open.replaceWith(form);
    form.querySelector("input")?.select();
  });
  return element(
    "li",
    { class: "project-item", "data-project": project.id },
    open,
    rename,
    action("Duplicate", "duplicate", actions.duplicate),
    action("Delete", "delete", actions.remove),
  );
}

/**
 * @param {ProjectSummary} project
 * @param {() => void} onclick
 */
function openButton({ name, assets, finished, openedAt }, onclick) {
  const share = assets > 0 ? finished / assets : 0;
  return element(
    "button",
    { type: "button", class: "project", onclick },
    element("strong", {}, name),
    element("span", { class: "meter", "--share": share, "aria-hidden": "true" }),
    element("span", { class: "faint" }, `${finished} of ${assets} labelled`),
    element("span", { class: "faint when" }, whenText(openedAt)),
    icon("next"),
  );
}

/**
 * @param {string} name
 * @param {(name: string) => void} rename
 * @param {() => void} close
 */
function renameForm(name, rename, close) {
  const input = element("input", {
    type: "text",
    "aria-label": `New name of ${name}`,
    value: name,
    required: true,
  });
  return element(
    "form",
    {
      class: "project-rename",
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const wanted = input.value.trim();
        if (wanted && wanted !== name) rename(wanted);
        else close();
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Escape") close();
      },
    },
    input,
    element("button", { class: "button strong" }, "Rename"),
    element("button", { type: "button", class: "button", onclick: close }, "Cancel"),
  );
}

/**
 * @param {number} time milliseconds since 1970
 * @returns {string} "today, 14:05" or "12 Nov"
 */
function whenText(time) {
  const then = new Date(time);
  const clock = then.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === new Date().toDateString()) return `today, ${clock}`;
  return then.toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });
}
