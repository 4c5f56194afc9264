/**
 * What an import would do, and the choices that are left to the person.
 *
 * @module
 */

import { counted } from "../shared/counted.js";
import { element, setAttribute, setText } from "./element.js";
import { createChoices } from "./import-choices.js";
import { createClasses } from "./import-classes.js";
import { details, names } from "./import-details.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/label-import.js").ImportState} ImportState */
/** @typedef {import("../scene/label-import.js").ImportPreview} ImportPreview */
/** @typedef {import("../scene/label-import.js").LabelProblem} LabelProblem */
/** @typedef {import("../scene/label-run.js").ImportChoices} ImportChoices */

/**
 * @param {App} app
 * @param {{ start: (choices: ImportChoices) => void }} parts
 */
export function createPreview(app, { start }) {
  const { labelImport } = app;
  const heading = element("h3", { tabindex: -1 });
  const format = createFormat((name) => labelImport.choose(name));
  const facts = element("ul", { class: "import-facts" });
  const classes = createClasses();
  const choices = createChoices();
  const submit = element("button", { type: "submit", class: "button strong large" }, "Import");
  const why = element("span", { class: "faint", id: "import-why-not" });
  const form = element(
    "form",
    { class: "import-form", onsubmit: onSubmit },
    classes.element,
    choices.element,
    element("div", { class: "form-end" }, why, submit),
  );
  const body = element("div", { class: "import-body" }, facts, form);
  const root = element("section", { class: "import-preview" }, heading, format.element, body);
  /** @type {ImportPreview | null} */
  let shown = null;

  /** @param {SubmitEvent} event */
  function onSubmit(event) {
    event.preventDefault();
    if (submit.ariaDisabled !== "true") start({ ...choices.read(), tags: classes.read() });
  }

  function judge() {
    const refusal = shown && (choices.refusal(shown) ?? refusalOf(shown));
    setText(why, refusal ?? "");
    setAttribute(submit, "aria-disabled", refusal ? "true" : null);
    setAttribute(submit, "aria-describedby", refusal ? why.id : null);
  }
  form.addEventListener("change", judge);

  return {
    element: root,

    /** The heading takes the focus: what is read next is what was found. */
    focus: () => heading.focus(),

    /** @param {ImportState} state */
    show(state) {
      const { phase, preview, source } = state;
      root.hidden = phase !== "preview" && !(phase === "refused" && state.formats.length > 1);
      body.hidden = phase !== "preview";
      if (root.hidden) return;
      setText(heading, source);
      format.show(state);
      if (!preview || preview === shown) return;
      shown = preview;
      facts.replaceChildren(...factsOf(preview, () => labelImport.addImages()));
      classes.show(preview.classes, app.scene.state.tags);
      choices.show(preview);
      judge();
    },
  };
}

/** @param {(name: string) => void} choose */
function createFormat(choose) {
  const select = element("select", { onchange: () => choose(select.value) });
  const label = element("label", { class: "line" }, "Read as", select);
  const evidence = element("p", { class: "faint" });
  return {
    element: element("div", { class: "import-format" }, label, evidence),
    /** @param {ImportState} state */
    show({ formats, format }) {
      const found = formats.find(({ name }) => name === format);
      const wanted = formats.map(({ name }) => name).join();
      if (select.dataset.formats !== wanted) {
        select.dataset.formats = wanted;
        select.replaceChildren(
          ...formats.map(({ name, title }) => element("option", { value: name }, title)),
        );
      }
      select.value = format ?? "";
      label.hidden = formats.length < 2;
      const told = found?.evidence ?? "";
      setText(evidence, label.hidden && found ? `${found.title}: ${told}` : told);
    },
  };
}

/**
 * @param {ImportPreview} preview
 * @returns {string | null} why there is nothing to import
 */
function refusalOf({ matched, unmatched }) {
  if (matched > 0) return null;
  return unmatched.along.length > 0
    ? "Add the images first"
    : "None of the images is in this project";
}

/**
 * @param {ImportPreview} preview
 * @param {() => void} addImages
 * @returns {HTMLElement[]}
 */
function factsOf(preview, addImages) {
  const { images, matched, empty, unmatched, already } = preview;
  const matching = `${matched.toLocaleString("en")} of ${counted(images, "images")} in the files ${matched === 1 ? "is" : "are"} in this project`;
  const facts = [
    fact(matching, empty > 0 && `, ${empty.toLocaleString("en")} with nothing on them`),
    unmatched.count > 0 && unmatchedFact(unmatched, addImages),
    matched > 0 && fact(shapesText(preview)),
    already.annotations > 0 &&
      fact(
        `${counted(already.images, "images")} of them ${already.images === 1 ? "has" : "have"} ${counted(already.annotations, "annotations")} already`,
      ),
    preview.problemCount > 0 && problemsFact(preview),
  ];
  return facts.filter((one) => one !== false);
}

/** @param {...(string | false | Node)} parts */
function fact(...parts) {
  return element("li", {}, ...parts);
}

/** @param {ImportPreview} preview */
function shapesText({ shapes, scored }) {
  const { boxes, rotatedBoxes, polygons, keypoints, wholeImages } = shapes;
  const kinds = [
    boxes > 0 && counted(boxes, "boxes"),
    rotatedBoxes > 0 && counted(rotatedBoxes, "rotated boxes"),
    polygons > 0 && counted(polygons, "polygons"),
    keypoints > 0 && `${counted(keypoints, "shapes")} with keypoints`,
    wholeImages > 0 && counted(wholeImages, "whole images"),
  ].filter(Boolean);
  const scores = scored > 0 ? `, ${scored.toLocaleString("en")} with a score` : "";
  return kinds.length > 0 ? `${kinds.join(", ")}${scores}` : "No shapes on them";
}

/**
 * @param {ImportPreview["unmatched"]} unmatched
 * @param {() => void} addImages
 */
function unmatchedFact({ count, names: first, along }, addImages) {
  const text = `${counted(count, "images")} ${count === 1 ? "is" : "are"} not in this project`;
  const add =
    along.length > 0 &&
    element(
      "button",
      { type: "button", class: "button", "data-writes": "", onclick: addImages },
      along.length === 1
        ? "Add the image that came with them"
        : `Add the ${counted(along.length, "images")} that came with them`,
    );
  return fact(details(text, names(first, count)), add);
}

/** @param {ImportPreview} preview */
function problemsFact({ problems, problemCount }) {
  const told = problems.map(problemText);
  return element(
    "li",
    { class: "import-problems" },
    details(counted(problemCount, "problems"), names(told, problemCount)),
  );
}

/** @param {LabelProblem} problem */
function problemText({ path, line, text, leftOut }) {
  const where = line === null ? path : `${path}, line ${line.toLocaleString("en")}`;
  const what = leftOut === "nothing" ? "" : ` (${leftOut} left out)`;
  return `${where}: ${text}${what}`;
}
