/**
 * What each event of the session changes in the scene.
 */

import { outlinesFromColumns } from "../shared/outline.js";

/**
 * @typedef {import("./types.js").SceneState} SceneState
 * @typedef {import("./types.js").SceneKey} SceneKey
 * @typedef {import("./types.js").Annotation} Annotation
 * @typedef {import("./types.js").AssetRow} AssetRow
 * @typedef {import("./types.js").PredictorRow} PredictorRow
 * @typedef {import("../shared/protocol.js").SessionEvent} SessionEvent
 * @typedef {import("../shared/protocol.js").SettingsEvent} SettingsEvent
 * @typedef {import("../shared/protocol.js").ProjectEvent} ProjectEvent
 * @typedef {import("../shared/protocol.js").AnnotationRow} AnnotationRow
 */

/**
 * Changes the state and gives the keys of what changed.
 * @template {SessionEvent["event"]} K
 * @typedef {(
 *   state: SceneState,
 *   event: Extract<SessionEvent, { event: K }>,
 *   buffers: ArrayBuffer[],
 * ) => SceneKey[]} Receiver
 */

/** @type {{ [K in SessionEvent["event"]]?: Receiver<K> }} */
export const RECEIVERS = {
  project(state, event) {
    state.project = event.project;
    state.readOnly = event.readOnly;
    // A project opens only when nothing of the one before waits to be saved.
    state.saved = { state: "saved", pending: 0, reason: null };
    state.assets = /** @type {AssetRow[]} */ (event.assets);
    state.assetById = new Map(state.assets.map((row) => [row.id, row]));
    state.history = event.history;
    state.workList = event.workList;
    state.run = null; // one that goes on is told of next
    applySettings(state, event);
    return ["project", "assets", "workList", "settings", "history", "saved", "run"];
  },

  "assets-added"(state, event) {
    const rows = /** @type {AssetRow[]} */ (event.assets);
    state.assets = [...state.assets, ...rows];
    for (const row of rows) state.assetById.set(row.id, row);
    state.workList = event.workList;
    return ["assets", "workList"];
  },

  "work-list"(state, { name, kind, value, assetIds }) {
    state.workList = { name, kind, value, assetIds };
    return ["workList"];
  },

  filed(state, { changes, filedChanges, filedAt }) {
    state.filing = { changes, filedChanges, filedAt };
    return ["filing"];
  },

  settings(state, event) {
    if (event.project) state.project = event.project;
    applySettings(state, event);
    return event.project ? ["settings", "project"] : ["settings"];
  },

  current(state, event) {
    const row = state.assetById.get(event.assetId);
    if (!row) return [];
    state.current = {
      id: row.id,
      row,
      image: null,
      annotations: [],
      predictions: null,
      view: null,
      edits: new Map(),
    };
    return ["current", "image", "annotations", "predictions", "view"];
  },

  asset(state, event, [boxes, ...shapes]) {
    if (!state.current || state.current.id !== event.assetId) return [];
    const outlines = outlinesFromColumns(boxes, ...shapes);
    state.current.annotations = event.annotations.map((row) => annotationOf(row, outlines));
    return ["annotations"];
  },

  predictions(state, event, [boxes, scores, classes, ...shapes]) {
    if (!state.current || state.current.id !== event.assetId) return [];
    state.current.predictions = {
      predictorId: event.predictorId,
      count: event.count,
      outlines: outlinesFromColumns(boxes, ...shapes),
      scores: new Float64Array(scores),
      classes: new Int32Array(classes),
    };
    return ["predictions"];
  },

  view(state, event, [boxes, ...shapes]) {
    if (!state.current || state.current.id !== event.assetId) return [];
    const outlines = outlinesFromColumns(boxes, ...shapes);
    state.current.view = event;
    state.current.edits = new Map(event.edited.map((candidate, at) => [candidate, outlines[at]]));
    state.suggestionsShown = event.shown;
    return ["view"];
  },

  changes(state, event, [boxes, ...shapes]) {
    state.history = event.history;
    // The same row object everywhere, so that lists need no search for the one that changed.
    for (const row of event.assets) {
      const known = state.assetById.get(row.id);
      if (known) Object.assign(known, row);
    }
    if (!state.current || state.current.id !== event.assetId) return ["assets", "history"];
    const outlines = outlinesFromColumns(boxes, ...shapes);
    const gone = new Set(event.removed);
    /** @type {Map<string, Annotation>} */
    const byId = new Map();
    for (const one of state.current.annotations) if (!gone.has(one.id)) byId.set(one.id, one);
    for (const row of [...event.added, ...event.updated]) {
      byId.set(row.id, annotationOf(row, outlines));
    }
    state.current.annotations = [...byId.values()];
    return ["assets", "annotations", "history"];
  },

  "run-progress"(state, event) {
    state.run = event.state === "finished" ? null : event;
    return ["run"];
  },

  saving(state, event) {
    state.saved = { state: "saving", pending: event.pending, reason: null };
    return ["saved"];
  },

  saved(state, { pending }) {
    state.saved = { state: pending > 0 ? "saving" : "saved", pending, reason: null };
    return ["saved"];
  },

  "not-saved"(state, event) {
    state.saved = { state: "failed", pending: event.unsaved, reason: event.reason };
    return ["saved"];
  },

  status(state, event) {
    state.status = { level: event.level, text: event.text, at: Date.now() };
    return ["status"];
  },
};

/**
 * @param {SceneState} state
 * @param {ProjectEvent | SettingsEvent} event of settings, what did not change is absent
 */
function applySettings(state, event) {
  if (event.tags) {
    state.tags = event.tags;
    state.tagById = new Map(event.tags.map((tag) => [tag.id, tag]));
  }
  const { activePredictorId = state.activePredictor?.id ?? null } = event;
  if (event.predictors) state.predictors = /** @type {PredictorRow[]} */ (event.predictors);
  state.activePredictor = state.predictors.find(({ id }) => id === activePredictorId) ?? null;
  state.assistOnOpen = event.assistOnOpen ?? state.assistOnOpen;
  if (event.lastTagId !== undefined) state.lastTagId = event.lastTagId;
  state.suggestionsShown = event.suggestionsShown ?? state.suggestionsShown;
}

/**
 * @param {AnnotationRow} row
 * @param {readonly import("../shared/outline.js").Outline[]} outlines
 * @returns {Annotation}
 */
function annotationOf({ index, ...fields }, outlines) {
  return /** @type {Annotation} */ ({ ...fields, ...outlines[index] });
}
