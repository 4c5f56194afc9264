/**
 * Mending: moves the focused shape and its handles, by pointer and by key. What was done stays painted
 * as a draft until the session has it; where the session refuses, the draft stays to be mended.
 *
 * @module
 */

import { attempt } from "../shared/attempt.js";
import { sameFocus } from "../shared/focus.js";
import { distance } from "../shared/geometry.js";
import { extentOf, NOT_THERE, outlineContains, outlineJson } from "../shared/outline.js";
import { allHandlesOf, handleAt, handleStep, movedBy, withHandleAt } from "./handles/handles.js";
import { isKeypoint, withVisibility } from "./handles/keypoint-handles.js";
import { withoutVertex } from "./handles/polygon-handles.js";
import { placed, placedMove } from "./snap.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Focus} Focus */
/** @typedef {import("../canvas/shapes.js").Shape} Shape */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("../shared/outline.js").Outline} Outline */
/** @typedef {import("./handles/handle.js").Handle} Handle */
/** @typedef {import("./snap.js").Ground} Ground */

/**
 * A change that the session does not have yet: a gesture goes on ("held"), the session is asked
 * ("sent"), it has said no ("refused").
 *
 * @typedef {{shape: Shape, outline: Outline, phase: "held"|"sent"|"refused"}} Change
 */
/** @typedef {{shape: Shape, from: Outline, handle: Handle|null, start: Point}} Grip */

/**
 * @typedef {object} Mending
 * @property {(at: Point) => boolean} press whether a drag from there would mend; `at`: on the image
 * @property {(at: Point) => void} drag
 * @property {() => void} release
 * @property {(at: Point, alt: boolean) => boolean} click whether it meant a vertex
 * @property {() => void} lose the drag will have no release
 * @property {() => void} cancel gives up the gesture or the refused change, else the handle, else the focus
 * @property {(direction: 1|-1) => void} stepHandle takes the next handle by key
 * @property {(by: Point) => void} moveHandle by key; kept by `settle`
 * @property {() => void} settle
 * @property {() => void} removePoint the one that is taken: a vertex goes, a keypoint is not there
 * @property {() => void} cycleVisibility of the keypoint that is taken or pointed at
 * @property {() => Handle|null} meantKeypoint that one
 * @property {(at: Point) => Handle|null} handleAt
 * @property {() => Change|null} change
 * @property {() => Shape|null} subject the focused shape, which has handles
 */

/**
 * @param {App} app
 * @param {object} parts
 * @param {() => Ground|null} parts.ground
 * @param {(focus: Focus|null) => Shape|null} parts.shapeOf
 * @param {(at: Point) => Shape[]} parts.hits
 * @param {() => Point|null} parts.pointer where it is on the image
 * @param {(others: boolean) => void} parts.repaint `others`: another shape, or none, is being changed, so
 *   that those which are not must be painted anew
 * @returns {Mending}
 */
export function createMending(app, { ground, shapeOf, hits, pointer, repaint }) {
  /** @type {Grip|null} */
  let grip = null;
  /** @type {Change|null} */
  let change = null;
  /** @type {Shape|null} */
  let lastRefused = null;
  /** @type {Point|null} where the pointer was when a handle was taken */
  let restedAt = null;

  /** @param {Change|null} next */
  function setChange(next) {
    const goesOn = change !== null && next !== null && sameShape(change.shape, next.shape);
    change = next;
    app.setDraft({ mending: next !== null && next.phase !== "sent" });
    repaint(!goesOn);
  }

  /** @returns {Shape|null} */
  function subject() {
    if (app.tool.id !== "select" || !app.display.shapes) return null;
    return shapeOf(app.focus);
  }

  /** @param {Shape} shape @returns {Outline} as it is painted */
  function outlineOf(shape) {
    return change && sameShape(change.shape, shape) ? change.outline : shape.outline;
  }

  /** @param {Point} at @returns {Handle|null} */
  function handleUnder(at) {
    const shape = subject();
    const here = ground();
    if (!shape || !here) return null;
    return handleAt(outlineOf(shape), at, here.scale, shape.tag.keypoints);
  }

  /** @param {Shape} shape @param {Outline} outline */
  async function send(shape, outline) {
    const assetId = app.scene.state.current?.id;
    if (!assetId) return;
    /** @type {Change} */
    const own = { shape, outline, phase: "sent" };
    setChange(own);
    const accepted = await attempt(app, {
      type: "change-shape",
      assetId,
      annotationId: shape.kind === "annotation" ? shape.id : null,
      candidate: shape.kind === "suggestion" ? shape.id : null,
      shape: outlineJson(outline),
    });
    // Else the line would go on telling what was wrong with it.
    if (accepted && lastRefused && sameShape(lastRefused, shape)) app.say("The shape was changed");
    lastRefused = accepted ? null : shape;
    if (change !== own) return;
    const isFocused = sameFocus(app.focus, /** @type {Focus} */ (shape));
    setChange(accepted || !isFocused ? null : { ...own, phase: "refused" });
  }

  /** @returns {{shape: Shape, outline: Outline, handle: Handle}|null} what keys have taken */
  function taken() {
    const shape = subject();
    const here = ground();
    if (!shape || !here || app.handle === null) return null;
    const outline = outlineOf(shape);
    const handles = allHandlesOf(outline, here.scale, shape.tag.keypoints);
    const handle = handles.find(({ id }) => id === app.handle);
    return handle ? { shape, outline, handle } : null;
  }

  /** @param {string|null} id */
  function take(id) {
    restedAt = pointer();
    app.setHandle(id);
  }

  /**
   * A pointer that has rested since a handle was taken does not mean the one that happens to be below.
   *
   * @returns {Handle|null}
   */
  function meantKeypoint() {
    const at = pointer();
    const own = taken()?.handle ?? null;
    const rests = own && restedAt && at && distance(restedAt, at) === 0;
    const under = at && !rests ? handleUnder(at) : null;
    const handle = under ?? own;
    return handle?.role === "keypoint" ? handle : null;
  }

  /** @param {Shape} shape @param {string} id of a vertex */
  function remove(shape, id) {
    const rest = withoutVertex(outlineOf(shape), id);
    app.setHandle(null);
    if (rest) send(shape, rest);
    else app.say("A polygon has at least three points: X removes it as a whole", "warning");
  }

  app.onPage((changed) => {
    if (changed !== "focus" || !change || change.phase === "sent") return;
    if (sameFocus(app.focus, /** @type {Focus} */ (change.shape))) return;
    grip = null;
    setChange(null);
  });

  return {
    press(at) {
      const shape = subject();
      if (!shape || shape.outline.kind === "whole-image" || app.scene.state.readOnly) return false;
      const from = outlineOf(shape);
      const handle = handleUnder(at);
      const isOn = handle || outlineContains(from, at) || hits(at).includes(shape);
      grip = isOn ? { shape, from, handle, start: at } : null;
      return grip !== null;
    },

    drag(at) {
      const here = ground();
      if (!grip || !here) return;
      const { shape, from, handle, start } = grip;
      const by = { x: at.x - start.x, y: at.y - start.y };
      const outline = handle
        ? withHandleAt(from, handle.id, handleTarget(handle, by, here), here.size)
        : movedBy(from, placedMove(extentOf(from), by, here), here.size);
      setChange({ shape, outline, phase: "held" });
    },

    release() {
      const own = grip;
      grip = null;
      if (own && change?.phase === "held") send(own.shape, change.outline);
    },

    click(at, alt) {
      grip = null;
      const shape = subject();
      const handle = handleUnder(at);
      if (!shape || !handle) return false;
      if (handle.role === "vertex" && alt) remove(shape, handle.id);
      else if (handle.role === "keypoint" && alt)
        send(shape, withVisibility(outlineOf(shape), handle.id, NOT_THERE));
      else if (handle.role === "vertex" || handle.role === "keypoint") take(handle.id);
      else if (handle.role === "middle") {
        const { size } = /** @type {Ground} */ (ground());
        send(shape, withHandleAt(outlineOf(shape), handle.id, handle.at, size));
        take(handle.becomes);
      } else return false;
      return true;
    },

    lose() {
      grip = null;
      if (change?.phase === "held") setChange(null);
    },

    cancel() {
      grip = null;
      if (change && change.phase !== "sent") setChange(null);
      else if (app.handle !== null) app.setHandle(null);
      else app.setFocus(null);
    },

    stepHandle(direction) {
      const shape = subject();
      const here = ground();
      if (!shape || !here) {
        app.say("Focus a shape first: Z, or a click, then E takes its handles", "warning");
        return;
      }
      const handles = allHandlesOf(outlineOf(shape), here.scale, shape.tag.keypoints);
      if (handles.length === 0) {
        app.say("A whole image has no handles: it is where the image is", "warning");
        return;
      }
      const at = handles.findIndex(({ id }) => id === app.handle);
      const from = at === -1 && direction === -1 ? 0 : at;
      const next = handles[(from + direction + handles.length) % handles.length];
      take(next.id);
      const more = next.role === "keypoint" ? `, N says if it is seen` : "";
      app.say(`${next.name}: Shift+arrows move it${more}, Esc lets go`);
    },

    moveHandle(by) {
      const here = ground();
      const present = taken();
      if (!here || !present) return;
      const { shape, outline, handle } = present;
      // Keys go by whole pixels from where the handle is: nothing is to be found by the hand.
      const exact = { ...here, scale: Number.POSITIVE_INFINITY };
      const step = handleStep(outline, handle, by);
      const to = handle.role === "turn" ? step : placed(step, exact);
      setChange({ shape, outline: withHandleAt(outline, handle.id, to, here.size), phase: "held" });
      app.setHandle(handle.becomes);
    },

    settle() {
      if (!grip && change?.phase === "held") send(change.shape, change.outline);
    },

    removePoint() {
      const present = taken();
      if (!present) return;
      const { shape, outline, handle } = present;
      if (handle.role === "vertex") remove(shape, handle.id);
      if (isKeypoint(handle.id)) send(shape, withVisibility(outline, handle.id, NOT_THERE));
    },

    cycleVisibility() {
      const shape = subject();
      const here = ground();
      const handle = meantKeypoint();
      if (!shape || !here || !handle) {
        app.say("Point at a keypoint of the focused shape first, or take it with E", "warning");
        return;
      }
      const outline = withVisibility(outlineOf(shape), handle.id);
      const names = shape.tag.keypoints;
      const now = allHandlesOf(outline, here.scale, names).find(({ id }) => id === handle.id);
      send(shape, outline);
      if (now) app.say(now.name);
    },

    meantKeypoint,

    handleAt: handleUnder,
    change: () => change,
    subject,
  };
}

/**
 * @param {Handle} handle
 * @param {Point} by how far the pointer went
 * @param {Ground} ground
 * @returns {Point} where the handle goes; the one that turns may leave the image
 */
function handleTarget({ role, at }, by, ground) {
  const to = { x: at.x + by.x, y: at.y + by.y };
  return role === "turn" ? to : placed(to, ground);
}

/** @param {Shape} a @param {Shape} b */
const sameShape = (a, b) => a.kind === b.kind && a.id === b.id;
