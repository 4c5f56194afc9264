/**
 * Which tag each class of the active predictor becomes. Classes without one are counted; a press
 * makes the tag that is missing, or all of them.
 *
 * @module
 */

import { send } from "./actions.js";
import { element } from "./element.js";
import { createMissingTags } from "./missing-tags.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").PredictorClass} PredictorClass */
/** @typedef {import("../scene/types.js").PredictorRow} PredictorRow */

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createClassMapping(app, root) {
  const { scene } = app;
  const body = element("tbody", {});
  const table = element(
    "div",
    { class: "mapping", tabindex: 0, role: "group", "aria-label": "Classes and tags" },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element("tr", {}, ...["Class of the model", "Tag of the project"].map(columnHead)),
      ),
      body,
    ),
  );
  const missing = createMissingTags(app, () => table.focus());
  root.append(
    element("h3", {}, "Classes and tags"),
    element(
      "p",
      { class: "faint" },
      "What the model calls a thing, and the tag that it gets here.",
    ),
    missing.line,
    table,
  );
  let builtFor = "";

  /** @param {PredictorRow} predictor @param {PredictorClass} one */
  function mappingRow(predictor, one) {
    const select = element(
      "select",
      {
        "aria-label": `Tag for ${one.name}`,
        "data-writes": "",
        onchange: () =>
          send(app, {
            type: "map-class",
            predictorId: predictor.id,
            classId: one.id,
            tagId: select.value || null,
          }),
      },
      element("option", { value: "" }, "not used"),
      ...scene.state.tags.map(({ id, name }) => element("option", { value: id }, name)),
    );
    select.value = one.tagId ?? "";
    const make = element(
      "button",
      {
        type: "button",
        class: "text-button",
        "data-writes": "",
        "aria-label": `Make tag ${one.name}`,
        onclick: () =>
          send(app, { type: "make-tags", predictorId: predictor.id, classIds: [one.id] }),
      },
      "Make tag",
    );
    make.hidden = one.tagId !== null;
    const color = scene.state.tagById.get(one.tagId ?? "")?.color ?? "transparent";
    return element(
      "tr",
      { "data-class": one.id },
      element("th", { scope: "row" }, one.name),
      element("td", {}, element("span", { class: "dot", "--tag": color }), select, make),
    );
  }

  function render() {
    const { activePredictor: predictor, tags } = scene.state;
    if (!predictor) return;
    missing.render();
    const wanted = JSON.stringify([predictor.id, predictor.classes, tags]);
    if (wanted === builtFor) return;
    builtFor = wanted;
    const focusedClass = document.activeElement
      ?.closest("[data-class]")
      ?.getAttribute("data-class");
    body.replaceChildren(...predictor.classes.map((one) => mappingRow(predictor, one)));
    const again = body.querySelector(`[data-class="${CSS.escape(focusedClass ?? "none")}"] select`);
    if (again instanceof HTMLElement) again.focus();
  }

  scene.subscribe((changed) => {
    if (changed.has("project") || changed.has("settings")) render();
  });
  render();
}

/** @param {string} text */
function columnHead(text) {
  return element("th", { scope: "col" }, text);
}
