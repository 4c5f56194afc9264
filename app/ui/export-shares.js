/**
 * Whether the data are divided into train, val and test, into how much of each, and by which seed.
 *
 * @module
 */

import { element, setText } from "./element.js";

/** @typedef {import("../scene/label-export.js").ExportChoice} ExportChoice */

/** The splits that trainers know, with the percent that they first have. */
const SPLITS = Object.freeze({ train: 80, val: 20, test: 0 });

/**
 * @param {(part: Pick<ExportChoice, "shares" | "seed">) => void} choose
 * @returns {{ element: HTMLElement, render: (choice: ExportChoice, counts: string) => void }}
 *   `counts`: images by split, in words
 */
export function createShares(choose) {
  const fields = Object.entries(SPLITS).map(([name, percent]) => {
    const input = numberField({ name, value: percent, max: 100 });
    return { name, input, item: element("label", {}, `${name} %`, input) };
  });
  const seed = numberField({ name: "seed", value: 0, max: 999_999 });
  const counts = element("p", { class: "faint number", "aria-live": "polite" });
  const invalid = element("p", { class: "warn", role: "alert" });
  const divided = element("input", { type: "checkbox", name: "divided", onchange: changed });
  const details = element(
    "div",
    { class: "export-shares", role: "group", "aria-label": "Splits" },
    ...fields.map(({ item }) => item),
    element(
      "label",
      { title: "The same seed divides the same images in the same way" },
      "seed",
      seed,
    ),
    counts,
    invalid,
  );
  const root = element(
    "fieldset",
    {},
    element("legend", {}, "Splits"),
    element("label", { class: "export-state" }, divided, "Divide into train, val and test"),
    details,
  );

  /** @param {{ name: string, value: number, max: number }} field */
  function numberField({ name, value, max }) {
    return element("input", {
      ...{ type: "number", name, value, min: 0, max, step: 1, inputmode: "numeric" },
      onchange: changed,
    });
  }

  function changed() {
    if (!divided.checked) {
      choose({ shares: {}, seed: seed.valueAsNumber || 0 });
      return;
    }
    const wrong = [...fields.map(({ input }) => input), seed].some(
      (input) => input.value === "" || !input.validity.valid,
    );
    const shares = Object.fromEntries(fields.map(({ name, input }) => [name, input.valueAsNumber]));
    const isNothing = Object.values(shares).every((share) => share === 0);
    setText(
      invalid,
      wrong ? "Whole numbers, please." : isNothing ? "One of them needs more than 0." : "",
    );
    if (!wrong && !isNothing) choose({ shares, seed: seed.valueAsNumber });
  }

  return {
    element: root,
    render({ shares }, text) {
      divided.checked = Object.keys(shares).length > 0;
      details.hidden = !divided.checked;
      setText(counts, text);
    },
  };
}
