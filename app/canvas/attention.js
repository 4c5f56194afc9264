/**
 * Which shape the pointer means: hover, and what a click on it does.
 *
 * @module
 */

import { sameFocus } from "../shared/focus.js";
import { distance } from "../shared/geometry.js";
import { focusOf } from "./shapes.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("./shapes.js").Shape} Shape */

/** So far, in CSS pixels, a pointer may tremble after a shape was drawn and not mean another one. */
const REST = 8;

/**
 * @param {App} app
 * @param {(point: Point) => Shape[]} hitsAt what lies at a point of the view, the likeliest first
 */
export function createAttention(app, hitsAt) {
  /** @type {Point|null} */
  let pointer = null;
  /** @type {Point|null} where the pointer rests since the focus went to another shape without it */
  let resting = null;

  const hits = () => (pointer ? hitsAt(pointer).map(focusOf) : []);

  return {
    pointer: () => pointer,

    /** @param {Point|null} point in the view */
    pointAt(point) {
      pointer = point;
    },

    /** The likeliest shape, unless C went to another one beneath the pointer, which has not moved on. */
    update() {
      if (resting && pointer && distance(resting, pointer) <= REST) return;
      resting = null;
      const found = hits();
      const likeliest = found[0] ?? null;
      const stays =
        sameFocus(likeliest, app.beneath[0] ?? null) &&
        found.some((hit) => sameFocus(hit, app.hover));
      app.beneath = found;
      if (!stays) app.setHover(likeliest);
    },

    /** Shapes may come or go beneath a pointer that rests. A hover that a key ended stays ended. */
    keep() {
      app.beneath = hits();
      const isGone = app.hover && !app.beneath.some((hit) => sameFocus(hit, app.hover));
      if (isGone) app.setHover(app.beneath[0] ?? null);
    },

    /** The pointer means nothing until it moves away from where it is. */
    rest() {
      resting = pointer;
      app.beneath = [];
      app.setHover(null);
    },

    click() {
      resting = null;
      this.update();
      const hit = app.hover;
      const assetId = app.scene.state.current?.id;
      app.setFocus(hit);
      app.setHover(hit);
      return hit?.kind === "suggestion" && assetId ? { assetId, candidate: hit.id } : null;
    },
  };
}
