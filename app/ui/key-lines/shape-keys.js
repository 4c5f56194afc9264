/**
 * Keys that act on the focused shape.
 *
 * @module
 */

import { isKeypoint } from "../../tools/handles/keypoint-handles.js";
import * as actions from "../actions.js";
import { ARROWS, arrowOf, isShifted } from "./strokes.js";

/** @typedef {import("../keymap.js").KeyLine} KeyLine */

/** @type {readonly KeyLine[]} */
export const SHAPE_KEYS = Object.freeze([
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
    label: "The same; where a point is taken, remove that",
    group: "Shapes",
    run(app, { mending }) {
      if (isPoint(app.handle)) mending.removePoint();
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
    id: "visibility",
    keys: ["n"],
    label: "The keypoint pointed at, or taken: visible, hidden, not there",
    group: "Shapes",
    run: (_app, { mending }) => mending.cycleVisibility(),
  },
]);

/** @param {string|null} handle */
function isPoint(handle) {
  return (handle?.startsWith("vertex") ?? false) || isKeypoint(handle);
}
