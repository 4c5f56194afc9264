/**
 * Gives key strokes to the lines of the key table, and leaves alone what belongs to the control that
 * has the focus.
 *
 * @module
 */

import { strokeOf } from "./key-match.js";
import { lineForStroke } from "./keymap.js";
import { isSingleKey } from "./single-keys.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("./keymap.js").KeyContext} KeyContext */
/** @typedef {import("./keymap.js").KeyLine} KeyLine */
/** @typedef {import("./keymap.js").KeyParts} KeyParts */

/** A key that was down for longer was held to look at something. */
const HELD_AFTER_MS = 350;

/**
 * @param {App} app
 * @param {KeyParts} parts
 * @param {() => boolean} isOpen keys work while the labelling screen is there and no dialog is open
 * @returns {() => void} stops listening
 */
export function listenToKeys(app, parts, isOpen) {
  /** @type {Map<string, {line: KeyLine, context: KeyContext, at: number}>} by physical key */
  const down = new Map();
  const ended = new AbortController();
  const { signal } = ended;

  window.addEventListener("keydown", onDown, { signal });
  window.addEventListener("keyup", onUp, { signal });
  // A key that comes up in another window would else count as held for ever.
  window.addEventListener("blur", release, { signal });

  /** @param {KeyboardEvent} event */
  function onDown(event) {
    const stroke = strokeOf(event);
    if (!stroke || !isOpen() || event.isComposing || event.defaultPrevented) return;
    if (belongsToControl(event.target, stroke)) return;
    if (!app.singleKeys && isSingleKey(stroke)) return;
    const line = lineForStroke(stroke, app);
    if (!line) return;
    event.preventDefault();
    if (event.repeat && !line.repeats) return;

    const context = { ...parts, painted: app.painted, stroke };
    down.set(event.code, { line, context, at: event.timeStamp });
    if (line.on !== "up") {
      line.run(app, context);
      return;
    }
    app.spaceHeld = true;
    app.spaceUsed = false;
  }

  /** @param {KeyboardEvent} event */
  function onUp(event) {
    const pressed = down.get(event.code);
    if (!pressed) return;
    down.delete(event.code);
    const { line, context, at } = pressed;
    line.up?.(context);
    if (line.on === "up") {
      app.spaceHeld = false;
      if (!app.spaceUsed) line.run(app, context);
    } else if (line.release && event.timeStamp - at > HELD_AFTER_MS) {
      line.release(app);
    }
  }

  function release() {
    for (const { line, context } of down.values()) {
      line.up?.(context);
      line.release?.(app);
    }
    down.clear();
    app.spaceHeld = false;
  }

  return () => {
    release();
    ended.abort();
  };
}

const NATIVE_ON_BUTTONS = new Set(["Space", "Shift+Space", "Enter", "Shift+Enter"]);
const NATIVE_ON_SLIDERS = new Set(["Home", "End", "PageUp", "PageDown"]);

/**
 * @param {EventTarget|null} target
 * @param {string} stroke
 * @returns {boolean} whether the control that has the focus makes something of this stroke itself
 */
function belongsToControl(target, stroke) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("select, textarea, dialog")) return true;
  const isArrow = stroke.startsWith("Arrow");
  if (target instanceof HTMLInputElement) {
    if (target.type === "range") return isArrow || NATIVE_ON_SLIDERS.has(stroke);
    if (target.type === "checkbox") {
      return stroke === "Space" || (isArrow && target.closest("[data-arrows]") !== null);
    }
    return true;
  }
  if (isArrow && target.closest("[data-arrows]")) return true;
  return target.closest("button, summary, a[href]") !== null && NATIVE_ON_BUTTONS.has(stroke);
}
