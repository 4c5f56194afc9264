/**
 * Keys that choose tools and draw.
 *
 * @module
 */

import { draws } from "../../tools/toolbox.js";
import { ARROWS, arrowOf, isShifted } from "./strokes.js";

/** @typedef {import("../keymap.js").KeyLine} KeyLine */

/** @type {readonly KeyLine[]} */
export const DRAWING_KEYS = Object.freeze([
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
    id: "tool-keypoints",
    keys: ["k", "Shift+k"],
    label: "Draw keypoints, the box first; with Shift one after the other",
    group: "Tools",
    run: (app, { stroke }) => app.setTool("keypoints", isShifted(stroke)),
  },
  {
    id: "whole-image",
    keys: ["i"],
    label: "Give the whole image the tag",
    group: "Tools",
    run: (_app, { drawing }) => drawing.tagWholeImage(),
  },
  {
    id: "draw-skip",
    keys: ["n"],
    label: "The keypoint that comes next is not there",
    group: "Drawing",
    when: (app) => app.tool.id === "keypoints" && app.draft.drawing,
    run: (_app, { drawing }) => drawing.skip(),
  },
  {
    id: "draw-finish",
    keys: ["Enter"],
    label: "Close the shape, with no more points; where arrows moved the cross: set a point",
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
]);
