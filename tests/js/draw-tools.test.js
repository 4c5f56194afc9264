import assert from "node:assert/strict";
import { test } from "node:test";
import { BOX } from "../../app/tools/box.js";
import { KEYPOINTS } from "../../app/tools/keypoints.js";
import { POLYGON } from "../../app/tools/polygon.js";
import { ROTATED_BOX } from "../../app/tools/rotated-box.js";

/** @typedef {import("../../app/tools/draw-tool.js").DrawEvent} DrawEvent */
/** @typedef {[type: "press"|"move"|"release", x: number, y: number]|["finish"|"back"|"lost"|"skip"]} Act */

const REACH = 4;
const TAG = /** @type {import("../../app/scene/types.js").Tag} */ ({
  name: "Creature",
  keypoints: ["head", "tail", "leg"],
  skeleton: [
    [0, 1],
    [1, 2],
  ],
});

/**
 * @template Draft
 * @param {import("../../app/tools/draw-tool.js").DrawTool<Draft>} tool
 * @param {...Act} acts
 */
function after(tool, ...acts) {
  /** @type {Draft|null} */
  let draft = null;
  /** @type {import("../../app/shared/outline.js").Outline[]} */
  const shapes = [];
  for (const [type, x, y] of acts) {
    const event = x === undefined ? { type } : { type, at: { x, y }, reach: REACH };
    const step = tool.step(draft, /** @type {DrawEvent} */ (event), TAG);
    draft = step.draft;
    if (step.shape) shapes.push(step.shape);
  }
  return { draft, shapes };
}

/** @param {number} x @param {number} y @returns {Act[]} */
const click = (x, y) => [
  ["move", x, y],
  ["press", x, y],
  ["release", x, y],
];

test("a box is dragged from any corner", () => {
  const { shapes } = after(BOX, ["press", 50, 60], ["move", 20, 30], ["release", 10, 20]);
  assert.deepEqual(
    shapes.map(({ kind, box }) => [kind, box]),
    [["box", [10, 20, 50, 60]]],
  );
});

test("a box is clicked from corner to corner, and trembling is no drag", () => {
  const { draft, shapes } = after(BOX, ["press", 10, 20], ["move", 12, 21], ["release", 12, 21]);
  assert.equal(shapes.length, 0);
  assert.deepEqual(draft?.from, { x: 10, y: 20 });
  const two = after(BOX, ...click(10, 20), ["move", 30, 30], ...click(50, 60));
  assert.deepEqual(two.shapes[0].box, [10, 20, 50, 60]);
});

test("a box that is refused goes on from its first corner", () => {
  const { draft, shapes } = after(BOX, ["press", 10, 20], ["move", 90, 20], ["release", 90, 20]);
  assert.equal(shapes.length, 1);
  const { draft: next } = BOX.step(
    draft,
    { type: "move", at: { x: 50, y: 60 }, reach: REACH },
    TAG,
  );
  assert.deepEqual(next && [next.from, next.to, next.phase], [
    { x: 10, y: 20 },
    { x: 50, y: 60 },
    "waiting",
  ]);
});

test("a press that is lost takes a dragged box with it, and leaves a first corner", () => {
  assert.equal(after(BOX, ["press", 1, 2], ["move", 40, 50], ["lost"]).draft, null);
  const { draft, shapes } = after(BOX, ...click(1, 2), ["press", 40, 50], ["lost"]);
  assert.equal(draft?.phase, "waiting");
  assert.equal(shapes.length, 0);
});

const TRIANGLE = [...click(0, 0), ...click(100, 0), ...click(0, 100)];

test("a polygon closes by Enter, by a click on its first corner, and by a double click", () => {
  /** @type {Act[][]} */
  const ways = [[["finish"]], click(5, 5), click(1, 100)];
  for (const way of ways) {
    const { shapes } = after(POLYGON, ...TRIANGLE, ...way);
    assert.deepEqual(
      shapes.map(({ kind, rings }) => [kind, rings.map((ring) => [...ring])]),
      [["polygon", [[0, 0, 100, 0, 0, 100]]]],
    );
  }
});

test("two corners are not closed by a click on the first", () => {
  const { draft, shapes } = after(POLYGON, ...click(0, 0), ...click(100, 0), ...click(0, 1));
  assert.equal(shapes.length, 0);
  assert.equal(draft?.points.length, 3);
});

test("Backspace takes corners back one by one, then the polygon", () => {
  assert.equal(after(POLYGON, ...TRIANGLE, ["back"]).draft?.points.length, 2);
  assert.equal(after(POLYGON, ...TRIANGLE, ["back"], ["back"], ["back"]).draft, null);
});

test("a corner stays where it was pressed, unless it is dragged on", () => {
  const trembled = after(POLYGON, ["press", 10, 10], ["move", 12, 12], ["release", 12, 12]);
  assert.deepEqual(trembled.draft?.points, [{ x: 10, y: 10 }]);
  const dragged = after(POLYGON, ["press", 10, 10], ["move", 40, 10], ["release", 40, 10]);
  assert.deepEqual(dragged.draft?.points, [{ x: 40, y: 10 }]);
  assert.equal(after(POLYGON, ["press", 10, 10], ["lost"]).draft, null);
});

test("a polygon that is refused keeps its corners", () => {
  const { draft, shapes } = after(POLYGON, ...TRIANGLE, ["finish"]);
  assert.equal(shapes.length, 1);
  assert.equal(draft?.points.length, 3);
});

test("a rotated box has its first edge where it was drawn, clockwise on either side", () => {
  /** @type {Act[]} */
  const edge = [
    ["press", 10, 10],
    ["move", 40, 50],
    ["release", 40, 50],
  ];
  const below = after(ROTATED_BOX, ...edge, ...click(0, 65));
  const above = after(ROTATED_BOX, ...edge, ...click(80, 20));
  for (const [{ shapes }, first] of /** @type {const} */ ([
    [below, [10, 10, 40, 50]],
    [above, [40, 50, 10, 10]],
  ])) {
    assert.equal(shapes.length, 1);
    const [ring] = shapes[0].rings;
    assert.deepEqual([...ring.slice(0, 4)], first);
    assert.ok(turn(ring) > 0);
    for (const at of [0, 1]) {
      const [x0, y0, x1, y1, x2, y2] = ring.slice(2 * at, 2 * at + 6);
      assert.ok(Math.abs((x1 - x0) * (x2 - x1) + (y1 - y0) * (y2 - y1)) < 1e-6);
    }
  }
});

test("a rotated box is clicked in three steps and taken back in two", () => {
  const { draft, shapes } = after(ROTATED_BOX, ...click(0, 0), ...click(100, 0), ...click(30, 40));
  assert.deepEqual([...shapes[0].rings[0]], [0, 0, 100, 0, 100, 40, 0, 40]);
  assert.ok(draft);
  assert.equal(after(ROTATED_BOX, ...click(0, 0), ...click(100, 0), ["back"]).draft?.end, null);
  assert.equal(after(ROTATED_BOX, ...click(0, 0), ["back"]).draft, null);
});

/** @type {Act[]} */
const CREATURE_BOX = [
  ["press", 10, 10],
  ["move", 110, 210],
  ["release", 110, 210],
];

/** @param {import("../../app/shared/outline.js").Outline[]} shapes */
const marks = (shapes) =>
  shapes.map(({ box, keypoints }) => [
    box,
    [...(keypoints?.points ?? [])],
    [...(keypoints?.visibility ?? [])],
  ]);

test("keypoints are a box and a click on each point, and end with the last", () => {
  const acts = [...CREATURE_BOX, ...click(60, 30), ...click(60, 100), ...click(60, 200)];
  assert.deepEqual(marks(after(KEYPOINTS, ...acts).shapes), [
    [
      [10, 10, 110, 210],
      [60, 30, 60, 100, 60, 200],
      [2, 2, 2],
    ],
  ]);
  assert.equal(after(KEYPOINTS, ...acts.slice(0, -1)).shapes.length, 0);
});

test("a point that is skipped is not there, and Enter leaves the rest out", () => {
  const skipped = [...CREATURE_BOX, ["skip"], ...click(60, 100), ["skip"]];
  assert.deepEqual(marks(after(KEYPOINTS, .../** @type {Act[]} */ (skipped)).shapes), [
    [
      [10, 10, 110, 210],
      [0, 0, 60, 100, 0, 0],
      [0, 2, 0],
    ],
  ]);
  const rest = after(KEYPOINTS, ...CREATURE_BOX, ...click(60, 30), ["finish"]);
  assert.deepEqual(marks(rest.shapes)[0][2], [2, 0, 0]);
});

test("Backspace takes points back, skipped ones too, then the box, then all", () => {
  const acts = [...CREATURE_BOX, ...click(60, 30), /** @type {Act} */ (["skip"])];
  /** @param {number} times */
  const back = (times) =>
    after(KEYPOINTS, ...acts, ...Array.from({ length: times }, () => /** @type {Act} */ (["back"])))
      .draft;
  assert.deepEqual(back(1)?.points, [{ x: 60, y: 30 }]);
  assert.deepEqual(back(2)?.points, []);
  assert.equal(back(3)?.box, null);
  assert.equal(back(3)?.corners.phase, "waiting");
  assert.equal(back(4), null);
});

test("a keypoint goes along while its press is dragged, and goes with a press that is lost", () => {
  const press = [...CREATURE_BOX, /** @type {Act} */ (["press", 60, 30])];
  const dragged = after(
    KEYPOINTS,
    ...press,
    ["move", 62, 31],
    ["move", 70, 50],
    ["release", 71, 52],
  );
  assert.deepEqual(dragged.draft?.points, [{ x: 71, y: 52 }]);
  const trembled = after(KEYPOINTS, ...press, ["release", 62, 31]);
  assert.deepEqual(trembled.draft?.points, [{ x: 60, y: 30 }]);
  assert.deepEqual(after(KEYPOINTS, ...press, ["lost"]).draft?.points, []);
});

test("a box without an area is none, and goes on from its first corner", () => {
  const { draft } = after(KEYPOINTS, ["press", 10, 10], ["move", 90, 10], ["release", 90, 10]);
  assert.equal(draft?.box, null);
  assert.deepEqual(draft?.corners.from, { x: 10, y: 10 });
});

test("what comes next is told, and that a tag has no keypoints", () => {
  const { draft } = after(KEYPOINTS, ...CREATURE_BOX, ...click(60, 30));
  assert.ok(draft);
  assert.equal(KEYPOINTS.picture(draft, TAG).size, "tail, 2 of 3");
  assert.equal(KEYPOINTS.told?.(draft, TAG), "tail, 2 of 3. N: not there, Enter: no more");
  assert.equal(KEYPOINTS.refusal?.(TAG), "");
  const bare = { ...TAG, keypoints: [] };
  assert.match(KEYPOINTS.refusal?.(bare) ?? "", /^Creature has no keypoints: a pose model/);
});

/** @param {Float64Array} ring @returns {number} positive: clockwise on a screen, whose y goes down */
function turn(ring) {
  let twice = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const to = (at + 2) % ring.length;
    twice += ring[at] * ring[to + 1] - ring[to] * ring[at + 1];
  }
  return twice;
}
