/**
 * The suggestions as a list of checkboxes: the keyboard's and the screen reader's way to what the
 * canvas shows.
 *
 * @module
 */

import { kindWord, scoreText, suggestionShapes } from "../canvas/shapes.js";
import { focused } from "../shared/focus.js";
import { compareReadingOrder } from "../shared/geometry.js";
import { send } from "./actions.js";
import { afterPaint } from "./after-paint.js";
import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { keepOneTabStop, moveByArrows, syncRows } from "./keyed-list.js";
import { kindMarks } from "./kind-marks.js";
import { emptyReason } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../canvas/shapes.js").SuggestionShape} SuggestionShape */

/** What the list and its empty state are made from. */
const LIST_KEYS = /** @type {const} */ ([
  "project",
  "current",
  "predictions",
  "view",
  "settings",
  "assist",
]);

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

  /** What was ticked and unticked and has no answer yet, by candidate: until then a row shows the wish. */
  /** @type {Map<number, boolean>} */
  const wished = new Map();

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
    markFocus();
    setText(count, String(shapes.length));
    setText(order, app.listOrder === "score" ? "by score" : "by position");
    order.title = app.listOrder === "score" ? "Sort by position" : "Sort by score";
    order.hidden = shapes.length === 0;
    setAttribute(order, "aria-label", `Sorted ${order.textContent}, change`);
    setText(empty, shapes.length === 0 ? emptyReason(scene.state) : "");
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
          "data-writes": "",
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
    const text = nameOf(shape);
    const selected = wished.get(shape.id) ?? shape.selected;
    const shown = `${selected} ${shape.tag.color} ${text}`;
    if (row.dataset.shown === shown) return;
    row.dataset.shown = shown;
    const [box, dot, name, marks, number] = /** @type {HTMLElement[]} */ ([
      ...row.querySelectorAll("input, .dot, .row-name, .row-marks, .number"),
    ]);
    /** @type {HTMLInputElement} */ (box).checked = selected;
    setAttribute(box, "aria-label", text);
    dot.style.setProperty("--tag", shape.tag.color);
    setText(name, shape.tag.name);
    setText(number, scoreText(shape.score));
    marks.title = marksTitle(shape);
    marks.replaceChildren(
      ...kindMarks(shape.outline),
      ...(shape.edited ? [icon("edit")] : []),
      ...(shape.disagrees ? [icon("disagree")] : []),
      ...(shape.other ? [icon("readings")] : []),
    );
  }

  /** @param {Event} event */
  function hover(event) {
    app.setHover({ kind: "suggestion", id: candidateOf(event) });
  }

  /** @param {Event & {target: HTMLInputElement}} event */
  async function select(event) {
    const assetId = scene.state.current?.id;
    if (!assetId) return;
    const id = candidateOf(event);
    const on = event.target.checked;
    wished.set(id, on);
    event.target.closest("li")?.removeAttribute("data-shown");
    const mode = on ? "add" : "remove";
    await send(app, { type: "select", assetId, candidates: [id], mode });
    if (wished.get(id) === on) wished.delete(id);
    // The row shows what the session answered, which may be a refusal.
    renderSoon();
  }

  /** @param {Event & {target: HTMLInputElement}} event */
  function reach(event) {
    if (!event.target.matches(":focus-visible")) return;
    app.reveal({ kind: "suggestion", id: candidateOf(event) });
  }

  const renderSoon = afterPaint(render);
  scene.subscribe((changed) => {
    if (changed.has("current")) wished.clear();
    if (LIST_KEYS.some((key) => changed.has(key))) renderSoon();
  });
  app.onPage((changed) => {
    if (changed === "display") renderSoon();
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

/** @param {SuggestionShape} shape */
function nameOf(shape) {
  const marks = marksTitle(shape);
  return `${shape.tag.name} ${scoreText(shape.score)}${marks && `, ${marks}`}`;
}

/** @param {SuggestionShape} shape */
function marksTitle({ disagrees, other, edited, outline }) {
  return [
    kindWord(outline),
    edited ? "edited" : "",
    disagrees ? "annotated with another tag" : "",
    other ? `or ${other.tag.name} ${scoreText(other.score)}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}
