/**
 * What a screen reader is told of the canvas, where nothing else in the document says it: the image, how
 * many suggestions are shown, the shape that a key has reached, the tool. Told after a rest, so that of a
 * held key or a drag only the last is.
 *
 * @module
 */

import { annotationShapes, kindWord, scoreText, suggestionShapes } from "../canvas/shapes.js";
import { count, stateText } from "./asset-words.js";
import { element, setText } from "./element.js";
import { toolName } from "./tool-bar.js";

/** @typedef {import("../scene/types.js").App} App */

/** Longer than a key repeats, shorter than a person waits. */
const REST_MS = 400;

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function tellCanvas(app, root) {
  const told = element("p", { class: "visually-hidden", "aria-live": "polite" });
  root.append(told);
  let before = ["", "", "", toolName(app.tool.id)];
  let resting = 0;

  function tell() {
    const now = [imageText(app), shownText(app), focusText(app), toolName(app.tool.id)];
    const news = now.filter((text, place) => text !== "" && text !== before[place]);
    before = now;
    if (news.length > 0) setText(told, news.join(". "));
  }
  function tellSoon() {
    clearTimeout(resting);
    resting = setTimeout(tell, REST_MS);
  }
  app.scene.subscribe((changed) => {
    if (changed.has("current") || changed.has("view") || changed.has("project")) tellSoon();
  });
  app.onPage((changed) => {
    if (["painted", "display", "focus", "tool"].includes(changed)) tellSoon();
  });
}

/** @param {App} app */
function imageText({ scene }) {
  const { current, workList } = scene.state;
  if (!current) return "";
  const place = workList.assetIds.indexOf(current.id) + 1;
  return `${current.row.name}, ${place} of ${workList.assetIds.length}, ${stateText(current.row)}`;
}

/** @param {App} app */
function shownText({ scene, display, painted }) {
  const { id, view } = scene.state.current ?? {};
  if (!display.shapes) return "Shapes are hidden";
  if (view?.prediction === "failed") return "The prediction failed";
  if (view?.prediction !== "ready" || painted.assetId !== id) return "";
  return view.shown
    ? `${count(painted.candidates.length, "suggestion")} shown`
    : "Suggestions are hidden";
}

/** @param {App} app */
function focusText({ scene, focus }) {
  const { current, tagById } = scene.state;
  if (!focus) return "";
  if (focus.kind === "annotation") {
    const shapes = annotationShapes(current, tagById);
    const at = shapes.findIndex(({ id }) => id === focus.id);
    if (at === -1) return "";
    return `Annotation ${at + 1} of ${shapes.length}: ${shapes[at].tag.name}${kindText(shapes[at])}`;
  }
  const shapes = suggestionShapes(current, tagById);
  const at = shapes.findIndex(({ id }) => id === focus.id);
  if (at === -1) return "";
  const { tag, score, selected } = shapes[at];
  const kind = kindText(shapes[at]);
  const place = `Suggestion ${at + 1} of ${shapes.length}`;
  return `${place}: ${tag.name} ${scoreText(score)}${kind}${selected ? ", selected" : ""}`;
}

/** @param {import("../canvas/shapes.js").Shape} shape */
function kindText({ outline }) {
  const kind = kindWord(outline);
  return kind && `, ${kind}`;
}
