/**
 * What keys and buttons do, in one place, so that both do the same. Each sends a command or changes
 * what only the page knows; none decides anything about labels.
 *
 * @module
 */

import { nextBeneath } from "../canvas/hit-test.js";
import { attempt } from "../shared/attempt.js";
import { focused, sameFocus } from "../shared/focus.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Command} Command */
/** @typedef {import("../scene/types.js").Painted} Painted */

/**
 * @param {App} app
 * @param {Command} command
 * @returns {Promise<void>} settles when it is done or refused, which is told
 */
export async function send(app, command) {
  await attempt(app, command);
}

/**
 * @param {App} app
 * @param {"assist"|"ask-anew"|"reopen"} type of a command whose only field is the current asset
 */
export function sendForCurrent(app, type) {
  const assetId = app.scene.state.current?.id;
  if (assetId) send(app, { type, assetId });
}

/**
 * @param {App} app
 * @param {"commit"|"commit-all"|"commit-all-and-next"|"done"} type
 * @param {Painted} [painted] what was on the screen when the key went down
 */
export function commit(app, type, painted = app.painted) {
  const assetId = painted.assetId ?? app.scene.state.current?.id;
  if (!assetId) return;
  if (!app.display.shapes && type !== "done") {
    app.say("Shapes are hidden: press H to show them first", "warning");
    return;
  }
  send(app, { type, assetId, painted: painted.candidates });
}

/** @param {App} app */
export function toggleFocused(app) {
  const target = focused(app);
  const assetId = app.scene.state.current?.id;
  if (target?.kind !== "suggestion" || !assetId) return;
  send(app, { type: "select", assetId, candidates: [target.id], mode: "toggle" });
}

/** @param {App} app */
export function rejectFocused(app) {
  const target = focused(app);
  const assetId = app.scene.state.current?.id;
  if (target?.kind !== "suggestion" || !assetId) return;
  focusStep(app, 1);
  if (sameFocus(app.focus, target)) app.setFocus(null);
  send(app, { type: "reject", assetId, candidates: [target.id] });
}

/** @param {App} app */
export function removeFocused(app) {
  const target = focused(app);
  if (target?.kind === "suggestion") rejectFocused(app);
  else if (target) deleteAnnotation(app, target.id);
}

/**
 * @param {App} app
 * @param {import("../shared/geometry.js").Point} by image pixels
 */
export function nudge(app, by) {
  const target = focused(app);
  const assetId = app.scene.state.current?.id;
  if (target && assetId)
    send(app, { type: "nudge", assetId, ...oneShape(target), dx: by.x, dy: by.y });
}

/**
 * @param {App} app
 * @param {string} key "1" to "9"
 */
export function tagByKey(app, key) {
  const tag = app.scene.state.tags.find((one) => one.key === key);
  if (tag) setTag(app, tag.id);
  else app.say(`No tag has the key ${key}: the tag list sets it`, "warning");
}

/**
 * Gives the focused shape a tag; while a shape is drawn, or none is focused, the next one.
 *
 * @param {App} app
 * @param {string} tagId
 */
export function setTag(app, tagId) {
  const target = focused(app);
  const assetId = app.scene.state.current?.id;
  if (app.draft.drawing || !target || !assetId) {
    app.setDrawTag(tagId);
    app.say(`New shapes take ${app.scene.state.tagById.get(tagId)?.name ?? "this tag"}`);
    return;
  }
  send(app, {
    type: "set-tag",
    assetId,
    annotationIds: target.kind === "annotation" ? [target.id] : [],
    candidates: target.kind === "suggestion" ? [target.id] : [],
    tagId,
  });
}

/**
 * T: finds the tag by typing.
 *
 * @param {App} app
 * @param {() => Promise<string|null>} ask
 */
export async function pickTag(app, ask) {
  const target = focused(app);
  const tagId = await ask();
  if (tagId === null) return;
  // The pointer may have moved on to another shape meanwhile.
  if (target && !app.draft.drawing) app.setFocus(target);
  setTag(app, tagId);
}

/** @param {import("../scene/types.js").Focus} target */
function oneShape(target) {
  return {
    annotationId: target.kind === "annotation" ? target.id : null,
    candidate: target.kind === "suggestion" ? target.id : null,
  };
}

/**
 * @param {App} app
 * @param {string} id
 */
export function deleteAnnotation(app, id) {
  const assetId = app.scene.state.current?.id;
  if (assetId) send(app, { type: "delete-annotations", assetId, annotationIds: [id] });
}

/**
 * Focuses the next suggestion by rising score: the least sure first.
 *
 * @param {App} app
 * @param {1|-1} step
 */
export function focusStep(app, step) {
  const ids = [...app.painted.candidates].reverse();
  if (ids.length === 0) return;
  const present = focused(app);
  const at = present?.kind === "suggestion" ? ids.indexOf(present.id) : -1;
  const from = at === -1 && step === -1 ? 0 : at;
  app.reveal({ kind: "suggestion", id: ids[(from + step + ids.length) % ids.length] });
}

/**
 * C: what else the pointer could mean. The other reading of the suggestion first, then the next
 * shape beneath the pointer.
 *
 * @param {App} app
 */
export function cycle(app) {
  const target = focused(app);
  const { current } = app.scene.state;
  const reading = current?.view?.readings.find(([shown]) => shown === target?.id);
  const several = app.beneath.length > 1;
  if (target?.kind === "suggestion" && current && reading && !(several && swapped.has(app))) {
    swapped.add(app);
    send(app, { type: "swap-reading", assetId: current.id, candidate: target.id });
    app.setFocus({ kind: "suggestion", id: reading[1] });
    return;
  }
  swapped.delete(app);
  if (!several) return;
  const next = nextBeneath(app.beneath, (hit) => sameFocus(hit, target));
  app.setFocus(next);
  app.setHover(next);
}

/** Whether the last C swapped readings, so that the next one goes on to what lies beneath. */
const swapped = new WeakSet();

/**
 * @param {App} app
 * @param {number} step
 */
export async function stepThreshold(app, step) {
  const predictor = app.scene.state.activePredictor;
  if (!predictor) return;
  const known = app.scene.state.current?.view?.threshold ?? predictor.threshold;
  const present = thresholdAsked.get(app)?.value ?? known;
  const value = Math.min(1, Math.max(0, Math.round((present + step) * 100) / 100));
  const asked = { value };
  thresholdAsked.set(app, asked);
  await send(app, {
    type: "set-threshold",
    predictorId: predictor.id,
    value,
    tagId: null,
    final: true,
  });
  if (thresholdAsked.get(app) === asked) thresholdAsked.delete(app);
}

/**
 * The threshold on its way to the session: the next press steps on from there, not from the one
 * before.
 *
 * @type {WeakMap<App, {value: number}>}
 */
const thresholdAsked = new WeakMap();
