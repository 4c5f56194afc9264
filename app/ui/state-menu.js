/**
 * The label state of the open image: said in the top bar, and changed from the panel below it.
 *
 * @module
 */

import { send } from "./actions.js";
import { assetMark, isFinished, stateText } from "./asset-words.js";
import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { createPopover } from "./popover.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").AssetRow} AssetRow */

/**
 * @param {App} app
 * @param {HTMLElement} layer
 * @returns {HTMLElement} the button that says the state
 */
export function createStateMenu(app, layer) {
  const { scene } = app;
  const mark = element("span", { class: "state-mark" });
  const words = element("span", { class: "state-words" });
  const anchor = element(
    "button",
    { type: "button", class: "button flat state-button" },
    mark,
    words,
    icon("more"),
  );
  const told = element("p", {});
  const actions = element("div", { class: "line" });
  const note = element("input", {
    type: "text",
    placeholder: "What is to be mended",
    "aria-label": "Note",
    autocomplete: "off",
  });
  const giveBack = element(
    "form",
    { class: "menu-find", onsubmit: returnAsset },
    note,
    element("button", { class: "button" }, "Return"),
  );
  const popover = createPopover(layer, "Label state", {
    anchor,
    onShow: fill,
    children: [element("h2", {}, "Label state"), told, actions, giveBack],
  });

  function fill() {
    const row = scene.state.current?.row;
    if (!row) return;
    const paused = writeRefusal(scene.state);
    setText(told, [explanation(row), paused].filter(Boolean).join(" "));
    actions.replaceChildren(
      ...(row.labelState === "labelled" ? [action("Approve", "approve")] : []),
      ...(isFinished(row) || row.labelState === "skipped" ? [action("Reopen", "reopen")] : []),
    );
    for (const button of actions.children) setAttribute(button, "aria-disabled", paused !== null);
    giveBack.hidden = paused !== null || !(isFinished(row) || row.labelState === "returned");
    note.value = row.labelState === "returned" ? (row.note ?? "") : "";
  }

  /** @param {string} name @param {"approve"|"reopen"} type */
  function action(name, type) {
    const onclick = () => {
      if (writeRefusal(scene.state)) return;
      tell({ type, assetId: scene.state.current?.id ?? "" });
    };
    return element("button", { type: "button", class: "button", onclick }, name);
  }

  /** @param {SubmitEvent} event */
  function returnAsset(event) {
    event.preventDefault();
    tell({ type: "return-asset", assetId: scene.state.current?.id ?? "", note: note.value });
  }

  /** @param {import("../scene/types.js").Command} command */
  function tell(command) {
    popover.hide();
    send(app, command);
  }

  function render() {
    const row = scene.state.current?.row;
    anchor.hidden = !row;
    if (!row) return;
    const { icon: name } = assetMark(row);
    const text = stateText(row);
    setText(words, text);
    anchor.title = `Label state: ${text}`;
    setAttribute(anchor, "aria-label", `Label state: ${text}`);
    anchor.dataset.state = row.labelState;
    if (mark.dataset.icon !== name) {
      mark.dataset.icon = name;
      mark.replaceChildren(icon(name));
    }
  }
  scene.subscribe((changed) => {
    if (changed.has("current") || changed.has("assets") || changed.has("project")) render();
  });
  render();
  return anchor;
}

/** @param {AssetRow} row */
function explanation(row) {
  const { labelState, note } = row;
  if (labelState === "skipped") return note ? `Skipped: ${note}.` : "Skipped.";
  if (labelState === "returned") return `Returned: ${note}. G finishes it again.`;
  if (labelState === "approved") return "Finished, and looked through a second time.";
  if (labelState === "labelled") {
    return row.annotations === 0
      ? "Finished: there is nothing on it to label."
      : "Finished. Approve it after a second look, or return it with a note.";
  }
  return "Open. G finishes it, U skips it with a reason.";
}
