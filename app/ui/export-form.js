/**
 * What is to be exported: the format, which images, divided or not, with the image files or not; and what that would
 * give and lose.
 *
 * @module
 */

import { STATE_NAMES } from "./asset-words.js";
import { element, setAttribute, setText } from "./element.js";
import { setLines } from "./export-lines.js";
import { createShares } from "./export-shares.js";
import { imagesText, outlookLines, splitsText } from "./export-words.js";

/** @typedef {ReturnType<typeof import("../scene/label-export.js").createLabelExport>} LabelExport */
/** @typedef {import("../scene/label-export.js").ExportState} ExportState */
/** @typedef {import("../scene/label-export.js").ExportChoice} ExportChoice */
/** @typedef {import("../scene/label-export.js").ExportOutlook} ExportOutlook */

/**
 * @param {LabelExport} labelExport
 * @returns {{ element: HTMLElement, render: (state: ExportState) => void }}
 */
export function createExportForm(labelExport) {
  const choose = (/** @type {Partial<ExportChoice>} */ part) => {
    labelExport.choose(part);
  };
  const formats = createFormats((format) => choose({ format }));
  const states = createStates((chosen) => choose({ states: chosen }));
  const shares = createShares((chosen) => choose(chosen));
  const images = createWithImages((withImages) => choose({ withImages }));
  const losses = element("ul", {
    role: "list",
    class: "export-lines",
    "aria-label": "What to know before",
  });
  const summary = element("p", { class: "export-summary", role: "status" });
  const save = element("button", { class: "button strong large" }, "Export");
  const root = element(
    "form",
    // What is wrong is said beside the button; the browser's own words would not reach a field that is hidden.
    { class: "export-form", novalidate: true, onsubmit: submit, onchange: judge },
    formats.element,
    states.element,
    shares.element,
    images.element,
    losses,
    element("div", { class: "export-end" }, summary, save),
  );

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    const { outlook } = labelExport.state;
    if (outlook && refusalOf(outlook) === null) labelExport.save();
  }

  /** @param {ExportOutlook} outlook */
  function refusalOf(outlook) {
    const chosen = outlook.formats.find(({ name }) => name === labelExport.state.choice.format);
    return shares.refusal() ?? outlook.refusal ?? chosen?.refusal ?? null;
  }

  function judge() {
    const { outlook } = labelExport.state;
    if (outlook === null) return;
    const refusal = refusalOf(outlook);
    setText(summary, refusal ?? `${outlook.plan}.`);
    setAttribute(save, "aria-disabled", refusal === null ? null : "true");
    setAttribute(save, "title", refusal);
  }

  let wasSeen = false;

  /** What had the focus is gone: at first to the choices, later to where the person went on from. */
  function takeFocus() {
    const first = root.querySelector("input:checked") ?? root.querySelector("input");
    (wasSeen || !(first instanceof HTMLElement) ? save : first).focus();
    wasSeen = true;
  }

  return {
    element: root,
    render(state) {
      const { phase, outlook, choice } = state;
      const wasHidden = root.hidden;
      root.hidden = phase !== "choosing" || outlook === null;
      if (phase === "idle") wasSeen = false;
      if (outlook === null) return;
      formats.render(state);
      states.render(state);
      shares.render(choice, splitsText(outlook.splits));
      images.render(choice.withImages, imagesText(outlook));
      setLines(losses, outlookLines(outlook, choice.format));
      judge();
      if (wasHidden && !root.hidden) takeFocus();
    },
  };
}

/** @param {(format: string) => void} choose */
function createFormats(choose) {
  const list = element("div", { class: "export-formats" });
  const root = element("fieldset", {}, element("legend", {}, "Format"), list);
  /** @type {Map<string, HTMLInputElement>} */
  const inputs = new Map();

  /** @param {import("../scene/label-export.js").FormatOutlook} format */
  function item({ name, title, purpose }) {
    const id = `export-format-${name}`;
    const input = element("input", {
      type: "radio",
      name: "format",
      value: name,
      "aria-label": title,
      "aria-describedby": id,
      onchange: () => choose(name),
    });
    inputs.set(name, input);
    return element(
      "label",
      { class: "export-choice" },
      input,
      element("span", { class: "choice-name" }, title),
      element("span", { class: "faint", id }, purpose),
    );
  }

  return {
    element: root,

    /** @param {ExportState} state */
    render({ outlook, choice }) {
      if (inputs.size === 0) list.append(...(outlook?.formats ?? []).map(item));
      for (const [name, input] of inputs) input.checked = name === choice.format;
    },
  };
}

/** @param {(states: import("../scene/types.js").LabelState[]) => void} choose */
function createStates(choose) {
  const items = STATE_NAMES.map(([state, name]) => {
    const count = element("span", { class: "faint number" });
    const input = element("input", { type: "checkbox", name: "states", value: state, onchange });
    const item = element("label", { class: "export-state" }, input, `${name} `, count);
    return { state, input, count, item };
  });
  const root = element(
    "fieldset",
    {},
    element("legend", {}, "Images"),
    element("div", { class: "export-states" }, ...items.map(({ item }) => item)),
  );

  function onchange() {
    choose(items.filter(({ input }) => input.checked).map(({ state }) => state));
  }

  return {
    element: root,

    /** @param {ExportState} state */
    render({ outlook, choice }) {
      for (const { state, input, count, item } of items) {
        const images = outlook?.states[state] ?? 0;
        input.checked = choice.states.includes(state);
        setText(count, images.toLocaleString("en"));
        item.dataset.empty = String(images === 0);
      }
    },
  };
}

/** @param {(withImages: boolean) => void} choose */
function createWithImages(choose) {
  const size = element("span", { class: "faint number" });
  const input = element("input", {
    type: "checkbox",
    name: "with-images",
    onchange: () => choose(input.checked),
  });
  return {
    element: element("label", { class: "export-state" }, input, "With the image files ", size),

    /** @param {boolean} withImages @param {string} text */
    render(withImages, text) {
      input.checked = withImages;
      setText(size, text);
    },
  };
}
