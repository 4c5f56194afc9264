/**
 * The suggestions as a list of checkboxes: the keyboard's and the screen reader's way to what the
 * canvas shows.
 *
 * @module
 */

import { isFocus, scoreText, suggestionShapes } from "../canvas/shapes.js";
import { compareReadingOrder } from "../shared/geometry.js";
import { send } from "./actions.js";
import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { keepOneTabStop, moveByArrows, syncRows } from "./keyed-list.js";
import { focused } from "./page-state.js";
import { emptyReason } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../canvas/shapes.js").SuggestionShape} SuggestionShape */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {() => void} focusCanvas
 */
export function createSuggestionList(app, root, focusCanvas) {
  const { scene } = app;
  const count = element("span", { class: "count" });
  const order = element("button", {
    type: "button",
    class: "text-button",
    onclick: () => app.setListOrder(app.listOrder === "score" ? "position" : "score"),
  });
  const list = element("ul", { class: "rows", role: "list", "aria-label": "Suggestions" });
  const empty = element("p", { class: "empty" });
  root.append(
    element("header", {}, element("h2", {}, "Suggestions"), count, order),
    element("div", { class: "scroller" }, list, empty),
  );
  moveByArrows(list);

  const rows = {
    key: (/** @type {SuggestionShape} */ shape) => String(shape.id),
    create: createRow,
    update: updateRow,
    onFocusLost: focusCanvas,
  };

  function render() {
    const shapes = suggestionShapes(scene.state.current, scene.state.tagById);
    if (app.listOrder === "position") shapes.sort((a, b) => compareReadingOrder(a.box, b.box));
    syncRows(list, shapes, rows);
    keepOneTabStop(list);
    setText(count, String(shapes.length));
    setText(order, app.listOrder === "score" ? "by score" : "by position");
    setAttribute(order, "aria-label", `Sorted ${order.textContent}, change`);
    setText(empty, shapes.length === 0 ? emptyReason(scene.state) : "");
    list.hidden = shapes.length === 0;
  }

  function createRow() {
    return element(
      "li",
      { onpointerenter: hover, onpointerleave: () => app.setHover(null) },
      element(
        "label",
        { class: "row" },
        element("input", {
          type: "checkbox",
          "data-row-control": "",
          onchange: select,
          onfocus: reach,
        }),
        element("span", { class: "dot" }),
        element("span", { class: "row-name" }),
        element("span", { class: "row-marks" }),
        element("span", { class: "number" }),
      ),
    );
  }

  /** @param {HTMLElement} row @param {SuggestionShape} shape */
  function updateRow(row, shape) {
    const [box, dot, name, marks, number] = /** @type {HTMLElement[]} */ ([
      ...row.querySelectorAll("input, .dot, .row-name, .row-marks, .number"),
    ]);
    /** @type {HTMLInputElement} */ (box).checked = shape.selected;
    dot.style.setProperty("--tag", shape.tag.color);
    setText(name, shape.tag.name);
    setText(number, scoreText(shape.score));
    setAttribute(box, "aria-label", nameOf(shape));
    setAttribute(row, "data-focus", isFocus(shape, focused(app)));
    const wanted = `${shape.disagrees ? "d" : ""}${shape.other ? "r" : ""}`;
    if (marks.dataset.marks !== wanted) {
      marks.dataset.marks = wanted;
      marks.replaceChildren(
        ...(shape.disagrees ? [icon("disagree")] : []),
        ...(shape.other ? [icon("readings")] : []),
      );
    }
    marks.title = marksTitle(shape);
  }

  /** @param {Event} event */
  function hover(event) {
    app.setHover({ kind: "suggestion", id: candidateOf(event) });
  }

  /** @param {Event & {target: HTMLInputElement}} event */
  function select(event) {
    const assetId = scene.state.current?.id;
    const mode = event.target.checked ? "add" : "remove";
    if (assetId) send(app, { type: "select", assetId, candidates: [candidateOf(event)], mode });
  }

  /** @param {Event & {target: HTMLInputElement}} event */
  function reach(event) {
    if (!event.target.matches(":focus-visible")) return;
    app.reveal({ kind: "suggestion", id: candidateOf(event) });
  }

  scene.subscribe((changed) => {
    if (["project", "current", "predictions", "view", "settings"].some(hasOf(changed))) render();
  });
  app.onPage((changed) => {
    if (changed === "display") render();
    if (changed === "focus") markFocus();
  });

  function markFocus() {
    const target = focused(app);
    for (const row of /** @type {Iterable<HTMLElement>} */ (list.children)) {
      const on = target?.kind === "suggestion" && row.dataset.key === String(target.id);
      if (on === row.hasAttribute("data-focus")) continue;
      setAttribute(row, "data-focus", on);
      if (on) row.scrollIntoView({ block: "nearest" });
    }
  }

  render();
}

/** @param {Event} event within a row */
function candidateOf({ target }) {
  return Number(/** @type {HTMLElement} */ (target).closest("li")?.dataset.key);
}

/** @param {Set<string>} changed */
function hasOf(changed) {
  return (/** @type {string} */ key) => changed.has(key);
}

/** @param {SuggestionShape} shape */
function nameOf(shape) {
  const marks = marksTitle(shape);
  return `${shape.tag.name} ${scoreText(shape.score)}${marks && `, ${marks}`}`;
}

/** @param {SuggestionShape} shape */
function marksTitle({ disagrees, other }) {
  return [
    disagrees ? "annotated with another tag" : "",
    other ? `or ${other.tag.name} ${scoreText(other.score)}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}
