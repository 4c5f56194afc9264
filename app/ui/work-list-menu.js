/**
 * Which images are worked through, chosen from a panel below the place in the list: all, the open ones,
 * those in a state, with a tag, or of a name.
 *
 * @module
 */

import { assetMark, isOpen, STATE_NAMES } from "./asset-words.js";
import { element, setText } from "./element.js";
import { icon } from "./icons.js";
import { moveByArrows } from "./keyed-list.js";
import { createPopover } from "./popover.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").AssetRow} AssetRow */
/** @typedef {import("../scene/types.js").WorkList} WorkList */
/** @typedef {Pick<WorkList, "kind"|"value">} Choice */

/**
 * @param {App} app
 * @param {HTMLElement} layer
 * @param {HTMLButtonElement} anchor
 */
export function createWorkListMenu(app, layer, anchor) {
  const { scene } = app;
  const lists = element("div", { class: "menu", role: "group", "aria-label": "Work lists" });
  const refusal = element("p", { class: "menu-refusal", role: "alert" });
  const name = element("input", {
    type: "search",
    placeholder: "File name",
    "aria-label": "File name",
    autocomplete: "off",
    spellcheck: "false",
  });
  const find = element(
    "form",
    { class: "menu-find", onsubmit: findByName },
    name,
    element("button", { class: "button" }, "Find"),
  );
  const popover = createPopover(layer, "Work list", {
    anchor,
    onShow: fill,
    children: [element("h2", {}, "Work list"), lists, find, refusal],
  });
  moveByArrows(lists);

  function fill() {
    const { assets, tags, workList } = scene.state;
    const item = itemOf(workList, choose);
    const inStates = new Map(STATE_NAMES.map(([state]) => [state, 0]));
    for (const row of assets) inStates.set(row.labelState, (inStates.get(row.labelState) ?? 0) + 1);
    const open = assets.filter(isOpen).length;
    const used = tags.filter(({ uses }) => uses > 0);
    lists.replaceChildren(
      item({ kind: "all", value: null }, "All", assets.length),
      item({ kind: "open", value: null }, "Open", open),
      element("h3", {}, "By state"),
      ...STATE_NAMES.map(([state, words]) => {
        const mark = icon(assetMark({ labelState: state, annotations: 1 }).icon);
        return item({ kind: "label-state", value: state }, words, inStates.get(state) ?? 0, mark);
      }),
      element("h3", { hidden: used.length === 0 }, "With the tag"),
      ...used.map((tag) => {
        const dot = element("span", { class: "dot", "--tag": tag.color });
        return item({ kind: "tag", value: tag.id }, tag.name, null, dot);
      }),
    );
    setText(refusal, "");
    name.value = workList.kind === "name" ? (workList.value ?? "") : "";
    const stop = lists.querySelector("[aria-current]") ?? lists.querySelector("button");
    for (const button of lists.querySelectorAll("button")) {
      button.tabIndex = button === stop ? 0 : -1;
      button.autofocus = button === stop;
    }
  }

  /** @param {SubmitEvent} event */
  function findByName(event) {
    event.preventDefault();
    const value = name.value.trim();
    if (value) choose({ kind: "name", value });
    else setText(refusal, "Type a part of a file name");
  }

  /** @param {Choice} choice */
  async function choose({ kind, value }) {
    try {
      await app.dispatch({ type: "open-work-list", kind, value });
      popover.hide();
    } catch (error) {
      setText(refusal, /** @type {Error} */ (error).message);
    }
  }
}

/**
 * @param {WorkList} present
 * @param {(choice: Choice) => void} choose
 */
function itemOf(present, choose) {
  /**
   * @param {Choice} choice
   * @param {string} text
   * @param {number|null} count
   * @param {Element} [mark]
   */
  return (choice, text, count, mark) => {
    const isPresent = choice.kind === present.kind && choice.value === present.value;
    return element(
      "button",
      {
        type: "button",
        class: "menu-item",
        "data-row-control": "",
        "aria-current": isPresent ? "true" : null,
        "aria-disabled": count === 0 ? "true" : null,
        onclick: () => {
          if (count !== 0) choose(choice);
        },
      },
      element("span", { class: "menu-mark" }, mark),
      element("span", { class: "row-name" }, text),
      count !== null && element("span", { class: "number" }, String(count)),
    );
  };
}
