/**
 * Fields of a form that say one thing each: a choice, a whole number, a part of an output.
 *
 * @module
 */

import { element } from "./element.js";

const MOST_COLUMN = 100_000;

/** @typedef {readonly (readonly [value: string, text: string])[]} Options */
/** @typedef {{ output: string, column: number } | null} Part where something is told; null: nowhere */

/**
 * @template T
 * @typedef {{ element: HTMLElement, get: () => T, set: (value: T) => void }} Field
 */

/**
 * @param {string} label
 * @param {Options} options
 * @returns {Field<string>}
 */
export function choiceField(label, options) {
  const select = element(
    "select",
    {},
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  return {
    element: line(label, select),
    get: () => select.value,
    set: (value) => {
      select.value = value;
    },
  };
}

/**
 * @param {string} label
 * @param {{ least: number, most: number, of?: string }} limits `of`: what the label alone does not say
 * @returns {Field<number | null>} null where nothing that is a number is in it
 */
export function numberField(label, { least, most, of }) {
  const input = element("input", {
    type: "number",
    "aria-label": of ? `${of}, ${label}` : null,
    min: least,
    max: most,
    step: 1,
    required: true,
    inputmode: "numeric",
  });
  return {
    element: line(label, input),
    get: () => (Number.isNaN(input.valueAsNumber) ? null : input.valueAsNumber),
    set: (value) => {
      input.value = value === null ? "" : String(value);
    },
  };
}

/**
 * An output, and where it has columns, the first one.
 * @param {string} label
 * @param {readonly string[]} outputs
 * @param {{ nowhere?: string, hasColumns: (output: string) => boolean }} options `nowhere`: the choice that it is in none
 * @returns {Field<Part> & { render: () => void }} `render`: which outputs have columns has changed
 */
export function partField(label, outputs, { nowhere, hasColumns }) {
  /** @type {Options} */
  const none = nowhere ? [["", nowhere]] : [];
  const output = choiceField(label, [
    ...none,
    ...outputs.map((name) => /** @type {const} */ ([name, name])),
  ]);
  const column = numberField("from column", { least: 0, most: MOST_COLUMN, of: label });
  const render = () => {
    column.element.hidden = output.get() === "" || !hasColumns(output.get());
  };
  output.element.addEventListener("input", render);
  return {
    element: element("div", { class: "part-field" }, output.element, column.element),
    render,
    get: () => {
      const name = output.get();
      if (name === "") return null;
      // What is not seen does not count.
      const first = column.element.hidden ? 0 : column.get();
      return { output: name, column: /** @type {number} */ (first) };
    },
    set: (part) => {
      output.set(part?.output ?? "");
      column.set(part?.column ?? 0);
      render();
    },
  };
}

/** @param {string} label @param {HTMLElement} control */
function line(label, control) {
  return element("label", { class: "field" }, element("span", {}, label), control);
}
