/**
 * What only the page knows and no project stores: the camera, the tool, which shape is focused or under
 * the pointer, what is hidden for a look at the image, and notices of the page's own.
 *
 * @module
 */

import { HOME } from "../shared/camera.js";
import { sameFocus } from "../shared/focus.js";
import { areSingleKeysOn, keepSingleKeys } from "./single-keys.js";

/** @typedef {import("../shared/camera.js").Camera} Camera */
/** @typedef {import("../scene/types.js").PageState} PageState */
/** @typedef {import("../scene/types.js").PageKey} PageKey */

/**
 * The part of `app` that is the page's own. Its methods act on the object that they are called on, so
 * the caller may spread it into `app`.
 *
 * @returns {PageState}
 */
export function createPageState() {
  /** @type {Set<(changed: PageKey) => void>} */
  const listeners = new Set();
  /** @param {PageKey} changed */
  const tell = (changed) => {
    for (const listener of listeners) listener(changed);
  };

  return {
    camera: HOME,
    focus: null,
    hover: null,
    display: { chips: true, shapes: true },
    listOrder: "score",
    tool: { id: "select", stays: false },
    drawTagId: null,
    handle: null,
    draft: { drawing: false, dropped: false, mending: false },
    notice: null,
    beneath: [],
    painted: { assetId: null, candidates: [], outside: 0 },
    spaceHeld: false,
    spaceUsed: false,
    singleKeys: areSingleKeysOn(),
    setCamera(camera) {
      this.camera = camera;
      tell("camera");
    },
    // The focused shape is the one under the pointer, else the last one clicked or reached by key. A
    // key press therefore ends the hover until the pointer moves again.
    setFocus(focus) {
      if (!sameFocus(this.focus, focus)) this.handle = null;
      this.hover = null;
      this.focus = focus;
      tell("focus");
    },
    reveal(focus) {
      this.setFocus(focus);
      tell("reveal");
    },
    setHover(hover) {
      if (sameFocus(this.hover, hover)) return;
      this.hover = hover;
      tell("focus");
    },
    setTool(id, stays = false) {
      this.tool = { id, stays };
      this.handle = null;
      if (id !== "select") this.hover = null;
      tell("tool");
      tell("focus");
      // What is drawn must be seen.
      if (id !== "select" && !this.display.shapes) this.setDisplay({ shapes: true });
    },
    setDrawTag(id) {
      this.drawTagId = id;
      tell("tool");
    },
    setHandle(id) {
      this.handle = id;
      tell("focus");
    },
    setDraft(part) {
      this.draft = { ...this.draft, ...part };
      tell("draft");
    },
    setDisplay(part) {
      this.display = { ...this.display, ...part };
      tell("display");
    },
    setSingleKeys(on) {
      this.singleKeys = on;
      keepSingleKeys(on);
    },
    setPainted(painted) {
      this.painted = painted;
      tell("painted");
    },
    setListOrder(order) {
      this.listOrder = order;
      tell("display");
    },
    say(text, level = "info") {
      this.notice = { level, text, at: Date.now() };
      tell("notice");
    },
    onPage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
