/**
 * Opening a project file: the button on the start screen, and the question where this browser has that
 * project already.
 *
 * @module
 */

import { createDialog } from "./dialog.js";
import { element, setText } from "./element.js";
import { icon } from "./icons.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").FoundProject} FoundProject */
/** @typedef {import("./start-screen.js").Run} Run */

/**
 * @param {App} app
 * @param {Run} run opens a project, with its progress or what went wrong
 * @returns {HTMLElement}
 */
export function createOpenFile(app, run) {
  const root = element("div", { class: "open-file" });
  const choose = createChoice(root);
  const input = element("input", {
    type: "file",
    hidden: true,
    accept: ".zip,application/zip",
    onchange: () => {
      const [file] = input.files ?? [];
      // The same file can be chosen again.
      input.value = "";
      if (!file) return;
      run("The project file", async (onProgress) => {
        await app.openProjectFile(file, { choose, onProgress });
      });
    },
  });
  const button = element(
    "button",
    { type: "button", class: "button", onclick: () => input.click() },
    icon("folder"),
    "Open project file",
  );
  root.append(button, input);
  return root;
}

/**
 * @param {HTMLElement} root
 * @returns {(found: FoundProject) => Promise<"copy"|"replacement"|null>} null: the person left it
 */
function createChoice(root) {
  const text = element("p", {});
  /** @param {string} name @param {string} value @param {string} what */
  const way = (name, value, what) =>
    element(
      "div",
      {},
      element(
        "button",
        { type: "button", class: "button", onclick: () => dialog.close(value) },
        name,
      ),
      element("p", { class: "faint" }, what),
    );
  const dialog = createDialog(
    root,
    "This project is here already",
    element(
      "div",
      { class: "file-choice" },
      text,
      way("Open as a copy", "copy", "Both stay: the file becomes a project of its own."),
      way(
        "Replace",
        "replacement",
        "The file takes its place. The one that is here goes to the deleted projects, and can be restored.",
      ),
    ),
  );
  return ({ project, writtenAt, existing }) => {
    const gone = existing?.deletedAt === null ? "" : ", among the deleted projects";
    const when = new Date(writtenAt).toLocaleString([], {
      dateStyle: "medium",
      timeStyle: "short",
    });
    setText(
      text,
      `The file has ${project.name} as of ${when}. This browser has it as ${existing?.name}${gone}.`,
    );
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener(
        "close",
        () => {
          const { returnValue } = dialog;
          resolve(returnValue === "copy" || returnValue === "replacement" ? returnValue : null);
        },
        { once: true },
      );
    });
  };
}
