/**
 * How labels are imported: as what, beside or in place of what is there, and what that says of the images.
 *
 * @module
 */

import { counted } from "../shared/counted.js";
import { element, setText } from "./element.js";

/** @typedef {import("../scene/label-import.js").ImportPreview} ImportPreview */
/** @typedef {import("../scene/label-run.js").ImportChoices} ImportChoices */

/** @typedef {Omit<ImportChoices, "tags">} Choices */

export function createChoices() {
  const as = radios("Import as", "as", [
    ["annotations", "Annotations", "They count as labels, as if they had been drawn here."],
    [
      "suggestions",
      "Suggestions",
      "They are shown in grey, with their scores; you commit what is right.",
    ],
  ]);
  const mode = radios("What is on these images already", "mode", [
    ["merge", "Keep it", "New shapes are added; what is there already is not added again."],
    ["replace", "Replace it", "Annotations of these images are removed first."],
  ]);
  const state = element("select", { name: "labelState" });
  const stateLine = element("label", { class: "line" }, "These images are then", state);
  const agree = element("input", { type: "checkbox", name: "agree" });
  const agreeText = element("span", {});
  const agreeLine = element("label", { class: "line import-agree" }, agree, agreeText);
  const note = element("p", { class: "faint" });
  const root = element(
    "div",
    { class: "import-choices" },
    as.element,
    mode.element,
    stateLine,
    note,
    agreeLine,
  );
  let hasAnnotations = false;
  let beyondCap = 0;

  function adapt() {
    const suggested = as.read() === "suggestions";
    mode.element.hidden = suggested || !hasAnnotations;
    stateLine.hidden = suggested;
    note.hidden = !suggested || beyondCap === 0;
  }
  as.element.addEventListener("change", adapt);

  return {
    element: root,

    /** @param {ImportPreview} preview */
    show(preview) {
      hasAnnotations = preview.already.annotations > 0;
      beyondCap = preview.beyondCap;
      as.write(isUnseen(preview) ? "suggestions" : "annotations");
      mode.write("merge");
      state.replaceChildren(...states(preview.tellsStates));
      agree.checked = false;
      agreeLine.hidden = preview.leftOut === 0;
      setText(agreeText, agreementText(preview));
      setText(
        note,
        `${counted(beyondCap, "images")} with more than 300 shapes: the 300 with the best scores are taken.`,
      );
      adapt();
    },

    /** @returns {Choices} */
    read: () => ({
      as: as.read(),
      mode: mode.element.hidden ? "merge" : mode.read(),
      labelState: /** @type {Choices["labelState"]} */ (state.value),
    }),

    /**
     * @param {ImportPreview} preview
     * @returns {string | null} what must be chosen first
     */
    refusal: ({ leftOut }) =>
      leftOut > 0 && !agree.checked ? "Some of it cannot be imported: agree above" : null,
  };
}

/** @param {boolean} told whether the files tell states */
function states(told) {
  const options = [
    element("option", { value: "labelled" }, "Labelled"),
    element("option", { value: "started" }, "Started"),
  ];
  const asFile = element("option", { value: "as-file" }, "As in the files");
  return told ? [asFile, ...options] : options;
}

/**
 * Where a model scored every shape, and no person's word on the images comes along, nobody has looked at them yet.
 * @param {ImportPreview} preview
 */
function isUnseen({ shapes, scored, tellsStates }) {
  return scored > 0 && scored === shapeCount(shapes) && !tellsStates;
}

/** @param {ImportPreview["shapes"]} shapes */
function shapeCount({ boxes, rotatedBoxes, polygons }) {
  return boxes + rotatedBoxes + polygons;
}

/** @param {ImportPreview} preview */
function agreementText({ shapes, leftOut }) {
  const good = shapeCount(shapes);
  return `Import the ${counted(good, "good shapes")} although ${counted(leftOut, "problems")} left something out`;
}

/**
 * @template {string} T
 * @param {string} legend
 * @param {string} name
 * @param {readonly (readonly [T, string, string])[]} options value, name, what it means
 */
function radios(legend, name, options) {
  const inputs = options.map(([value]) => element("input", { type: "radio", name, value }));
  const root = element(
    "fieldset",
    {},
    element("legend", {}, legend),
    ...options.map(([, text, meaning], at) =>
      element(
        "label",
        {},
        inputs[at],
        element(
          "span",
          {},
          element("span", {}, text),
          element("span", { class: "faint" }, meaning),
        ),
      ),
    ),
  );
  return {
    element: root,
    /** @returns {T} */
    read: () => /** @type {T} */ (inputs.find(({ checked }) => checked)?.value ?? options[0][0]),
    /** @param {T} value */
    write(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}
