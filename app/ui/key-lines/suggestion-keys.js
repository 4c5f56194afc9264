/**
 * Keys that ask the model and commit what it suggests.
 *
 * @module
 */

import * as actions from "../actions.js";

/** @typedef {import("../keymap.js").KeyLine} KeyLine */

/** @type {readonly KeyLine[]} */
export const SUGGESTION_KEYS = Object.freeze([
  {
    id: "assist",
    keys: ["m"],
    label: "Model Assist: ask, then hide or show",
    group: "Assist",
    run: (app) => actions.sendForCurrent(app, "assist"),
  },
  {
    id: "ask-anew",
    keys: ["Shift+m"],
    label: "Ask the model anew",
    group: "Assist",
    run: (app) => actions.sendForCurrent(app, "ask-anew"),
  },
  {
    id: "threshold-down",
    keys: ["q"],
    label: "Confidence threshold down",
    group: "Assist",
    repeats: true,
    run: (app) => actions.stepThreshold(app, -0.05),
  },
  {
    id: "threshold-up",
    keys: ["w"],
    label: "Confidence threshold up",
    group: "Assist",
    repeats: true,
    run: (app) => actions.stepThreshold(app, 0.05),
  },
  {
    id: "commit",
    keys: ["Space"],
    label: "Commit the selected suggestions",
    group: "Commit",
    on: "up",
    run: (app, { painted }) => actions.commit(app, "commit", painted),
  },
  {
    id: "commit-all",
    keys: ["Shift+Space"],
    label: "Commit all shown suggestions",
    group: "Commit",
    run: (app, { painted }) => actions.commit(app, "commit-all", painted),
  },
  {
    id: "commit-all-and-next",
    keys: ["Shift+g", "Shift+Enter"],
    label: "Commit all shown, finish, next image",
    group: "Commit",
    run: (app, { painted }) => actions.commit(app, "commit-all-and-next", painted),
  },
  {
    id: "done",
    keys: ["g"],
    label: "Done: commit the selected, finish, next image",
    group: "Commit",
    run: (app, { painted }) => actions.commit(app, "done", painted),
  },
  {
    id: "skip",
    keys: ["u"],
    label: "Skip with a reason, next image",
    group: "Commit",
    run: (_app, { skip }) => skip(),
  },
]);
