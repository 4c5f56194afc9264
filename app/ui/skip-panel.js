/**
 * Skip: leaves an image out with a reason, by two keys where the reason was given before.
 *
 * @module
 */

import { keycap } from "./action-button.js";
import { send } from "./actions.js";
import { element, setText } from "./element.js";
import { createPopover } from "./popover.js";
import { offeredReasons } from "./skip-reasons.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */

/**
 * @param {App} app
 * @param {HTMLElement} layer
 * @param {HTMLButtonElement} anchor
 * @returns {() => void} opens it for the current image
 */
export function createSkipPanel(app, layer, anchor) {
  const { scene } = app;
  const head = element("h2", {});
  const offered = element("ul", { class: "menu", role: "list", "aria-label": "Recent reasons" });
  const reason = element("input", {
    type: "text",
    placeholder: "Enter: the first, or type",
    "aria-label": "Reason",
    autocomplete: "off",
  });
  const popover = createPopover(layer, "Skip this image", {
    anchor,
    toggles: false,
    onShow: fill,
    children: [
      head,
      offered,
      element(
        "form",
        { class: "menu-find", onsubmit: submit },
        reason,
        element("button", { class: "button strong" }, "Skip"),
      ),
    ],
  });
  popover.element.addEventListener("keydown", pickByKey);
  /** @type {string[]} the latest first */
  let given = [];
  /** @type {string[]} */
  let reasons = [];

  function fill() {
    reasons = offeredReasons(scene.state.assets, given);
    setText(head, `Skip ${scene.state.current?.row.name}: why?`);
    offered.replaceChildren(...reasons.map(reasonItem));
    reason.value = scene.state.current?.row.note ?? "";
    // Not when it is made: inside a frame the browser would take that for the page's own wish.
    reason.autofocus = true;
  }

  /** @param {string} text @param {number} index */
  function reasonItem(text, index) {
    const key = String(index + 1);
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "menu-item",
          "aria-keyshortcuts": key,
          onclick: () => skip(text),
        },
        keycap(key),
        element("span", { class: "row-name" }, text),
      ),
    );
  }

  /** @param {KeyboardEvent} event */
  function pickByKey(event) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const picked = reasons[Number(digit) - 1];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (!picked || !plain || event.repeat || reason.value !== "") return;
    event.preventDefault();
    skip(picked);
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    skip(reason.value.trim() || reasons[0]);
  }

  /** @param {string} text */
  function skip(text) {
    const assetId = scene.state.current?.id;
    popover.hide();
    if (!assetId) return;
    given = [text, ...given.filter((one) => one !== text)];
    send(app, { type: "skip", assetId, reason: text });
  }

  return () => {
    const paused = writeRefusal(scene.state) ?? (scene.state.current ? null : "No image is open");
    if (paused) app.say(paused, "warning");
    else popover.show();
  };
}
