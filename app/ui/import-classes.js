/**
 * The classes of the files, and the tag that each gets here.
 *
 * @module
 */

import { counted } from "../shared/counted.js";
import { element, setText } from "./element.js";

/** @typedef {import("../scene/types.js").Tag} Tag */
/** @typedef {import("../scene/label-import.js").FoundClass} FoundClass */

export function createClasses() {
  const summary = element("summary", {});
  const body = element("tbody", {});
  const root = element(
    "details",
    { class: "import-classes" },
    summary,
    element(
      "div",
      { class: "mapping", tabindex: 0, role: "group", "aria-label": "Classes and tags" },
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            ...["Class in the files", "Shapes", "Tag of the project"].map((text) =>
              element("th", { scope: "col" }, text),
            ),
          ),
        ),
        body,
      ),
    ),
  );

  const choices = () => /** @type {HTMLSelectElement[]} */ ([...body.querySelectorAll("select")]);

  function summarise() {
    const values = choices().map(({ value }) => value);
    const made = values.filter((value) => value === "new").length;
    const left = values.filter((value) => value === "").length;
    const parts = [
      counted(values.length, "classes"),
      made > 0 && counted(made, "new tags"),
      left > 0 && `${left.toLocaleString("en")} left out`,
    ];
    setText(summary, parts.filter(Boolean).join(", "));
  }
  body.addEventListener("change", summarise);

  return {
    element: root,

    /**
     * @param {readonly FoundClass[]} classes
     * @param {readonly Tag[]} tags
     */
    show(classes, tags) {
      body.replaceChildren(...classes.map((one) => classRow(one, tags)));
      root.hidden = classes.length === 0;
      summarise();
    },

    /** @returns {(string | null)[]} for each class the id of a tag, "new", or null */
    read: () => choices().map(({ value }) => value || null),
  };
}

/**
 * @param {FoundClass} one
 * @param {readonly Tag[]} tags
 */
function classRow({ name, shapes, tagId, wanted }, tags) {
  const select = element(
    "select",
    { "aria-label": `Tag for ${name}` },
    element("option", { value: "new" }, `New tag: ${name}`),
    element("option", { value: "" }, "Leave out"),
    ...tags.map((tag) => element("option", { value: tag.id }, tag.name)),
  );
  select.value = tagId ?? (wanted ? "new" : "");
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", { class: "number" }, shapes.toLocaleString("en")),
    element("td", {}, select),
  );
}
