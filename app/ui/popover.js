/**
 * A small panel beside the control that it belongs to. It is not modal: Escape or a press beside it
 * closes it, and the focus goes back to where it was.
 *
 * @module
 */

import { element } from "./element.js";

/** Between the control and its panel, and between the panel and the window's edge, CSS pixels. */
const GAP = 4;
/** As in popover.css, where it is less in a narrow window. */
const WIDTH = 304;

/**
 * @typedef {object} Popover
 * @property {HTMLDialogElement} element
 * @property {() => void} show
 * @property {() => void} hide
 */

/**
 * @param {HTMLElement} root outside what gives the focus back to the canvas after a press
 * @param {string} name accessible name
 * @param {object} parts
 * @param {HTMLButtonElement} parts.anchor the panel lies above or below it, whichever side has more room
 * @param {boolean} [parts.toggles] a press on the anchor opens and closes it
 * @param {() => void} [parts.onShow] before it opens: the time to fill it
 * @param {Node[]} parts.children
 * @returns {Popover}
 */
export function createPopover(root, name, { anchor, toggles = true, onShow, children }) {
  const panel = element(
    "dialog",
    { popover: "auto", class: "popover", "aria-label": name },
    ...children,
  );
  root.append(panel);
  if (toggles) anchor.popoverTargetElement = panel;
  anchor.setAttribute("aria-haspopup", "dialog");
  panel.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    onShow?.();
    place(panel, anchor);
  });
  // The browser gives the focus back only from within: what had it may be hidden by now.
  panel.addEventListener("toggle", (event) => {
    const isClosed = /** @type {ToggleEvent} */ (event).newState === "closed";
    if (isClosed && document.activeElement === document.body) anchor.focus();
  });
  const hide = () => {
    if (panel.matches(":popover-open")) panel.hidePopover();
  };
  window.addEventListener("resize", hide);
  return {
    element: panel,
    hide,
    show() {
      if (!panel.matches(":popover-open")) panel.showPopover();
    },
  };
}

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor
 */
function place(panel, anchor) {
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const { innerWidth: width, innerHeight: height } = window;
  const below = top + bottom < height;
  const room = below ? height - bottom : top;
  panel.style.top = below ? `${bottom + GAP}px` : "auto";
  panel.style.bottom = below ? "auto" : `${height - top + GAP}px`;
  const beside = left + right < width ? left : right - WIDTH;
  panel.style.left = `${Math.max(GAP, Math.min(beside, width - WIDTH - GAP))}px`;
  panel.style.maxHeight = `${room - 2 * GAP}px`;
}
