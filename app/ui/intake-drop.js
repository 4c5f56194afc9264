/**
 * Files that are dropped anywhere on the page, or pasted.
 *
 * @module
 */

import { element, setText } from "./element.js";
import { icon } from "./icons.js";
import { fromTransfer } from "./intake-sources.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/intake.js").Brought} Brought */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {(brought: Brought[]) => void} take
 */
export function listenToDrops(app, root, take) {
  const text = element("span", {});
  const veil = element(
    "div",
    { class: "drop-veil", hidden: true, "aria-hidden": "true" },
    element("p", {}, icon("image"), text),
  );
  root.append(veil);
  // Elements are entered before the one around them is left.
  let depth = 0;

  window.addEventListener("dragenter", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    depth += 1;
    const { project } = app.scene.state;
    setText(text, veilText(project));
    veil.hidden = !isWelcome();
  });
  window.addEventListener("dragleave", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    depth = Math.max(0, depth - 1);
    veil.hidden = depth === 0;
  });
  // Without this the browser would leave the page for the file.
  window.addEventListener("dragover", (event) => {
    if (hasFiles(event.dataTransfer)) event.preventDefault();
  });
  window.addEventListener("drop", (event) => {
    depth = 0;
    veil.hidden = true;
    if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    takeFrom(event.dataTransfer);
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData || !hasFiles(event.clipboardData)) return;
    event.preventDefault();
    takeFrom(event.clipboardData);
  });

  /** @param {DataTransfer} transfer */
  async function takeFrom(transfer) {
    if (!isWelcome()) return;
    const brought = await fromTransfer(transfer);
    if (brought.length > 0) take(brought);
  }
}

/** @param {{ name: string } | null} project */
function veilText(project) {
  if (document.querySelector("dialog[open] .import-labels")) return "Drop to look through labels";
  return project ? `Drop to add to ${project.name}` : "Drop to make a new project";
}

/** Another dialog is open than one that takes files: what is dropped is not for us. */
function isWelcome() {
  const dialog = document.querySelector("dialog[open]");
  return dialog === null || dialog.querySelector(".new-project, .import-labels") !== null;
}

/** @param {DataTransfer | null} transfer */
function hasFiles(transfer) {
  return transfer?.types.includes("Files") ?? false;
}
