/**
 * The project's tags: colour, name, and how many shapes of this image carry each.
 *
 * @module
 */

import { suggestionShapes } from "../canvas/shapes.js";
import { afterPaint } from "./after-paint.js";
import { element } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Tag} Tag */

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createTagList(app, root) {
  const { scene } = app;
  const list = element("ul", { class: "rows tags", role: "list", "aria-label": "Tags" });
  root.append(
    element(
      "header",
      { class: "columns" },
      element("h2", {}, "Tags"),
      element("span", { title: "Suggestions shown on this image" }, "suggested"),
      element("span", { title: "Annotations on this image" }, "annotated"),
    ),
    element("div", { class: "scroller" }, list),
  );

  function render() {
    const { tags, tagById, current } = scene.state;
    const annotations = countByTag(current?.annotations.map(({ tagId }) => tagId) ?? []);
    const suggestions = countByTag(suggestionShapes(current, tagById).map(({ tag }) => tag.id));
    list.replaceChildren(
      ...tags.map((tag) => tagRow(tag, annotations.get(tag.id) ?? 0, suggestions.get(tag.id) ?? 0)),
    );
  }

  const renderSoon = afterPaint(render);
  scene.subscribe((changed) => {
    const keys = /** @type {const} */ (["project", "current", "annotations", "view", "settings"]);
    if (keys.some((key) => changed.has(key))) renderSoon();
  });
  render();
}

/**
 * @param {Tag} tag
 * @param {number} annotations
 * @param {number} suggestions
 */
function tagRow(tag, annotations, suggestions) {
  const counts = [
    annotations > 0 && `${annotations} annotated`,
    suggestions > 0 && `${suggestions} suggested`,
  ].filter(Boolean);
  return element(
    "li",
    { class: "row", title: counts.join(", ") },
    element("span", { class: "tag-key", "aria-hidden": "true" }, tag.key ?? ""),
    element("span", { class: "dot", "--tag": tag.color }),
    element("span", { class: "row-name" }, tag.name),
    element(
      "span",
      { class: "visually-hidden" },
      counts.length > 0 ? `: ${counts.join(", ")}` : "",
    ),
    countCell(suggestions, "suggested"),
    countCell(annotations, "annotated"),
  );
}

/**
 * @param {number} count
 * @param {string} kind
 */
function countCell(count, kind) {
  const text = count > 0 ? String(count) : "·";
  const attributes = { class: "number", "data-kind": kind, "data-none": count === 0 };
  return element("span", { ...attributes, "aria-hidden": "true" }, text);
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
