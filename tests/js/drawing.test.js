import assert from "node:assert/strict";
import { test } from "node:test";
import { createDrawing } from "../../app/tools/drawing.js";
import { createPageState } from "../../app/ui/page-state.js";

const TAG = {
  id: "t",
  name: "Text",
  color: "#4477aa",
  key: "1",
  uses: 0,
  keypoints: ["head", "tail"],
  skeleton: [],
};

/** A page whose session answers when it is told to. */
function page() {
  /** @type {((changed: Set<string>) => void)[]} */
  const listeners = [];
  const scene = {
    state: {
      current: { id: "a" },
      tags: [TAG],
      tagById: new Map([[TAG.id, TAG]]),
      lastTagId: null,
    },
    subscribe: (/** @type {(changed: Set<string>) => void} */ listener) => listeners.push(listener),
  };
  /** @type {any[]} */
  const asked = [];
  const app = /** @type {any} */ ({
    ...createPageState(),
    scene,
    dispatch: (/** @type {any} */ command) =>
      new Promise((resolve, reject) => {
        asked.push({ command, accept: resolve, refuse: reject });
      }),
  });
  /** @type {string|null} */
  let tagAsked = null;
  const drawing = createDrawing(app, {
    ground: () => ({ size: { width: 1000, height: 1000 }, scale: 1, ratio: 1 }),
    askTag: async () => tagAsked,
    repaint: () => {},
    drawn: () => {},
  });
  return {
    app,
    drawing,
    asked,
    answerTag: (/** @type {string|null} */ id) => {
      tagAsked = id;
    },
    tell: (/** @type {string[]} */ ...keys) => {
      for (const listener of listeners) listener(new Set(keys));
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @param {ReturnType<typeof page>["drawing"]} drawing @param {number} from @param {number} to */
function dragBox(drawing, from, to) {
  drawing.press({ x: from, y: from });
  drawing.move({ x: to, y: to });
  drawing.release({ x: to, y: to });
}

test("a box goes to the session with the tag chosen for it, and what comes back has the focus", async () => {
  const { app, drawing, asked } = page();
  app.setTool("box");
  app.setDrawTag("t");
  dragBox(drawing, 10, 90);
  await settled();
  const { type, tagId, shape } = asked[0].command;
  assert.deepEqual([type, tagId, shape.box], ["draw", "t", [10, 10, 90, 90]]);
  assert.equal(drawing.pictures().length, 1);
  asked[0].accept({ accepted: true, name: "Draw box", revision: 2, added: ["n"] });
  await settled();
  assert.deepEqual(app.focus, { kind: "annotation", id: "n" });
  assert.equal(drawing.pictures().length, 0);
});

test("the next shape can be begun before the last is stored, and neither is lost when that is refused", async () => {
  const { app, drawing, asked } = page();
  app.setTool("box");
  dragBox(drawing, 10, 90);
  await settled();
  drawing.press({ x: 200, y: 200 });
  drawing.move({ x: 300, y: 300 });
  assert.equal(drawing.pictures().length, 2);
  asked[0].refuse(new Error("The box is too small"));
  await settled();
  assert.equal(app.notice?.text, "The box is too small");
  assert.equal(drawing.pictures().length, 1);
  drawing.cancel();
  drawing.restore();
  assert.equal(drawing.pictures().length, 1);
});

test("while suggestions are painted a tool draws one shape, unless it was told to stay", async () => {
  const { app, drawing } = page();
  app.setPainted({ assetId: "a", candidates: [1], outside: 0 });
  app.setTool("box", true);
  dragBox(drawing, 10, 90);
  await settled();
  assert.equal(app.tool.id, "box");
  app.setTool("box");
  dragBox(drawing, 10, 90);
  await settled();
  assert.equal(app.tool.id, "select");
});

test("a shape that is refused after the tool was put away brings the tool back", async () => {
  const { app, drawing, asked } = page();
  app.setPainted({ assetId: "a", candidates: [1], outside: 0 });
  app.setTool("box");
  dragBox(drawing, 10, 90);
  await settled();
  asked[0].refuse(new Error("no"));
  await settled();
  assert.equal(app.tool.id, "box");
  assert.ok(app.draft.drawing);
});

test("what was given up comes back until something else was done", () => {
  const { app, drawing, tell } = page();
  app.setTool("polygon");
  drawing.press({ x: 10, y: 10 });
  drawing.cancel();
  assert.deepEqual([app.draft.drawing, app.draft.dropped], [false, true]);
  drawing.restore();
  assert.ok(app.draft.drawing);
  drawing.cancel();
  tell("history");
  assert.ok(!app.draft.dropped);
});

test("without any tag a shape waits for one, and is a draft again when none is given", async () => {
  const { app, drawing, asked, answerTag } = page();
  app.scene.state.tags = [];
  app.scene.state.tagById.clear();
  app.setTool("box");
  dragBox(drawing, 10, 90);
  await settled();
  assert.equal(asked.length, 0);
  assert.ok(app.draft.drawing);
  answerTag("made");
  drawing.finish();
  await settled();
  assert.equal(asked[0].command.tagId, "made");
});

test("another tag can be chosen while a shape is drawn", () => {
  const { app, drawing } = page();
  app.setTool("polygon");
  drawing.press({ x: 10, y: 10 });
  app.setDrawTag("t");
  assert.ok(app.draft.drawing);
  app.setTool("polygon");
  assert.deepEqual([app.draft.drawing, app.draft.dropped], [false, true]);
});

test("by keys a point is set by Enter, and a second Enter in place ends the keypoints", async () => {
  const { app, drawing, asked } = page();
  app.setTool("keypoints");
  dragBox(drawing, 10, 90);
  drawing.step({ x: 5, y: 0 }, { x: 0, y: 0 });
  drawing.finish();
  assert.equal(app.notice?.text, "tail, 2 of 2. N: not there, Enter: no more");
  drawing.finish();
  await settled();
  const { shape } = asked[0].command;
  assert.deepEqual(
    [shape.points, shape.visibility],
    [
      [95, 90, 0, 0],
      [2, 0],
    ],
  );
});

test("a tag without keypoints is told when the tool is taken, and nothing is drawn", () => {
  const { app, drawing } = page();
  app.scene.state.tags[0] = { ...TAG, keypoints: [] };
  app.scene.state.tagById.set("t", app.scene.state.tags[0]);
  app.setTool("keypoints");
  assert.match(app.notice?.text ?? "", /Text has no keypoints/);
  dragBox(drawing, 10, 90);
  assert.ok(!app.draft.drawing);
});

test("the whole image takes the tag that new shapes take", async () => {
  const { app, drawing, asked } = page();
  app.setDrawTag("t");
  drawing.tagWholeImage();
  await settled();
  const { type, tagId, shape } = asked[0].command;
  const whole = { kind: "whole-image", box: [0, 0, 1000, 1000] };
  assert.deepEqual([type, tagId, shape], ["draw", "t", whole]);
});
