/**
 * The page's read-only projection of the session. Events of the session go in, state comes out; nothing on the
 * page changes it in any other way, and it decides nothing.
 */

/**
 * @typedef {import("./types.js").SceneState} SceneState
 * @typedef {import("./types.js").SceneKey} SceneKey
 * @typedef {import("./types.js").Annotation} Annotation
 * @typedef {import("./types.js").Box} Box
 */

export function createScene() {
  /** @type {SceneState} */
  const state = {
    project: null,
    tags: [],
    tagById: new Map(),
    assets: [],
    assetById: new Map(),
    predictors: [],
    activePredictor: null,
    assistOnOpen: false,
    suggestionsShown: true,
    workList: { name: "All", assetIds: [] },
    history: { undo: null, redo: null },
    current: null,
    saved: { state: "saved", pending: 0, reason: null },
    status: null,
    assistRun: null,
    threads: { session: "starting", compute: "starting", image: "starting", inference: "starting" },
    models: { loading: null },
  };
  /** @type {Set<(changed: Set<SceneKey>) => void>} */
  const listeners = new Set();

  /** @param {SceneKey[]} keys */
  function tell(...keys) {
    const changed = new Set(keys);
    for (const listener of listeners) listener(changed);
  }

  return {
    state,

    /** @param {(changed: Set<SceneKey>) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /**
     * Take one event of the session.
     * @param {any} event
     * @param {any[]} buffers
     */
    receive(event, buffers) {
      const project = RECEIVERS[event.event];
      if (project) tell(...project(state, event, buffers));
    },

    /**
     * What the page itself knows: threads, the running job, loading.
     * @param {Partial<Pick<SceneState, "assistRun" | "threads" | "models" | "saved" | "status">>} part
     * @param {SceneKey} key
     */
    note(part, key) {
      Object.assign(state, part);
      tell(key);
    },

    /**
     * The display bitmap of the current asset has come.
     * @param {string} assetId
     * @param {ImageBitmap} bitmap
     */
    showImage(assetId, bitmap) {
      if (state.current?.id !== assetId) return;
      state.current.image = { bitmap, width: bitmap.width, height: bitmap.height };
      tell("image");
    },

    /** No project is open any more. */
    clear() {
      Object.assign(state, {
        project: null,
        current: null,
        assets: [],
        predictors: [],
        activePredictor: null,
      });
      state.assetById.clear();
      tell("project", "current");
    },
  };
}

/**
 * One function an event: changes the state, gives the keys of what changed.
 * @type {Record<string, (state: SceneState, event: any, buffers: any[]) => SceneKey[]>}
 */
const RECEIVERS = {
  project(state, event) {
    state.project = event.project;
    state.assets = event.assets;
    state.assetById = new Map(event.assets.map((/** @type {any} */ row) => [row.id, row]));
    state.history = event.history;
    applySettings(state, event);
    return ["project", "assets", "settings", "history"];
  },

  settings(state, event) {
    applySettings(state, event);
    return ["settings"];
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
    };
    return ["current", "image", "annotations", "predictions", "view"];
  },

  asset(state, event, [boxes]) {
    if (state.current?.id !== event.assetId || !state.current) return [];
    const columns = new Float64Array(boxes);
    state.current.annotations = event.annotations.map((/** @type {any} */ row) =>
      annotationOf(row, columns),
    );
    return ["annotations"];
  },

  predictions(state, event, [boxes, scores, classes]) {
    if (state.current?.id !== event.assetId || !state.current) return [];
    state.current.predictions = {
      predictorId: event.predictorId,
      count: event.count,
      boxes: new Float64Array(boxes),
      scores: new Float64Array(scores),
      classes: new Int32Array(classes),
    };
    return ["predictions"];
  },

  view(state, event) {
    if (state.current?.id !== event.assetId || !state.current) return [];
    state.current.view = event;
    state.suggestionsShown = event.shown;
    return ["view"];
  },

  changes(state, event, [boxes]) {
    state.history = event.history;
    for (const row of event.assets) replaceRow(state, row);
    if (state.current?.id !== event.assetId || !state.current) return ["assets", "history"];
    const columns = new Float64Array(boxes);
    const gone = new Set(event.removed);
    /** @type {Map<string, Annotation>} */
    const byId = new Map();
    for (const one of state.current.annotations) if (!gone.has(one.id)) byId.set(one.id, one);
    for (const row of [...event.added, ...event.updated])
      byId.set(row.id, annotationOf(row, columns));
    state.current.annotations = [...byId.values()];
    return ["assets", "annotations", "history"];
  },

  saving(state, event) {
    state.saved = { state: "saving", pending: event.pending, reason: null };
    return ["saved"];
  },

  saved(state, event) {
    state.saved = {
      state: event.pending > 0 ? "saving" : "saved",
      pending: event.pending,
      reason: null,
    };
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
 * @param {any} event carries only the fields that changed
 */
function applySettings(state, event) {
  if (event.tags) {
    state.tags = event.tags;
    state.tagById = new Map(event.tags.map((/** @type {any} */ tag) => [tag.id, tag]));
  }
  if (event.predictors) state.predictors = event.predictors;
  if (event.activePredictorId !== undefined || event.predictors) {
    const id = event.activePredictorId ?? state.activePredictor?.id;
    state.activePredictor = state.predictors.find((predictor) => predictor.id === id) ?? null;
  }
  if (event.activePredictorId === null) state.activePredictor = null;
  if (event.assistOnOpen !== undefined) state.assistOnOpen = event.assistOnOpen;
  if (event.suggestionsShown !== undefined) state.suggestionsShown = event.suggestionsShown;
  if (event.workList) state.workList = event.workList;
}

/**
 * @param {SceneState} state
 * @param {import("./types.js").AssetRow} row
 */
function replaceRow(state, row) {
  const known = state.assetById.get(row.id);
  // The same object everywhere, so that lists need no search for the row that changed.
  if (known) Object.assign(known, row);
}

/**
 * @param {any} row
 * @param {Float64Array} columns
 * @returns {Annotation}
 */
function annotationOf({ index, ...fields }, columns) {
  const [x0, y0, x1, y1] = columns.subarray(index * 4, index * 4 + 4);
  return { ...fields, box: [x0, y0, x1, y1] };
}
