/**
 * A native dialog with a heading and a close button; the browser keeps the focus inside, closes it on
 * Escape, and gives the focus back.
 *
 * @module
 */

import { element } from "./element.js";
import { icon } from "./icons.js";

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @param {...Node} children
 * @returns {HTMLDialogElement}
 */
export function createDialog(root, name, ...children) {
  const close = element(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close",
      title: "Close (Esc)",
      onclick: () => dialog.close(),
    },
    icon("close"),
  );
  const dialog = element(
    "dialog",
    { "aria-label": name },
    element("header", { class: "dialog-head" }, element("h2", {}, name), close),
    ...children,
  );
  const showModal = dialog.showModal.bind(dialog);
  dialog.showModal = () => {
    // Only while it opens: put into the page with it, the browser would look for the focus there at once.
    close.setAttribute("autofocus", "");
    showModal();
    close.removeAttribute("autofocus");
  };
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  root.append(dialog);
  return dialog;
}

/**
 * Keeps a dialog open while its work runs, when somebody means to leave it by accident: Escape, a press beside it, the
 * button in its corner.
 *
 * @param {HTMLDialogElement} dialog
 * @param {() => boolean} isBusy
 */
export function holdOpen(dialog, isBusy) {
  const close = dialog.querySelector(".dialog-head button");
  const hold = (/** @type {Event} */ event) => {
    if (!isBusy()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  dialog.addEventListener("cancel", hold);
  close?.addEventListener("click", hold, { capture: true });
  dialog.addEventListener(
    "click",
    (event) => {
      if (event.target === dialog) hold(event);
    },
    { capture: true },
  );
}
