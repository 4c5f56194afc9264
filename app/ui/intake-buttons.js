/**
 * Buttons that open files: single ones, or a folder with all that is in it.
 *
 * @module
 */

import { element } from "./element.js";
import { icon } from "./icons.js";
import { fromInput } from "./intake-sources.js";
import { createPopover } from "./popover.js";

/** @typedef {import("../scene/intake.js").Brought} Brought */

/** Some systems know AVIF and TIFF by their endings only. */
const ACCEPTED = "image/*,.avif,.tif,.tiff";

/**
 * @param {object} options
 * @param {string} options.name the accessible name, exactly
 * @param {boolean} [options.folder] whether a folder is chosen, not files
 * @param {string} [options.accept] the kinds of files; images unless told
 * @param {string} options.class
 * @param {import("./icons.js").IconName} options.icon
 * @param {string} [options.text] shown; the name unless told otherwise; "" shows the icon alone
 * @param {string} [options.title]
 * @param {(brought: Brought[]) => void} options.take
 * @returns {HTMLElement}
 */
export function openButton({
  name,
  folder = false,
  accept = ACCEPTED,
  class: kind,
  icon: iconName,
  text = name,
  title,
  take,
}) {
  const input = element("input", {
    type: "file",
    hidden: true,
    multiple: true,
    webkitdirectory: folder,
    accept: folder ? null : accept,
    onchange: () => {
      const brought = fromInput(input.files ?? []);
      // The same files can be chosen again.
      input.value = "";
      if (brought.length > 0) take(brought);
    },
  });
  const button = element(
    "button",
    {
      type: "button",
      class: kind,
      "data-writes": "",
      "aria-label": text ? null : name,
      title: title ?? (text ? null : name),
      onclick: () => input.click(),
    },
    icon(iconName),
    text && element("span", {}, text),
  );
  return element("span", { class: "open-images" }, button, input);
}

/**
 * More images for the open project.
 *
 * @param {(brought: Brought[]) => void} take
 * @param {HTMLElement} layer where its panel goes
 * @returns {HTMLElement}
 */
export function createAddImages(take, layer) {
  const button = element(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Add images",
      title: "Add images; they can also be dropped anywhere or pasted",
    },
    icon("plus"),
  );
  const takeAndHide = (/** @type {Brought[]} */ brought) => {
    choices.hide();
    take(brought);
  };
  const choices = createPopover(layer, "Add images", {
    anchor: button,
    children: [
      element(
        "div",
        { class: "add-choices" },
        openButton({ name: "Choose images", class: "button", icon: "image", take: takeAndHide }),
        openButton({
          name: "Choose a folder",
          folder: true,
          class: "button",
          icon: "folder",
          take: takeAndHide,
        }),
      ),
    ],
  });
  return element("div", { class: "bar-part" }, button);
}
