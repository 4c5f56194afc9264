/**
 * The form in which a tag is changed: name, colour, key; and deleted, where nothing has it. What is
 * changed is kept at once.
 *
 * @module
 */

import { attempt } from "../shared/attempt.js";
import { element, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Tag} Tag */

const KEYPOINTS_HELP = 'One name a line; "a - b" joins two';
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * @param {App} app
 * @param {Tag} tag
 * @param {() => void} close
 * @returns {HTMLFormElement}
 */
export function createTagForm(app, tag, close) {
  const name = element("input", {
    type: "text",
    value: tag.name,
    maxlength: 80,
    "aria-label": "Name",
    onchange: keep,
  });
  const color = element("input", {
    type: "color",
    value: tag.color,
    "aria-label": "Colour",
    title: "Colour",
    onchange: keep,
  });
  const key = element(
    "select",
    { "aria-label": "Key", title: "Key", onchange: keep },
    element("option", { value: "" }, "no key"),
    ...KEYS.map((digit) => element("option", { value: digit }, digit)),
  );
  key.value = tag.key ?? "";
  const keypoints = element("textarea", {
    rows: 3,
    spellcheck: "false",
    "aria-label": "Keypoints",
    "aria-describedby": `keypoints-help-${tag.id}`,
    onchange: keep,
  });
  keypoints.value = keypointsText(tag);
  const uses = element("span", { class: "tag-uses" });
  setText(uses, usesText(tag));

  async function keep() {
    const accepted = await attempt(app, {
      type: "change-tag",
      tagId: tag.id,
      name: name.value,
      color: color.value,
      key: key.value || null,
      // Names that a model gave may be such as a person could not type: only what is changed is sent.
      keypoints: keypoints.value === keypointsText(present()) ? null : keypoints.value,
    });
    if (!accepted) putBack();
  }

  const present = () => app.scene.state.tagById.get(tag.id) ?? tag;

  /** What was typed of keypoints stays, to be mended: the message names its line. */
  function putBack() {
    const now = present();
    name.value = now.name;
    color.value = now.color;
    key.value = now.key ?? "";
  }

  return element(
    "form",
    {
      class: "tag-form",
      "aria-label": `Tag ${tag.name}`,
      onsubmit: (event) => {
        event.preventDefault();
        close();
      },
      onkeydown: (event) => {
        if (event.key === "Escape") close();
      },
    },
    element("div", { class: "tag-fields" }, color, name, key),
    element(
      "label",
      { class: "keypoints-field" },
      element("span", {}, "Keypoints"),
      keypoints,
      element("span", { id: `keypoints-help-${tag.id}`, class: "field-help" }, KEYPOINTS_HELP),
    ),
    element(
      "div",
      { class: "tag-fields" },
      uses,
      element(
        "button",
        {
          type: "button",
          class: "text-button",
          onclick: () => attempt(app, { type: "delete-tag", tagId: tag.id }),
        },
        "Delete tag",
      ),
      element("button", { type: "submit", class: "button" }, "Close"),
    ),
  );
}

/** @param {Tag} tag @returns {string} as a person types them */
function keypointsText({ keypoints, skeleton }) {
  const bones = skeleton.map(([from, to]) => `${keypoints[from]} - ${keypoints[to]}`);
  return [...keypoints, ...bones].join("\n");
}

/** @param {Tag} tag */
function usesText({ uses }) {
  if (uses === 0) return "Not used";
  return uses === 1 ? "1 annotation" : `${uses} annotations`;
}
