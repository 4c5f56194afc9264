/**
 * The project's tags: key, colour, name, and how many shapes of this image carry each. A press gives
 * the focused shape the tag; tags are added, changed and deleted here.
 *
 * @module
 */

import { suggestionShapes } from "../canvas/shapes.js";
import { attempt } from "../shared/attempt.js";
import { setTag } from "./actions.js";
import { afterPaint } from "./after-paint.js";
import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";
import { keepOneTabStop, moveByArrows, syncRows } from "./keyed-list.js";
import { createTagForm } from "./tag-form.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Tag} Tag */
/** @typedef {{tag: Tag, annotations: number, suggestions: number}} TagCount */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {() => void} focusCanvas
 */
export function createTagList(app, root, focusCanvas) {
  const { scene } = app;
  const list = element("ul", { class: "rows tags", role: "list", "aria-label": "Tags" });
  const adding = createAddForm(app);
  const empty = element(
    "p",
    { class: "empty" },
    "None yet. Add one here, or draw: it asks for one.",
  );
  root.append(
    element(
      "header",
      { class: "columns" },
      element("h2", {}, "Tags"),
      adding.button,
      element("span", { title: "Suggestions shown on this image" }, "suggested"),
      element("span", { title: "Annotations on this image" }, "annotated"),
    ),
    adding.form,
    element("div", { class: "scroller" }, list, empty),
  );
  moveByArrows(list);

  function render() {
    const { tags, tagById, current } = scene.state;
    const annotations = countByTag(current?.annotations.map(({ tagId }) => tagId) ?? []);
    const suggestions = countByTag(suggestionShapes(current, tagById).map(({ tag }) => tag.id));
    const counts = tags.map((tag) => ({
      tag,
      annotations: annotations.get(tag.id) ?? 0,
      suggestions: suggestions.get(tag.id) ?? 0,
    }));
    syncRows(list, counts, {
      key: ({ tag }) => tag.id,
      create: ({ tag }) => createRow(app, tag.id),
      update: updateRow,
      onFocusLost: focusCanvas,
    });
    keepOneTabStop(list);
    empty.hidden = tags.length > 0;
  }

  const renderSoon = afterPaint(render);
  scene.subscribe((changed) => {
    const keys = /** @type {const} */ (["project", "current", "annotations", "view", "settings"]);
    if (keys.some((key) => changed.has(key))) renderSoon();
  });
  render();
}

/** @param {App} app */
function createAddForm(app) {
  const name = element("input", {
    type: "text",
    maxlength: 80,
    placeholder: "Name of the new tag",
    "aria-label": "Name of the new tag",
  });
  const form = element(
    "form",
    { class: "tag-form tag-fields", "aria-label": "Add tag", hidden: true },
    name,
    element("button", { type: "submit", class: "button" }, "Add"),
  );
  const button = element(
    "button",
    {
      type: "button",
      class: "icon-button add-tag",
      "data-writes": "",
      "aria-label": "Add tag",
      "aria-expanded": "false",
      title: "Add tag",
      onclick: () => open(form.hidden === true),
    },
    icon("add"),
  );

  /** @param {boolean} shown */
  function open(shown) {
    form.hidden = !shown;
    setAttribute(button, "aria-expanded", String(shown));
    if (shown) name.focus();
  }
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(false);
    button.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const accepted = await attempt(app, { type: "add-tag", name: name.value, color: null });
    if (accepted) name.value = "";
    name.focus();
  });
  return { button, form };
}

/** @param {App} app @param {string} id @returns {HTMLElement} */
function createRow(app, id) {
  const row = element("li", {});
  const main = element(
    "button",
    {
      type: "button",
      class: "row",
      "data-row-control": "",
      onclick: () => setTag(app, id),
    },
    element("span", { class: "tag-key", "aria-hidden": "true" }),
    element("span", { class: "dot" }),
    element("span", { class: "row-name" }),
    element("span", { class: "visually-hidden" }),
    element("span", { class: "number", "data-kind": "suggested", "aria-hidden": "true" }),
    element("span", { class: "number", "data-kind": "annotated", "aria-hidden": "true" }),
  );
  const change = element(
    "button",
    {
      type: "button",
      class: "icon-button row-action",
      "data-writes": "",
      tabindex: -1,
      "aria-expanded": "false",
      onclick: () => toggle(),
    },
    icon("edit"),
  );
  main.addEventListener("keydown", (event) => {
    if (event.key === "F2") toggle();
  });
  row.append(element("div", { class: "row-line" }, main, change));

  function toggle() {
    const open = row.querySelector("form");
    const tag = app.scene.state.tagById.get(id);
    setAttribute(change, "aria-expanded", String(!open));
    if (open) {
      open.remove();
      main.focus();
    } else if (tag) {
      row.append(createTagForm(app, tag, toggle));
      /** @type {HTMLInputElement} */ (row.querySelector("input[type=text]"))?.select();
    }
  }
  return row;
}

/** @param {HTMLElement} row @param {TagCount} count */
function updateRow(row, { tag, annotations, suggestions }) {
  const [main, key, dot, name, told, suggested, annotated, change] = /** @type {HTMLElement[]} */ ([
    ...row.querySelectorAll(
      ".row, .tag-key, .dot, .row-name, .row .visually-hidden, .number, .row-action",
    ),
  ]);
  const counts = [
    annotations > 0 && `${annotations} annotated`,
    suggestions > 0 && `${suggestions} suggested`,
  ].filter(Boolean);
  main.title = [
    `${tag.name}: a press gives it to the focused shape, F2 changes it`,
    ...counts,
  ].join(", ");
  setText(key, tag.key ?? "");
  setAttribute(main, "aria-keyshortcuts", tag.key);
  dot.style.setProperty("--tag", tag.color);
  setText(name, tag.name);
  setText(told, counts.length > 0 ? `: ${counts.join(", ")}` : "");
  fillCount(suggested, suggestions);
  fillCount(annotated, annotations);
  setAttribute(change, "aria-label", `Change ${tag.name}`);
  change.title = `Change ${tag.name} (F2)`;
}

/** @param {HTMLElement} cell @param {number} count */
function fillCount(cell, count) {
  setText(cell, count > 0 ? String(count) : "·");
  setAttribute(cell, "data-none", count === 0);
}

/**
 * @param {readonly string[]} tagIds
 * @returns {Map<string, number>}
 */
function countByTag(tagIds) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const id of tagIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
