/**
 * What a person says of a model that no family knows: how images are given to it, and where in its outputs the boxes,
 * their scores and their classes are (`py/twoclick/models/description.py` says what each field means).
 *
 * @module
 */

import { choiceField, numberField, partField } from "./description-fields.js";
import { element } from "./element.js";

/** @typedef {import("../scene/trials.js").OutputLook} OutputLook */
/** @typedef {import("./description-fields.js").Options} Options */
/** @typedef {Record<string, any>} Description */

const MOST_SIDE = 4096;
const MOST_CLASSES = 10_000;

/** @type {Options} */
const FORMS = [
  ["xyxy", "two corners: x, y, x, y"],
  ["yxyx", "two corners: y, x, y, x"],
  ["xywh", "corner, width, height"],
  ["cxcywh", "centre, width, height"],
];
/** @type {Options} */
const UNITS = [
  ["input pixels", "pixels of the input"],
  ["input shares", "0 to 1 of the input"],
  ["image pixels", "pixels of the image"],
];
/** @type {Options} */
const SCORINGS = [
  ["one", "one score"],
  ["per class", "one for each class"],
];
/** @type {Options} */
const ACTIVATIONS = [
  ["none", "from 0 to 1"],
  ["sigmoid", "before the sigmoid"],
  ["softmax", "before the softmax"],
];
/** @type {Options} */
const BACKGROUNDS = [
  ["none", "no class"],
  ["first", "the first class"],
  ["last", "the last class"],
];
/** @type {Options} */
const NUMBERS = [
  ["0..1", "from 0 to 1"],
  ["0..255", "from 0 to 255"],
  ["-1..1", "from -1 to 1"],
  ["ImageNet", "ImageNet's mean and deviation"],
];
/** @type {Options} */
const COLOURS = [
  ["RGB", "red, green, blue"],
  ["BGR", "blue, green, red"],
];
/** @type {Options} */
const PLACES = [
  ["centred", "in the middle, with borders"],
  ["top left", "at the top left, with borders"],
  ["stretched", "stretched over all of it"],
];
/** @type {Options} */
const FITTED = [["fitted", "on an input of its own proportions"]];

/**
 * @param {{
 *   outputs: readonly string[],
 *   image: { width: number | null, height: number | null, planes: number, dtype: string },
 *   arrangement: (output: string) => string,
 *   columnsOf: (output: string) => number | null,
 *   onChange: () => void,
 * }} model `image`: its input, null for sides that may be any; `arrangement` of an output: rows, columns or list;
 *   `columnsOf`: how many numbers it has for each object, if that is known
 */
export function createDescriptionForm({ outputs, image, arrangement, columnsOf, onChange }) {
  const hasColumns = (/** @type {string} */ output) => arrangement(output) !== "list";
  const part = (/** @type {string} */ label, /** @type {string} */ nowhere = "") =>
    partField(label, outputs, { nowhere, hasColumns });
  const free = image.width === null && image.height === null;
  const side = { least: 1, most: MOST_SIDE };
  const fields = {
    boxes: part("Boxes are in"),
    form: choiceField("Four numbers are", FORMS),
    unit: choiceField("They count", UNITS),
    count: part("How many there are", "all that are told"),
    scores: part("Scores are in"),
    scoring: choiceField("Each object has", SCORINGS),
    activation: choiceField("They are", ACTIVATIONS),
    objectness: part("Multiplied with", "nothing"),
    classes: part("Class numbers are in", "nothing: one class"),
    classCount: numberField("How many classes", { least: 1, most: MOST_CLASSES }),
    background: choiceField("No object is", BACKGROUNDS),
    placed: choiceField("The image lies", free ? [...FITTED, ...PLACES] : PLACES),
    channels: choiceField("Colours are", COLOURS),
    numbers: choiceField("Numbers are", NUMBERS),
    longest: numberField("Longest side", side),
    width: numberField("Width", side),
    height: numberField("Height", side),
  };
  const parts = [fields.boxes, fields.count, fields.scores, fields.objectness, fields.classes];
  const ofColours = [fields.channels, fields.numbers];
  const suppressed = element("input", { type: "checkbox" });
  const root = element(
    "form",
    {
      class: "description-form",
      novalidate: true,
      onsubmit: (/** @type {Event} */ event) => event.preventDefault(),
      oninput: (/** @type {Event} */ { target }) => {
        countClasses(/** @type {Node} */ (target));
        render();
        onChange();
      },
    },
    group("Boxes", fields.boxes, fields.form, fields.unit, fields.count),
    group("Scores", fields.scores, fields.scoring, fields.activation, fields.objectness),
    group("Classes", fields.classes, fields.classCount, fields.background),
    group("Input", fields.placed, fields.longest, fields.width, fields.height, ...ofColours),
    element("label", { class: "line" }, suppressed, "It hides duplicates itself"),
  );

  /**
   * With a score for each class, there are as many as there are columns for them: until a person says otherwise.
   * @param {Node} changed
   */
  function countClasses(changed) {
    const { scores, scoring, background, classCount } = fields;
    if (![scores, scoring, background].some((one) => one.element.contains(changed))) return;
    const part = scores.get();
    const columns = part && columnsOf(part.output);
    if (scoring.get() !== "per class" || !part || !columns) return;
    const count = columns - part.column - (background.get() === "none" ? 0 : 1);
    if (count >= 1) classCount.set(count);
  }

  /** Fields that say nothing are not there. */
  function render() {
    for (const one of parts) one.render();
    fields.classes.element.hidden = fields.scoring.get() !== "one";
    fields.channels.element.hidden = image.planes === 1;
    fields.numbers.element.hidden = image.dtype === "uint8";
    const isFitted = fields.placed.get() === "fitted";
    fields.longest.element.hidden = !isFitted;
    fields.width.element.hidden = isFitted || image.width !== null;
    fields.height.element.hidden = isFitted || image.height !== null;
  }

  return {
    element: root,
    render,

    /** @param {Description} said */
    show(said) {
      fields.boxes.set(said.boxes);
      fields.form.set(said.boxes.form);
      fields.unit.set(said.boxes.unit);
      fields.count.set(said.count);
      fields.scores.set(said.scores);
      fields.scoring.set(said.scores.scoring);
      fields.activation.set(said.scores.activation);
      fields.objectness.set(said.objectness);
      fields.classes.set(said.classes);
      fields.classCount.set(said.classCount);
      fields.background.set(said.background);
      fields.placed.set(said.input.placed);
      fields.channels.set(said.input.channels);
      fields.numbers.set(said.input.numbers);
      fields.longest.set(Math.max(said.input.width, said.input.height));
      fields.width.set(said.input.width);
      fields.height.set(said.input.height);
      suppressed.checked = said.suppressed;
      render();
    },

    /** @returns {Description} */
    read() {
      const scoring = fields.scoring.get();
      const placed = fields.placed.get();
      const [width, height] =
        placed === "fitted" ? [fields.longest, fields.longest] : [fields.width, fields.height];
      return {
        input: {
          width: width.get(),
          height: height.get(),
          placed,
          channels: image.planes === 1 ? "grey" : fields.channels.get(),
          numbers: fields.numbers.get(),
        },
        boxes: { ...fields.boxes.get(), form: fields.form.get(), unit: fields.unit.get() },
        scores: { ...fields.scores.get(), scoring, activation: fields.activation.get() },
        objectness: fields.objectness.get(),
        classes: scoring === "one" ? fields.classes.get() : null,
        count: fields.count.get(),
        classCount: fields.classCount.get(),
        background: fields.background.get(),
        suppressed: suppressed.checked,
      };
    },
  };
}

/** @param {string} title @param {...{ element: HTMLElement }} fields */
function group(title, ...fields) {
  return element(
    "fieldset",
    {},
    element("legend", {}, title),
    element("div", { class: "fields" }, ...fields.map((field) => field.element)),
  );
}
