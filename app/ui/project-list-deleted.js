/**
 * The deleted projects: they stay, and take room, until they are restored or erased.
 *
 * @module
 */

import { element, setText } from "./element.js";
import { agoText } from "./storage-words.js";

/** @typedef {import("../scene/types.js").ProjectSummary} ProjectSummary */

/**
 * @param {{
 *   restore: (project: ProjectSummary) => void,
 *   erase: (project: ProjectSummary) => void,
 * }} actions
 */
export function createDeletedProjects({ restore, erase }) {
  const summary = element("summary", {});
  const list = element("ul", { role: "list", "aria-label": "Deleted projects" });
  const root = element("details", { class: "deleted-projects", hidden: true }, summary, list);

  /** @param {ProjectSummary} project */
  function item(project) {
    const { name, assets, deletedAt } = project;
    const ask = element("button", { type: "button", class: "button" }, "Erase…");
    const back = element(
      "button",
      {
        type: "button",
        class: "button",
        "aria-label": `Restore ${name}`,
        onclick: () => restore(project),
      },
      "Restore",
    );
    ask.setAttribute("aria-label", `Erase ${name}…`);
    ask.addEventListener("click", () => {
      const sure = element(
        "button",
        {
          type: "button",
          class: "button danger",
          "aria-label": `Erase for good: ${name}`,
          title: "The images and labels cannot be brought back",
          // It lies where the other was: the second press of a double click is no answer.
          onclick: (/** @type {MouseEvent} */ { detail }) => detail > 1 || erase(project),
        },
        "Erase for good",
      );
      ask.replaceWith(sure);
      sure.focus();
      sure.addEventListener("blur", () => sure.isConnected && sure.replaceWith(ask));
    });
    const images = `${assets} ${assets === 1 ? "image" : "images"}`;
    return element(
      "li",
      { class: "deleted-project" },
      element("span", { class: "row-name" }, name),
      element(
        "span",
        { class: "faint" },
        `${images}, deleted ${agoText(Date.now() - (deletedAt ?? 0))}`,
      ),
      back,
      ask,
    );
  }

  return {
    element: root,
    /** @param {ProjectSummary[]} projects */
    show(projects) {
      root.hidden = projects.length === 0;
      setText(summary, `Deleted projects (${projects.length})`);
      list.replaceChildren(...projects.map(item));
    },
  };
}
