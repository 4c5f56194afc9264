/**
 * The one table of keys. It drives what a key does, what buttons and tooltips show, and the help.
 *
 * @module
 */

import { draws } from "../tools/toolbox.js";
import * as actions from "./actions.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Painted} Painted */
/** @typedef {import("../shared/geometry.js").Point} Point */

/**
 * What keys reach beside the app.
 *
 * @typedef {object} KeyParts
 * @property {() => void} fit
 * @property {() => void} help
 * @property {() => void} skip asks for the reason
 * @property {() => void} pickTag
 * @property {import("../tools/drawing.js").Drawing} drawing
 * @property {import("../tools/mending.js").Mending} mending
 * @property {(to: Point, pace: import("../canvas/annotator.js").Pace) => void} stepCross
 */
/**
 * @typedef {KeyParts & {painted: Painted, stroke: string}} KeyContext `painted`: what was on the screen
 *   when the key went down
 */

/**
 * @typedef {object} KeyLine
 * @property {string} id
 * @property {string[]} keys strokes as named by key-match.js
 * @property {string[]} [shown] what stands for many keys in the help
 * @property {string} label
 * @property {"Tools"|"Drawing"|"Assist"|"Commit"|"Shapes"|"Images"|"View"|"Other"} group
 * @property {(app: App) => boolean} [when] its keys mean this, before whatever else they mean
 * @property {boolean} [repeats] a held key goes on doing it; committing keys never do
 * @property {"down"|"up"} [on] "up": acts when the key comes up, unless it was held to do something
 * @property {(app: App, context: KeyContext) => void} run
 * @property {(context: KeyContext) => void} [up] whenever the key comes up
 * @property {(app: App) => void} [release] when the key comes up after it was held
 */

const ARROWS = Object.freeze(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

/** @type {readonly KeyLine[]} */
export const KEYMAP = Object.freeze([
  {
    id: "tool-select",
    keys: ["v"],
    label: "Select, focus and mend shapes",
    group: "Tools",
    run: (app) => app.setTool("select"),
  },
  {
    id: "tool-box",
    keys: ["r", "Shift+r"],
    label: "Draw a box; with Shift one after the other",
    group: "Tools",
    run: (app, { stroke }) => app.setTool("box", isShifted(stroke)),
  },
  {
    id: "tool-polygon",
    keys: ["p", "Shift+p"],
    label: "Draw a polygon; with Shift one after the other",
    group: "Tools",
    run: (app, { stroke }) => app.setTool("polygon", isShifted(stroke)),
  },
  {
    id: "tool-rotated-box",
    keys: ["o", "Shift+o"],
    label: "Draw a rotated box, edge first; with Shift one after the other",
    group: "Tools",
    run: (app, { stroke }) => app.setTool("rotated-box", isShifted(stroke)),
  },
  {
    id: "draw-finish",
    keys: ["Enter"],
    label: "Close the shape; where arrows moved the cross: set a point",
    group: "Drawing",
    when: (app) => draws(app.tool.id),
    run: (_app, { drawing }) => drawing.finish(),
  },
  {
    id: "draw-cross",
    keys: [...ARROWS, ...ARROWS.map((key) => `Ctrl+${key}`)],
    shown: ["Arrows"],
    label: "Move the cross; with Ctrl far",
    group: "Drawing",
    repeats: true,
    when: (app) => draws(app.tool.id),
    run: (_app, { stroke, stepCross }) =>
      stepCross(arrowOf(stroke), stroke.startsWith("Ctrl+") ? "fast" : "steady"),
  },
  {
    id: "draw-cross-slowly",
    keys: ARROWS.map((key) => `Shift+${key}`),
    shown: ["Shift Arrows"],
    label: "Move the cross by 1 px",
    group: "Drawing",
    repeats: true,
    // Else they move the shape that was just drawn.
    when: (app) => draws(app.tool.id) && (app.draft.drawing || app.focus === null),
    run: (_app, { stroke, stepCross }) => stepCross(arrowOf(stroke), "slow"),
  },
  {
    id: "draw-back",
    keys: ["Backspace"],
    label: "Remove the last point",
    group: "Drawing",
    when: (app) => app.draft.drawing,
    run: (_app, { drawing }) => drawing.back(),
  },
  {
    id: "draw-cancel",
    keys: ["Escape"],
    label: "Give up the shape or the change; leave the tool, the handle, the focus",
    group: "Drawing",
    when: (app) => app.draft.mending || app.focus !== null || draws(app.tool.id),
    run: (app, { drawing, mending }) => (draws(app.tool.id) ? drawing.cancel() : mending.cancel()),
  },
  {
    id: "draw-undo",
    keys: ["Ctrl+z"],
    label: "Take back the last point or the drag; bring back a shape just given up",
    group: "Drawing",
    when: ({ draft }) => draft.drawing || draft.mending || draft.dropped,
    run(app, { drawing, mending }) {
      if (app.draft.drawing) drawing.back();
      else if (app.draft.mending) mending.cancel();
      else drawing.restore();
    },
  },
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
    label: "Reject the focused suggestion, delete the focused annotation",
    group: "Shapes",
    run: actions.removeFocused,
  },
  {
    id: "delete",
    keys: ["Delete", "Backspace"],
    label: "The same; where a point of a polygon is taken, remove that",
    group: "Shapes",
    run(app, { mending }) {
      if (isVertex(app.handle)) mending.removeVertex();
      else actions.removeFocused(app);
    },
  },
  {
    id: "tag-by-key",
    keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    shown: ["1 – 9"],
    label: "Tag of the focused shape, or of the one being drawn",
    group: "Shapes",
    run: (app, { stroke }) => actions.tagByKey(app, stroke),
  },
  {
    id: "tag-by-name",
    keys: ["t"],
    label: "Find its tag by typing, or make one",
    group: "Shapes",
    run: (_app, { pickTag }) => pickTag(),
  },
  {
    id: "nudge",
    keys: [...ARROWS.map((key) => `Shift+${key}`), ...ARROWS.map((key) => `Ctrl+Shift+${key}`)],
    shown: ["Shift Arrows"],
    label: "Move the focused shape, or the handle taken, by 1 px; with Ctrl by 10",
    group: "Shapes",
    repeats: true,
    run(app, { stroke, mending }) {
      const { x, y } = arrowOf(stroke);
      const pixels = stroke.startsWith("Ctrl+") ? 10 : 1;
      const by = { x: x * pixels, y: y * pixels };
      if (app.handle === null) actions.nudge(app, by);
      else mending.moveHandle(by);
    },
    up: ({ mending }) => mending.settle(),
  },
  {
    id: "handles",
    keys: ["e", "Shift+e"],
    label: "Take the next or previous handle of the focused shape: corner, edge, point",
    group: "Shapes",
    repeats: true,
    run: (_app, { stroke, mending }) => mending.stepHandle(isShifted(stroke) ? -1 : 1),
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
const BY_ID = new Map(KEYMAP.map((line) => [line.id, line]));

/**
 * @param {string} stroke
 * @param {App} app what the person is at
 * @returns {KeyLine|null}
 */
export function lineForStroke(stroke, app) {
  const lines = KEYMAP.filter(({ keys }) => keys.includes(stroke));
  return lines.find(({ when }) => when?.(app)) ?? lines.find(({ when }) => !when) ?? null;
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

/** @param {string} stroke */
function isShifted(stroke) {
  return stroke.includes("Shift+");
}

/** @param {string} stroke with an arrow @returns {Point} one step in its direction */
function arrowOf(stroke) {
  if (stroke.endsWith("Left")) return { x: -1, y: 0 };
  if (stroke.endsWith("Right")) return { x: 1, y: 0 };
  return { x: 0, y: stroke.endsWith("Up") ? -1 : 1 };
}

/** @param {string|null} handle */
function isVertex(handle) {
  return handle?.startsWith("vertex") ?? false;
}
