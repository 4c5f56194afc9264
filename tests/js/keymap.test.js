import assert from "node:assert/strict";
import { test } from "node:test";
import { strokeForAria, strokeOf, strokeText } from "../../app/ui/key-match.js";
import { keymap, lineFor, lineForStroke } from "../../app/ui/keymap.js";
import { isSingleKey } from "../../app/ui/single-keys.js";

/** @param {Partial<import("../../app/ui/key-match.js").KeyPress>} press */
const stroke = (press) =>
  strokeOf({
    key: "",
    code: "",
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...press,
  });

test("a letter goes by what it says where that is Latin", () => {
  assert.equal(stroke({ key: "a", code: "KeyQ" }), "a");
  assert.equal(stroke({ key: "G", code: "KeyG", shiftKey: true }), "Shift+g");
});

test("a letter goes by its place on other scripts", () => {
  assert.equal(stroke({ key: "ь", code: "KeyM" }), "m");
  assert.equal(stroke({ key: "Γ", code: "KeyG", shiftKey: true }), "Shift+g");
});

test("Caps Lock does not turn a key into its Shift line", () => {
  assert.equal(stroke({ key: "G", code: "KeyG" }), "g");
});

test("digits go by place, number pad too", () => {
  assert.equal(stroke({ key: "à", code: "Digit0" }), "0");
  assert.equal(stroke({ key: "0", code: "Numpad0" }), "0");
});

test("the question mark is one wherever it is", () => {
  assert.equal(stroke({ key: "?", code: "Slash", shiftKey: true }), "?");
  assert.equal(stroke({ key: "?", code: "Minus", shiftKey: true }), "?");
  assert.equal(stroke({ key: "?", code: "KeyM" }), "?");
});

test("Command counts as Ctrl, Alt belongs to others, a modifier alone is nothing", () => {
  assert.equal(stroke({ key: "z", code: "KeyZ", metaKey: true, shiftKey: true }), "Ctrl+Shift+z");
  assert.equal(stroke({ key: "ArrowLeft", code: "ArrowLeft", altKey: true }), null);
  assert.equal(stroke({ key: "Shift", code: "ShiftLeft", shiftKey: true }), null);
});

test("space is named", () => {
  assert.equal(stroke({ key: " ", code: "Space", shiftKey: true }), "Shift+Space");
});

/** @param {Partial<{tool: object, draft: object, handle: string|null, focus: object|null}>} [present] */
const at = (present) =>
  /** @type {any} */ ({
    tool: { id: "select", stays: false },
    draft: { drawing: false, dropped: false, mending: false },
    handle: null,
    focus: null,
    ...present,
  });

test("no two lines share a stroke, and every line is found by its strokes and its id", () => {
  const always = keymap().filter(({ when }) => !when);
  const strokes = always.flatMap(({ keys }) => keys);
  assert.equal(new Set(strokes).size, strokes.length);
  for (const line of keymap()) assert.equal(lineFor(line.id), line);
  for (const line of always) {
    for (const key of line.keys) assert.equal(lineForStroke(key, at()), line);
  }
});

test("while a shape is drawn, its keys come first and the others stay what they are", () => {
  const drawing = at({
    tool: { id: "polygon", stays: false },
    draft: { drawing: true, dropped: false, mending: false },
  });
  for (const [key, id] of [
    ["Enter", "draw-finish"],
    ["Escape", "draw-cancel"],
    ["Backspace", "draw-back"],
    ["Ctrl+z", "draw-undo"],
    ["ArrowRight", "draw-cross"],
    ["Shift+ArrowRight", "draw-cross-slowly"],
    ["d", "next"],
    ["2", "tag-by-key"],
    ["Delete", "delete"],
  ]) {
    assert.equal(lineForStroke(key, drawing)?.id, id);
  }
  const others = { Enter: "select", Backspace: "delete", "Ctrl+z": "undo", ArrowRight: "next" };
  for (const [key, id] of Object.entries(others)) assert.equal(lineForStroke(key, at())?.id, id);
  assert.equal(lineForStroke("Escape", at()), null);
});

test("the shape just drawn is nudged while its tool stays, until the cross moves on", () => {
  const tool = { id: "box", stays: true };
  const drawn = at({ tool, focus: { kind: "annotation", id: "n" } });
  assert.equal(lineForStroke("Shift+ArrowUp", drawn)?.id, "nudge");
  assert.equal(lineForStroke("Shift+ArrowUp", at({ tool }))?.id, "draw-cross-slowly");
});

test("undo takes back a drag, or brings back a shape given up, before anything older", () => {
  for (const draft of [{ mending: true }, { dropped: true }]) {
    assert.equal(lineForStroke("Ctrl+z", at({ draft }))?.id, "draw-undo");
  }
});

test("no stroke of the table belongs to the browser", () => {
  const reserved = new Set(["Ctrl+w", "Ctrl+t", "Ctrl+n", "Ctrl+Shift+w", "Ctrl+Shift+n"]);
  for (const { keys } of keymap()) {
    for (const key of keys) assert.ok(!reserved.has(key) && !/^Ctrl\+\d$/.test(key), key);
  }
});

test("nothing that commits or removes goes on while a key is held", () => {
  for (const { id, group, repeats } of keymap()) {
    if (group === "Commit" || ["reject", "delete", "select", "assist"].includes(id)) {
      assert.ok(!repeats, id);
    }
  }
});

test("what is typed alone can be turned off, what types nothing and what has Ctrl cannot", () => {
  for (const key of ["m", "Shift+g", "2", "?"]) assert.ok(isSingleKey(key), key);
  for (const key of ["Ctrl+z", "ArrowLeft", "Shift+ArrowLeft", "Enter", "Space", "Escape"]) {
    assert.ok(!isSingleKey(key), key);
  }
});

test("strokes are shown and told as people write them", () => {
  assert.equal(strokeText("Ctrl+Shift+z"), "Ctrl Shift Z");
  assert.equal(strokeText("ArrowRight"), "→");
  assert.equal(strokeForAria("Ctrl+Shift+z"), "Control+Shift+Z");
});
