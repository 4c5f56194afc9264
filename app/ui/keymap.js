/**
 * The one table of keys. It drives what a key does, what buttons and tooltips show, and the help.
 *
 * @module
 */

import * as actions from "./actions.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Painted} Painted */

/**
 * @typedef {object} KeyContext
 * @property {Painted} painted what was on the screen when the key went down
 * @property {() => void} fit
 * @property {() => void} help
 */

/**
 * @typedef {object} KeyLine
 * @property {string} id
 * @property {string[]} keys strokes as named by key-match.js
 * @property {string} label
 * @property {"Assist"|"Commit"|"Shapes"|"Images"|"View"|"Other"} group
 * @property {boolean} [repeats] a held key goes on doing it; committing keys never do
 * @property {"down"|"up"} [on] "up": acts when the key comes up, unless it was held to do something
 * @property {(app: App, context: KeyContext) => void} run
 * @property {(app: App) => void} [release] when the key comes up after it was held
 */

/** @type {readonly KeyLine[]} */
export const KEYMAP = Object.freeze([
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
    id: "select",
    keys: ["Enter"],
    label: "Select or unselect the focused suggestion",
    group: "Shapes",
    run: actions.toggleFocused,
  },
  {
    id: "cycle",
    keys: ["c"],
    label: "Other reading, or what lies beneath the pointer",
    group: "Shapes",
    run: actions.cycle,
  },
  {
    id: "focus-next",
    keys: ["z"],
    label: "Focus the next suggestion, least sure first",
    group: "Shapes",
    repeats: true,
    run: (app) => actions.focusStep(app, 1),
  },
  {
    id: "focus-previous",
    keys: ["Shift+z"],
    label: "Focus the previous suggestion",
    group: "Shapes",
    repeats: true,
    run: (app) => actions.focusStep(app, -1),
  },
  {
    id: "reject",
    keys: ["x"],
    label: "Reject the focused suggestion",
    group: "Shapes",
    run: actions.rejectFocused,
  },
  {
    id: "delete",
    keys: ["Delete", "Backspace"],
    label: "Delete the focused annotation",
    group: "Shapes",
    run: actions.deleteFocused,
  },
  {
    id: "next",
    keys: ["d", "ArrowRight"],
    label: "Next image",
    group: "Images",
    repeats: true,
    run: (app) => actions.send(app, { type: "step", direction: "next" }),
  },
  {
    id: "previous",
    keys: ["a", "ArrowLeft"],
    label: "Previous image",
    group: "Images",
    repeats: true,
    run: (app) => actions.send(app, { type: "step", direction: "previous" }),
  },
  {
    id: "last-worked-on",
    keys: ["Shift+a"],
    label: "Back to the image last worked on",
    group: "Images",
    run: (app) => actions.send(app, { type: "last-worked-on" }),
  },
  {
    id: "hide",
    keys: ["h"],
    label: "Hide or show all shapes; hold to peek",
    group: "View",
    run: (app) => app.setDisplay({ shapes: !app.display.shapes }),
    release: (app) => app.setDisplay({ shapes: true }),
  },
  {
    id: "chips",
    keys: ["l"],
    label: "Show or hide names and scores",
    group: "View",
    run: (app) => app.setDisplay({ chips: !app.display.chips }),
  },
  {
    id: "fit",
    keys: ["f", "0"],
    label: "Fit the image",
    group: "View",
    run: (_app, { fit }) => fit(),
  },
  {
    id: "undo",
    keys: ["Ctrl+z"],
    label: "Undo",
    group: "Other",
    run: (app) => actions.send(app, { type: "undo" }),
  },
  {
    id: "redo",
    keys: ["Ctrl+Shift+z", "Ctrl+y"],
    label: "Redo",
    group: "Other",
    run: (app) => actions.send(app, { type: "redo" }),
  },
  {
    id: "save",
    keys: ["Ctrl+s"],
    label: "Nothing to do: every change is saved at once",
    group: "Other",
    run: (app) =>
      app.say(app.scene.state.saved.state === "saved" ? "Already saved" : "Not saved yet"),
  },
  {
    id: "help",
    keys: ["?"],
    label: "All keys",
    group: "Other",
    run: (_app, { help }) => help(),
  },
]);

/** @type {Map<string, KeyLine>} */
const BY_STROKE = new Map(KEYMAP.flatMap((line) => line.keys.map((key) => [key, line])));
/** @type {Map<string, KeyLine>} */
const BY_ID = new Map(KEYMAP.map((line) => [line.id, line]));

/**
 * @param {string} stroke
 * @returns {KeyLine|null}
 */
export function lineForStroke(stroke) {
  return BY_STROKE.get(stroke) ?? null;
}

/**
 * @param {string} id
 * @returns {KeyLine}
 */
export function lineFor(id) {
  const line = BY_ID.get(id);
  if (!line) throw new Error(`The key table has no line ${id}`);
  return line;
}
