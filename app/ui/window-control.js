/**
 * How 16-bit grey is seen: the window of its values that goes from black to white. There only while such an image is
 * open.
 *
 * @module
 */

import { element, setAttribute, setText } from "./element.js";
import { latestWins } from "./latest-wins.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Levels} Levels */

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createWindowControl(app, root) {
  const { scene } = app;
  const low = valueSlider("Black at", (value) => choose("low", value));
  const high = valueSlider("White at", (value) => choose("high", value));
  const auto = element(
    "button",
    { type: "button", class: "button", onclick: () => show(null) },
    "Auto 1-99 %",
  );
  const model = element("p", { class: "faint number" });
  const panel = element(
    "section",
    { class: "window-control", "aria-label": "Window" },
    element("h2", {}, "Window"),
    low.element,
    high.element,
    auto,
    model,
  );
  root.append(panel);

  const show = latestWins((/** @type {Levels | null} */ levels) =>
    app.setLevels(levels).catch((/** @type {Error} */ error) => app.say(error.message, "error")),
  );
  /** What the sliders say; it may be ahead of what is shown. @type {Levels} */
  let levels = { low: 0, high: 1 };

  /**
   * The other end makes way, so that black stays below white.
   * @param {"low" | "high"} end
   * @param {number} value
   */
  function choose(end, value) {
    levels =
      end === "low"
        ? { low: value, high: Math.max(levels.high, value + 1) }
        : { low: Math.min(levels.low, value - 1), high: value };
    write();
    show(levels);
  }

  function write() {
    low.write(levels.low);
    high.write(levels.high);
  }

  /** @type {import("../scene/types.js").ShownImage | null} */
  let image = null;
  function render() {
    const current = scene.state.current?.image ?? null;
    if (current === image) return;
    image = current;
    panel.hidden = !image?.levels;
    if (!image?.levels) return;
    const { range, auto: forModel, shown } = image.levels;
    setText(model, `The model sees ${forModel.low}-${forModel.high} as 0-255`);
    setAttribute(auto, "aria-pressed", shown === forModel ? "true" : "false");
    if (low.isHeld() || high.isHeld()) return;
    levels = shown;
    low.limit(range.low, Math.max(range.high, forModel.high) - 1);
    high.limit(range.low + 1, Math.max(range.high, forModel.high));
    write();
  }
  scene.subscribe((changed) => {
    if (changed.has("image") || changed.has("current") || changed.has("project")) render();
  });
  panel.hidden = true;
}

/**
 * @param {string} name
 * @param {(value: number) => void} choose
 */
function valueSlider(name, choose) {
  const input = element("input", { type: "range", step: 1 });
  const value = element("output", { class: "number", "aria-hidden": "true" });
  let isHeld = false;
  input.addEventListener("input", () => {
    isHeld = true;
    choose(input.valueAsNumber);
  });
  input.addEventListener("change", () => {
    isHeld = false;
  });
  return {
    element: element("label", {}, element("span", {}, name), input, value),
    isHeld: () => isHeld,
    /** @param {number} least @param {number} greatest */
    limit(least, greatest) {
      input.min = String(least);
      input.max = String(greatest);
    },
    /** @param {number} number */
    write(number) {
      const [least, greatest] = [Number(input.min), Number(input.max)];
      input.value = String(number);
      input.style.setProperty("--value", String((number - least) / (greatest - least || 1)));
      setText(value, String(number));
    },
  };
}
