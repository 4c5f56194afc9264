/**
 * Keys that go to other images, change the view, take back and help.
 *
 * @module
 */

import * as actions from "../actions.js";

/** @typedef {import("../keymap.js").KeyLine} KeyLine */

/** @type {readonly KeyLine[]} */
export const PAGE_KEYS = Object.freeze([
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
