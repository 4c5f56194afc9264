import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxOutline,
  countLabelled,
  extentOf,
  HIDDEN,
  keypointsOutline,
  mapOutline,
  NOT_THERE,
  outlineArea,
  outlineJson,
  outlinesFromColumns,
  polygonOutline,
  rotatedBoxOutline,
  VISIBLE,
  wholeImageOutline,
} from "../../app/shared/outline.js";
import {
  allHandlesOf,
  handleAt,
  handlesOf,
  movedBy,
  withHandleAt,
} from "../../app/tools/handles/handles.js";
import { withVisibility } from "../../app/tools/handles/keypoint-handles.js";
import { withoutVertex } from "../../app/tools/handles/polygon-handles.js";
import { placed, placedMove } from "../../app/tools/snap.js";

const SIZE = { width: 1000, height: 800 };
const BOX = boxOutline([100, 100, 300, 200]);
const SLANTED = rotatedBoxOutline([300, 200, 380, 260, 350, 300, 270, 240]);
const TRIANGLE = polygonOutline([[0, 0, 100, 0, 0, 100]]);

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function near(a, b) {
  assert.equal(a.length, b.length);
  for (let at = 0; at < a.length; at++)
    assert.ok(Math.abs(a[at] - b[at]) < 1e-6, `${a[at]} ${b[at]}`);
}

test("each handle of a box takes its own sides along", () => {
  const to = { x: 400, y: 50 };
  assert.deepEqual(withHandleAt(BOX, "ne", to, SIZE).box, [100, 50, 400, 200]);
  assert.deepEqual(withHandleAt(BOX, "e", to, SIZE).box, [100, 100, 400, 200]);
  assert.deepEqual(withHandleAt(BOX, "n", to, SIZE).box, [100, 50, 300, 200]);
});

test("a corner taken beyond the opposite one turns the box inside out", () => {
  assert.deepEqual(withHandleAt(BOX, "nw", { x: 350, y: 260 }, SIZE).box, [300, 200, 350, 260]);
});

test("a rotated box keeps its angle and the opposite corner while it is resized", () => {
  const changed = withHandleAt(SLANTED, "se", { x: 400, y: 320 }, SIZE);
  const [ring] = changed.rings;
  near(ring.slice(0, 2), [300, 200]);
  near(ring.slice(4, 6), [400, 320]);
  const slope = (ring[3] - ring[1]) / (ring[2] - ring[0]);
  assert.ok(Math.abs(slope - 60 / 80) < 1e-9);
});

test("a rotated box turns about its middle", () => {
  const turn = allHandlesOf(SLANTED, 1).find(({ id }) => id === "turn");
  assert.ok(turn);
  near([...withHandleAt(SLANTED, "turn", turn.at, SIZE).rings[0]], SLANTED.rings[0]);
  const upright = withHandleAt(SLANTED, "turn", { x: 325, y: 0 }, SIZE);
  near(upright.rings[0], [275, 225, 375, 225, 375, 275, 275, 275]);
});

test("a rotated box never leaves the image", () => {
  for (const id of ["nw", "ne", "e", "s", "turn"]) {
    for (const to of [
      { x: 0, y: 0 },
      { x: 1000, y: 0 },
      { x: 1000, y: 800 },
    ]) {
      const [x0, y0, x1, y1] = withHandleAt(SLANTED, id, to, SIZE).box;
      assert.ok(x0 >= 0 && y0 >= 0 && x1 <= 1000 && y1 <= 800, `${id} ${[x0, y0, x1, y1]}`);
    }
  }
});

test("the vertices of a polygon move, come and go", () => {
  const moved = withHandleAt(TRIANGLE, "vertex-0-1", { x: 120, y: 10 }, SIZE);
  assert.deepEqual([...moved.rings[0]], [0, 0, 120, 10, 0, 100]);
  const added = withHandleAt(TRIANGLE, "middle-0-1", { x: 80, y: 80 }, SIZE);
  assert.deepEqual([...added.rings[0]], [0, 0, 100, 0, 80, 80, 0, 100]);
  const middle = allHandlesOf(TRIANGLE, 1).find(({ id }) => id === "middle-0-1");
  assert.equal(middle?.becomes, "vertex-0-2");
  assert.deepEqual(withoutVertex(added, "vertex-0-2"), TRIANGLE);
});

test("a polygon keeps three vertices, and loses a part that would have fewer", () => {
  assert.equal(withoutVertex(TRIANGLE, "vertex-0-0"), null);
  const two = polygonOutline([...TRIANGLE.rings, [200, 0, 300, 0, 200, 100]]);
  assert.deepEqual(withoutVertex(two, "vertex-1-2"), TRIANGLE);
});

test("where there is no room a shape has fewer handles, but keys reach them all", () => {
  assert.equal(handlesOf(BOX, 1).length, 8);
  assert.equal(handlesOf(BOX, 0.1).length, 4);
  assert.equal(allHandlesOf(BOX, 0.1).length, 8);
  assert.equal(handlesOf(TRIANGLE, 1).length, 6);
  assert.equal(handlesOf(TRIANGLE, 0.1).length, 3);
});

test("a press takes the nearest handle, and within a small shape leaves room to move it", () => {
  assert.equal(handleAt(BOX, { x: 303, y: 97 }, 1)?.id, "ne");
  assert.equal(handleAt(BOX, { x: 200, y: 150 }, 1), null);
  const small = boxOutline([100, 100, 112, 108]);
  assert.equal(handleAt(small, { x: 106, y: 104 }, 1), null);
  assert.equal(handleAt(small, { x: 98, y: 98 }, 1)?.id, "nw");
});

test("a shape moves as a whole and stays on the image", () => {
  const ground = { size: SIZE, scale: 1, ratio: 1 };
  assert.deepEqual(placedMove(BOX.box, { x: -500, y: 5000 }, ground), { x: -100, y: 600 });
  const fine = boxOutline([0.1, 0.2, 999.7, 10.3]);
  const by = placedMove(fine.box, { x: 400, y: 900 }, ground);
  const [, , x1, y1] = movedBy(fine, by, SIZE).box;
  assert.ok(x1 <= 1000 && y1 <= 800);
});

test("a point goes to the edge of a pixel where the pointer is on it, and nowhere else", () => {
  const near8 = { size: SIZE, scale: 8, ratio: 1 };
  assert.deepEqual(placed({ x: 12 + 1e-9, y: 30.05 }, near8), { x: 12, y: 30 });
  assert.deepEqual(placed({ x: 12.25, y: 30.5 }, near8), { x: 12.25, y: 30.5 });
  assert.deepEqual(placed({ x: -3, y: 900 }, near8), { x: 0, y: 800 });
  for (const scale of [0.05, 0.3, 1, 1.7, 8, 40]) {
    for (const ratio of [1, 1.5, 2]) {
      for (let at = 0; at < 50; at++) {
        const x = (at * 7.3131) % 1000;
        const off = Math.abs(placed({ x, y: 0 }, { size: SIZE, scale, ratio }).x - x);
        assert.ok(off * scale * ratio <= 0.5);
      }
    }
  }
});

test("outlines cross to and from the session unchanged", () => {
  const hole = [
    [0, 0, 100, 0, 100, 100],
    [20, 10, 80, 10, 80, 60],
  ];
  const made = [boxOutline([1, 2, 3, 4]), SLANTED, polygonOutline(hole)];
  const read = outlinesFromColumns(
    Float64Array.from(made.flatMap(({ box }) => [...box])).buffer,
    Uint8Array.from([0, 1, 2]).buffer,
    Int32Array.from([1, 4, 2, 3, 2, 3]).buffer,
    Float64Array.from([...SLANTED.rings[0], ...hole.flat()]).buffer,
  );
  assert.deepEqual(read, made);
  assert.deepEqual(read.map(outlineJson), [
    { kind: "box", box: [1, 2, 3, 4] },
    { kind: "rotated-box", ring: [...SLANTED.rings[0]] },
    { kind: "polygon", rings: hole },
  ]);
  const none = new ArrayBuffer(0);
  const boxes = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
  assert.deepEqual(
    outlinesFromColumns(boxes, none, none, none).map(({ kind }) => kind),
    ["box", "box"],
  );
});

test("areas count holes out and parts in", () => {
  const frame = [
    [0, 0, 100, 0, 100, 100, 0, 100],
    [20, 20, 80, 20, 80, 80, 20, 80],
  ];
  assert.equal(outlineArea(polygonOutline(frame)), 6400);
  const parts = polygonOutline([...TRIANGLE.rings, [200, 0, 300, 0, 200, 100]]);
  assert.equal(outlineArea(parts), 10_000);
  assert.equal(outlineArea(mapOutline(SLANTED, ({ x, y }) => ({ x: x + 9, y }))), 5000);
});

/** Head visible, tail hidden beside the box, leg not there, at (0, 0). */
const CREATURE = keypointsOutline([100, 100, 300, 200], {
  points: Float64Array.from([150, 120, 320, 150, 0, 0]),
  visibility: Uint8Array.from([VISIBLE, HIDDEN, NOT_THERE]),
});
const NAMES = ["head", "tail"];

test("every keypoint has a handle that says its name and whether it is seen, before those of the box", () => {
  const handles = allHandlesOf(CREATURE, 1, NAMES);
  assert.deepEqual(
    handles.slice(0, 4).map(({ id, name }) => [id, name]),
    [
      ["keypoint-0", "head, visible"],
      ["keypoint-1", "tail, hidden"],
      ["keypoint-2", "point 3, not there"],
      ["nw", "top left corner"],
    ],
  );
  assert.equal(handles.length, 3 + 8);
  assert.equal(handleAt(CREATURE, { x: 152, y: 121 }, 1, NAMES)?.name, "head, visible");
  assert.equal(handleAt(CREATURE, { x: 322, y: 150 }, 1, NAMES)?.name, "tail, hidden");
});

test("a keypoint that is not there waits at the lower edge of the box, and comes back from there", () => {
  const leg = allHandlesOf(CREATURE, 1).find(({ id }) => id === "keypoint-2");
  // The third of three: three quarters along an edge of 200, six hundredths of 100 above it.
  assert.deepEqual(leg?.at, { x: 250, y: 194 });
  const back = withVisibility(CREATURE, "keypoint-2");
  near(back.keypoints?.points ?? [], [150, 120, 320, 150, 250, 194]);
  assert.deepEqual([...(back.keypoints?.visibility ?? [])], [VISIBLE, HIDDEN, VISIBLE]);
});

test("the visibility of a keypoint goes round", () => {
  let outline = CREATURE;
  const seen = [];
  for (let press = 0; press < 3; press++) {
    outline = withVisibility(outline, "keypoint-0");
    seen.push(outline.keypoints?.visibility[0]);
  }
  assert.deepEqual(seen, [HIDDEN, NOT_THERE, VISIBLE]);
  near(outline.keypoints?.points ?? [], [150, 120, 320, 150, 0, 0]);
});

test("a keypoint moves by itself, the box without its points, and one that is moved is there", () => {
  const to = { x: 160, y: 130 };
  const moved = withHandleAt(CREATURE, "keypoint-1", to, SIZE);
  near(moved.keypoints?.points ?? [], [150, 120, 160, 130, 0, 0]);
  assert.equal(moved.keypoints?.visibility[1], HIDDEN);
  assert.deepEqual(moved.box, CREATURE.box);
  assert.equal(withHandleAt(CREATURE, "keypoint-2", to, SIZE).keypoints?.visibility[2], VISIBLE);
  const wider = withHandleAt(CREATURE, "e", { x: 400, y: 0 }, SIZE);
  assert.deepEqual(wider.box, [100, 100, 400, 200]);
  assert.equal(wider.keypoints, CREATURE.keypoints);
});

test("keypoints move with their box, no further than the image reaches beyond any of them", () => {
  assert.deepEqual(extentOf(CREATURE), [100, 100, 320, 200]);
  assert.equal(countLabelled(CREATURE), 2);
  const ground = { size: SIZE, scale: 1, ratio: 1 };
  const by = placedMove(extentOf(CREATURE), { x: 5000, y: 10 }, ground);
  assert.deepEqual(by, { x: 680, y: 10 });
  const moved = movedBy(CREATURE, by, SIZE);
  assert.deepEqual(moved.box, [780, 110, 980, 210]);
  near(moved.keypoints?.points.slice(0, 4) ?? [], [830, 130, 1000, 160]);
});

test("a whole image has no handles", () => {
  assert.deepEqual(allHandlesOf(wholeImageOutline(SIZE), 1), []);
});

test("keypoints and whole images cross to and from the session unchanged", () => {
  const made = [wholeImageOutline(SIZE), CREATURE];
  const read = outlinesFromColumns(
    Float64Array.from(made.flatMap(({ box }) => [...box])).buffer,
    Uint8Array.from([4, 3]).buffer,
    Int32Array.from([1, 3]).buffer,
    Float64Array.from(CREATURE.keypoints?.points ?? []).buffer,
    Uint8Array.from([VISIBLE, HIDDEN, NOT_THERE]).buffer,
  );
  assert.deepEqual(read, made);
  assert.deepEqual(read.map(outlineJson), [
    { kind: "whole-image", box: [0, 0, 1000, 800] },
    {
      kind: "keypoints",
      box: [100, 100, 300, 200],
      points: [150, 120, 320, 150, 0, 0],
      visibility: [2, 1, 0],
    },
  ]);
});
