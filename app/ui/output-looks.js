/**
 * The outputs of a model that no family knows: names, shapes and numbers on the current image, and how each holds its
 * objects, which a person can change.
 *
 * @module
 */

import { element } from "./element.js";

/** @typedef {import("../scene/trials.js").OutputLook} OutputLook */

/** @type {readonly (readonly [value: string, text: string])[]} */
const ARRANGEMENTS = [
  ["rows", "rows"],
  ["columns", "columns"],
  ["list", "one number each"],
];

const NOTHING = "–";

/**
 * @param {readonly string[]} names of the outputs
 * @param {() => void} onChange
 */
export function createOutputLooks(names, onChange) {
  const selects = new Map(names.map((name) => [name, arrangementOf(name, onChange)]));
  const cells = new Map(
    names.map((name) => [
      name,
      ["", "", ""].map(() => element("td", { class: "number" }, NOTHING)),
    ]),
  );
  const table = element(
    "table",
    {},
    element("caption", { class: "visually-hidden" }, "Outputs on this image"),
    element(
      "thead",
      {},
      element("tr", {}, ...["Output", "Shape", "Numbers", "Finite", "Objects are"].map(head)),
    ),
    element(
      "tbody",
      {},
      ...names.map((name) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, name),
          ...(cells.get(name) ?? []),
          element("td", {}, selects.get(name)),
        ),
      ),
    ),
  );

  /** @type {Map<string, number[]>} */
  const shapes = new Map();
  const arrangement = (/** @type {string} */ name) => selects.get(name)?.value ?? "rows";

  return {
    element: element(
      "div",
      { class: "output-looks", role: "group", tabindex: 0, "aria-label": "Outputs" },
      table,
    ),

    /** @param {readonly OutputLook[]} looks */
    show(looks) {
      for (const look of looks) {
        shapes.set(look.name, look.shape);
        const [shape, range, finite] = cells.get(look.name) ?? [];
        shape?.replaceChildren(look.shape.join(" × ") || "one number");
        range?.replaceChildren(rangeText(look));
        finite?.replaceChildren(shareText(look.finite));
        finite?.classList.toggle("warn", look.finite < 1);
      }
    },

    /** @param {Record<string, string>} arrangements by output; "rows" where none is told */
    arrange(arrangements) {
      for (const [name, select] of selects) select.value = arrangements[name] ?? "rows";
    },

    arrangement,

    /** @param {string} name @returns {number | null} how many numbers it has for each object, if that is known */
    columnsOf(name) {
      if (arrangement(name) === "list") return 1;
      return shapes.get(name)?.at(arrangement(name) === "rows" ? -1 : -2) ?? null;
    },

    /** @returns {Record<string, string>} */
    read: () => Object.fromEntries([...selects].map(([name, { value }]) => [name, value])),
  };
}

/** @param {string} name @param {() => void} onChange */
function arrangementOf(name, onChange) {
  return element(
    "select",
    { "aria-label": `Objects of ${name}`, oninput: onChange },
    ...ARRANGEMENTS.map(([value, text]) => element("option", { value }, text)),
  );
}

/** @param {string} text */
function head(text) {
  return element("th", { scope: "col" }, text);
}

/** @param {OutputLook} look */
function rangeText({ least, largest }) {
  if (least === null || largest === null) return "none";
  return `${numberText(least)} to ${numberText(largest)}`;
}

/** @param {number} value */
function numberText(value) {
  return Number.isInteger(value) && Math.abs(value) < 1e6
    ? String(value)
    : String(Number(value.toPrecision(3)));
}

/** Never rounded up to all of them. @param {number} share */
function shareText(share) {
  return share === 1 ? "all" : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
