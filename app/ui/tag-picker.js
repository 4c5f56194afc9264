/**
 * Finds a tag by typing, or makes the one that was typed: a small panel over the image. It answers
 * with a tag or with nothing, and gives the keyboard back where it was.
 *
 * @module
 */

import { attempt } from "../shared/attempt.js";
import { element, setAttribute } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Tag} Tag */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {{tag: Tag}|{make: string}} Choice */

/** Room for the panel within the view, CSS pixels. */
const PANEL = Object.freeze({ width: 248, height: 280 });
const MARGIN = 8;

/**
 * @typedef {object} TagPicker
 * @property {(at: Point|null) => Promise<string|null>} ask beside a point of the view, else at its
 *   top; null: given up
 */

/**
 * @param {App} app
 * @param {HTMLElement} stage
 * @returns {TagPicker}
 */
export function createTagPicker(app, stage) {
  /** @type {Choice[]} */
  let choices = [];
  let marked = 0;
  /** @type {(tagId: string|null) => void} */
  let answer = () => {};
  /** @type {Element|null} */
  let before = null;
  /** @type {Point|null} */
  let beside = null;

  const input = element("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 80,
    placeholder: "Find or make a tag",
    "aria-label": "Find a tag",
    "aria-expanded": "true",
    "aria-controls": "tags-found",
    "aria-autocomplete": "list",
    oninput: () => list(0),
    onkeydown: onKey,
    onblur: stay,
  });
  const found = element("ul", { id: "tags-found", role: "listbox", "aria-label": "Tags found" });
  const panel = element(
    "div",
    { class: "tag-picker", role: "dialog", "aria-label": "Tag", hidden: true },
    input,
    found,
  );
  // A press must not take the keyboard from the field, which would close the panel first.
  found.addEventListener("pointerdown", (event) => event.preventDefault());
  stage.append(panel);
  document.addEventListener("pointerdown", leave, { capture: true });
  new ResizeObserver(stand).observe(stage);

  /** A view that has become smaller keeps the panel within. */
  function stand() {
    if (!panel.hidden) place(panel, beside ?? topOf(stage), stage);
  }

  /** @param {PointerEvent} event */
  function leave(event) {
    if (!panel.contains(/** @type {Node} */ (event.target))) close(null);
  }

  /** The click that ends the drag which asked for a tag gives the keyboard to the canvas. */
  function stay() {
    queueMicrotask(() => {
      if (!panel.hidden && document.hasFocus()) input.focus();
    });
  }

  /** @param {number} at */
  function list(at) {
    choices = choicesFor(app.scene.state.tags, input.value);
    marked = Math.min(Math.max(at, 0), choices.length - 1);
    found.replaceChildren(...choices.map(optionFor));
    setAttribute(input, "aria-activedescendant", choices.length > 0 ? `tag-found-${marked}` : null);
    found.children[marked]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Choice} choice @param {number} index */
  function optionFor(choice, index) {
    const isTag = "tag" in choice;
    return element(
      "li",
      {
        id: `tag-found-${index}`,
        role: "option",
        "aria-selected": String(index === marked),
        onclick: () => choose(choice),
      },
      isTag && element("span", { class: "dot", "--tag": choice.tag.color }),
      element("span", { class: "row-name" }, isTag ? choice.tag.name : `Make tag “${choice.make}”`),
      isTag && choice.tag.key && element("kbd", {}, choice.tag.key),
    );
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) list((marked + step + choices.length) % Math.max(1, choices.length));
    else if (event.key === "Enter" && !event.isComposing) {
      if (choices[marked]) choose(choices[marked]);
    } else if (event.key === "Escape" || event.key === "Tab") close(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Choice} choice */
  async function choose(choice) {
    if ("tag" in choice) {
      close(choice.tag.id);
      return;
    }
    const answered = answer;
    answer = () => {};
    close(null);
    answered(await makeTag(choice.make));
  }

  /** @param {string} name @returns {Promise<string|null>} */
  async function makeTag(name) {
    const accepted = await attempt(app, { type: "add-tag", name, color: null });
    return accepted ? (app.scene.state.tags.find((tag) => tag.name === name)?.id ?? null) : null;
  }

  /** @param {string|null} tagId */
  function close(tagId) {
    if (panel.hidden) return;
    panel.hidden = true;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    const answered = answer;
    answer = () => {};
    answered(tagId);
  }

  return {
    ask(at) {
      close(null);
      before = document.activeElement;
      input.value = "";
      panel.hidden = false;
      beside = at;
      stand();
      list(0);
      input.focus();
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  };
}

/**
 * What fits a text: names that begin with it, names that contain it, and, unless a tag has just that
 * name, a tag to be made.
 *
 * @param {readonly Tag[]} tags
 * @param {string} text
 * @returns {Choice[]}
 */
export function choicesFor(tags, text) {
  const name = text.trim().replace(/\s+/g, " ");
  const wanted = name.toLowerCase();
  const begins = tags.filter((tag) => tag.name.toLowerCase().startsWith(wanted));
  const contains = tags.filter((tag) => tag.name.toLowerCase().includes(wanted));
  const fits = [...new Set([...begins, ...contains])].map((tag) => ({ tag }));
  const isKnown = tags.some((tag) => tag.name.toLowerCase() === wanted);
  return name === "" || isKnown ? fits : [...fits, { make: name }];
}

/** @param {HTMLElement} stage @returns {Point} */
function topOf(stage) {
  return { x: (stage.clientWidth - PANEL.width) / 2, y: 40 };
}

/** @param {HTMLElement} panel @param {Point} at in the stage @param {HTMLElement} stage */
function place(panel, at, stage) {
  const left = Math.min(at.x, stage.clientWidth - PANEL.width - MARGIN);
  const top = Math.min(at.y, stage.clientHeight - PANEL.height - MARGIN);
  panel.style.left = `${Math.max(MARGIN, left)}px`;
  panel.style.top = `${Math.max(MARGIN, top)}px`;
}
