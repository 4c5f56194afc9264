/**
 * The projects that this browser holds, on the start screen: opened, named, copied, put away, brought
 * back, erased.
 *
 * @module
 */

import { element, setText } from "./element.js";
import { createDeletedProjects } from "./project-list-deleted.js";
import { createOpenFile } from "./project-list-file.js";
import { createProjectItem } from "./project-list-item.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").ProjectSummary} ProjectSummary */
/** @typedef {import("./start-screen.js").Run} Run */

/**
 * @param {App} app
 * @param {Run} run opens a project, with its progress or what went wrong
 */
export function createProjectList(app, run) {
  const list = element("ul", { class: "projects", role: "list", "aria-label": "Projects" });
  const heading = element("h2", { tabindex: -1 }, "Projects in this browser");
  const news = element("span", { role: "status" });
  const trouble = element("span", { role: "alert" });
  const undo = element("button", { type: "button", class: "button" }, "Undo");
  const newsLine = element("p", { class: "project-news" }, news, trouble, undo);
  const deleted = createDeletedProjects({
    restore: (project) =>
      change(project, "could not be restored", async () => {
        await app.restoreProject(project.id);
        tell(`Restored: ${project.name}.`);
      }),
    erase: (project) =>
      change(project, "could not be erased", async () => {
        await app.eraseProject(project.id);
        tell(`Erased: ${project.name}.`);
      }),
  });
  const kept = element("section", {}, heading, list, newsLine, deleted.element);
  kept.hidden = true;

  /** @param {string} text @param {() => void} [back] a way back from what was done */
  function tell(text, back) {
    setText(news, text);
    setText(trouble, "");
    undo.hidden = !back;
    undo.onclick = back ?? null;
    newsLine.hidden = text === "";
  }

  /**
   * @param {ProjectSummary} project
   * @param {string} failed
   * @param {() => Promise<void>} task
   */
  async function change(project, failed, task) {
    try {
      await task();
    } catch (error) {
      setText(news, "");
      undo.hidden = true;
      newsLine.hidden = false;
      setText(trouble, `${project.name} ${failed}: ${/** @type {Error} */ (error).message}`);
    }
    const hadFocus = kept.contains(document.activeElement);
    await refresh();
    if (hadFocus && !kept.contains(document.activeElement)) focusOn(project);
  }

  /** The rows were made anew. @param {ProjectSummary} project */
  function focusOn(project) {
    const row = list.querySelector(`[data-project="${project.id}"] button`);
    /** @type {HTMLElement} */ (row ?? heading).focus();
  }

  /** @param {ProjectSummary} project */
  const remove = (project) =>
    change(project, "could not be deleted", async () => {
      await app.deleteProject(project.id);
      tell(`Deleted: ${project.name}.`, () =>
        change(project, "could not be restored", async () => {
          await app.restoreProject(project.id);
          tell(`Restored: ${project.name}.`);
        }),
      );
      undo.focus();
    });

  /** @param {ProjectSummary} project */
  const duplicate = (project) =>
    change(project, "could not be duplicated", async () => {
      tell(`Duplicating ${project.name}…`);
      await app.duplicateProject(project.id);
      tell(`Duplicated: ${project.name}.`);
    });

  /** @param {ProjectSummary} project @param {string} name */
  const rename = (project, name) =>
    change(project, "could not be renamed", async () => {
      await app.renameProject(project.id, name);
      tell(`Renamed: ${name}.`);
    });

  /** @returns {Promise<number>} how many projects there are, those put away left out */
  async function refresh() {
    const all = await app.projects();
    const present = all.filter(({ deletedAt }) => deletedAt === null);
    kept.hidden = all.length === 0;
    list.replaceChildren(
      ...present.map((project) =>
        createProjectItem(project, {
          open: () => run(project.name, () => app.openProject(project.id)),
          rename: (name) => rename(project, name),
          duplicate: () => duplicate(project),
          remove: () => remove(project),
        }),
      ),
    );
    list.hidden = present.length === 0;
    deleted.show(all.filter(({ deletedAt }) => deletedAt !== null));
    return present.length;
  }

  tell("");
  return {
    element: element("div", { class: "project-list" }, kept, createOpenFile(app, run)),
    refresh,
  };
}
