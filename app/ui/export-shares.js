/**
 * Whether the data are divided into train, val and test, into how much of each, and by which seed.
 *
 * @module
 */

import { element, setText } from "./element.js";

/** @typedef {import("../scene/label-export.js").ExportChoice} ExportChoice */

/** The splits that trainers know, with the percent that they first have. */
const SPLITS = Object.freeze({ train: 80, val: 20, test: 0 });

const MOST_SEED = 999_999;

/**
 * @param {(part: Pick<ExportChoice, "shares" | "seed">) => void} choose
 * @returns {{
 *   element: HTMLElement,
 *   refusal: () => string | null,
 *   render: (choice: ExportChoice, counts: string) => void,
 * }} `refusal`: what must be mended first; `counts`: images by split, in words
 */
export function createShares(choose) {
  const fields = Object.entries(SPLITS).map(([name, percent]) => {
    const input = numberField({ name, value: percent, max: 100 });
    return { name, input, item: element("label", {}, `${name} %`, input) };
  });
  const seed = numberField({ name: "seed", value: 0, max: MOST_SEED });
  const numbers = [...fields.map(({ input }) => input), seed];
  const counts = element("p", { class: "faint number", "aria-live": "polite" });
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

  /** @returns {string | null} what must be mended first, where they are divided */
  function refusal() {
    if (!divided.checked) return null;
    if (numbers.some((input) => input.value === "" || !input.validity.valid))
      return `Splits: whole numbers, please, up to 100 for the parts and ${MOST_SEED.toLocaleString("en")} for the seed.`;
    if (fields.every(({ input }) => input.valueAsNumber === 0))
      return "Splits: one of the parts needs more than 0.";
    return null;
  }

  function changed() {
    details.hidden = !divided.checked;
    if (refusal() !== null) {
      setText(counts, "");
      return;
    }
    const parts = divided.checked ? fields : [];
    choose({
      shares: Object.fromEntries(parts.map(({ name, input }) => [name, input.valueAsNumber])),
      seed: seed.valueAsNumber || 0,
    });
  }

  return {
    element: root,
    refusal,
    render({ shares }, text) {
      // What cannot be used has not become the choice: it stays as it was typed.
      if (refusal() !== null) return;
      divided.checked = Object.keys(shares).length > 0;
      details.hidden = !divided.checked;
      setText(counts, text);
    },
  };
}
