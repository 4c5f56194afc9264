/**
 * The page's read-only projection of the session. Events of the session go in, state comes out; nothing on the
 * page changes it in any other way, and it decides nothing.
 */

import { RECEIVERS } from "./receivers.js";

/**
 * @typedef {import("./types.js").SceneState} SceneState
 * @typedef {import("./types.js").SceneKey} SceneKey
 * @typedef {import("../shared/protocol.js").SessionEvent} SessionEvent
 * @typedef {ReturnType<typeof createScene>} Scene
 */

export function createScene() {
  /** @type {SceneState} */
  const state = {
    project: null,
    readOnly: false,
    tags: [],
    tagById: new Map(),
    assets: [],
    assetById: new Map(),
    predictors: [],
    activePredictor: null,
    assistOnOpen: false,
    suggestionsShown: true,
    workList: { name: "All", kind: "all", value: null, assetIds: [] },
    lastTagId: null,
    history: { undo: null, redo: null },
    filing: { changes: 0, filedChanges: 0, filedAt: null },
    run: null,
    current: null,
    saved: { state: "saved", pending: 0, reason: null },
    status: null,
    assistRun: null,
    threads: { session: "starting", compute: "starting", image: "starting", inference: "starting" },
    models: { loading: null },
    deployment: null,
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
     * @param {SessionEvent} event
     * @param {ArrayBuffer[]} buffers
     */
    receive(event, buffers) {
      const receiver = /** @type {import("./receivers.js").Receiver<any> | undefined} */ (
        RECEIVERS[event.event]
      );
      if (receiver) tell(...receiver(state, event, buffers));
    },

    /**
     * What the page itself knows: threads, the running job, loading.
     * @param {Partial<Pick<SceneState, "assistRun" | "threads" | "models" | "deployment" | "saved" | "status">>} part
     * @param {SceneKey} key
     */
    note(part, key) {
      Object.assign(state, part);
      tell(key);
    },

    /**
     * The picture of an asset has come.
     * @param {string} assetId
     * @param {import("./types.js").ShownImage} image
     * @returns {boolean} whether it is shown: the asset is still the current one
     */
    showImage(assetId, image) {
      if (state.current?.id !== assetId) return false;
      state.current.image = image;
      tell("image");
      return true;
    },

    /** No project is open any more. */
    clear() {
      Object.assign(state, {
        project: null,
        readOnly: false,
        current: null,
        assets: [],
        predictors: [],
        activePredictor: null,
        run: null,
      });
      state.assetById.clear();
      tell("project", "current");
    },
  };
}
