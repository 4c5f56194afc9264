/**
 * The annotations of the current image as a list, with where each came from.
 *
 * @module
 */

import { annotationShapes, kindWord, scoreText } from "../canvas/shapes.js";
import { focused } from "../shared/focus.js";
import { deleteAnnotation } from "./actions.js";
import { afterPaint } from "./after-paint.js";
import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { keepOneTabStop, moveByArrows, syncRows } from "./keyed-list.js";
import { kindMarks } from "./kind-marks.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../canvas/shapes.js").AnnotationShape} AnnotationShape */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {() => void} focusCanvas
 */
export function createAnnotationList(app, root, focusCanvas) {
  const { scene } = app;
  const count = element("span", { class: "count" });
  const list = element("ul", { class: "rows", role: "list", "aria-label": "Annotations" });
  const empty = element("p", { class: "empty" }, "None yet. What you commit is listed here.");
  root.append(
    element("header", {}, element("h2", {}, "Annotations"), count),
    element("div", { class: "scroller" }, list, empty),
  );
  moveByArrows(list);

  function render() {
    const shapes = annotationShapes(scene.state.current, scene.state.tagById);
    syncRows(list, shapes, {
      key: (shape) => shape.id,
      create: (shape) => createRow(shape.id),
      update: updateRow,
      onFocusLost: focusCanvas,
    });
    keepOneTabStop(list);
    setText(count, String(shapes.length));
    empty.hidden = shapes.length > 0;
  }

  /** @param {string} id */
  function createRow(id) {
    const main = element(
      "button",
      {
        type: "button",
        class: "row",
        "data-row-control": "",
        onclick: () => app.reveal({ kind: "annotation", id }),
        onfocus: () => {
          if (main.matches(":focus-visible")) app.reveal({ kind: "annotation", id });
        },
      },
      element("span", { class: "dot" }),
      element("span", { class: "row-name" }),
      element("span", { class: "row-marks" }),
      element("span", { class: "row-origin" }),
      element("span", { class: "number" }),
    );
    const remove = element(
      "button",
      {
        type: "button",
        class: "icon-button row-action",
        "data-writes": "",
        tabindex: -1,
        title: "Delete (Del)",
        onclick: () => deleteAnnotation(app, id),
      },
      icon("delete"),
    );
    return element(
      "li",
      {
        onpointerenter: () => app.setHover({ kind: "annotation", id }),
        onpointerleave: () => app.setHover(null),
      },
      main,
      remove,
    );
  }

  /** @param {HTMLElement} row @param {AnnotationShape} shape */
  function updateRow(row, shape) {
    const [dot, name, marks, origin, number, remove] = /** @type {HTMLElement[]} */ ([
      ...row.querySelectorAll(".dot, .row-name, .row-marks, .row-origin, .number, .row-action"),
    ]);
    const { annotation, tag } = shape;
    const from = originText(annotation);
    const score = annotation.score === null ? "" : scoreText(annotation.score);
    dot.style.setProperty("--tag", tag.color);
    setText(name, tag.name);
    showMarks(marks, shape);
    setText(origin, from);
    setText(number, score);
    setAttribute(remove, "aria-label", `Delete ${tag.name}`);
    setAttribute(row, "data-focus", isFocused(row.dataset.key));
  }

  /** @param {string|undefined} id */
  function isFocused(id) {
    const target = focused(app);
    return target?.kind === "annotation" && target.id === id;
  }

  const renderSoon = afterPaint(render);
  scene.subscribe((changed) => {
    if (changed.has("annotations") || changed.has("current") || changed.has("settings"))
      renderSoon();
  });
  app.onPage((changed) => {
    if (changed !== "focus") return;
    for (const row of /** @type {Iterable<HTMLElement>} */ (list.children)) {
      setAttribute(row, "data-focus", isFocused(row.dataset.key));
    }
  });
  render();
}

/** @param {HTMLElement} marks @param {AnnotationShape} shape */
function showMarks(marks, { outline, annotation }) {
  const edited = annotation.origin === "model" && annotation.edited;
  const words = [kindWord(outline), edited ? "edited" : ""].filter(Boolean).join(", ");
  if (marks.dataset.words === words) return;
  marks.dataset.words = words;
  marks.title = words;
  marks.replaceChildren(
    ...kindMarks(outline),
    ...(edited ? [icon("edit")] : []),
    ...(words ? [element("span", { class: "visually-hidden" }, words)] : []),
  );
}

/** @param {import("../scene/types.js").Annotation} annotation */
function originText({ origin, iteration }) {
  if (origin === "hand") return "by hand";
  if (origin === "import") return "imported";
  return `model v${iteration ?? "?"}`;
}
