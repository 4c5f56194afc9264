/**
 * Links into the Help: `help/<page>.html#<heading>`, made from docs/guide/<page>.md. It opens in a tab of its own, the
 * same one each time, so that the project stays open beside it.
 *
 * @module
 */

import { element } from "./element.js";
import { icon } from "./icons.js";

/**
 * @param {string} page of the guide, with the heading's anchor where one is meant: "labels.html#export"
 * @param {string} about what it tells, in a word or two: "exporting labels"
 * @param {string} [text] shown
 * @returns {HTMLAnchorElement}
 */
export function helpLink(page, about, text = "Help") {
  return element(
    "a",
    {
      class: "help-link",
      href: `help/${page}`,
      target: "twoclick-help",
      title: "Opens in a tab of its own",
      "aria-label": `${text}: ${about}`,
    },
    icon("help"),
    text,
  );
}

/**
 * Help in the head of a dialog.
 *
 * @param {HTMLDialogElement} dialog made by createDialog
 * @param {string} page
 * @param {string} about
 */
export function helpInHead(dialog, page, about) {
  dialog.querySelector(".dialog-head > .icon-button")?.before(helpLink(page, about));
}
