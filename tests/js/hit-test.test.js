import assert from "node:assert/strict";
import { test } from "node:test";
import { hitPart, hitTest, nextBeneath } from "../../app/canvas/hit-test.js";
import {
  boxOutline,
  HIDDEN,
  keypointsOutline,
  NOT_THERE,
  polygonOutline,
  rotatedBoxOutline,
  VISIBLE,
  wholeImageOutline,
} from "../../app/shared/outline.js";

/** @param {string} id @param {import("../../app/shared/geometry.js").Box} box */
const shape = (id, box) => ({ id, outline: boxOutline(box) });
const PAGE = shape("page", [0, 0, 1000, 1000]);
const TABLE = shape("table", [100, 100, 500, 500]);
const CELL = shape("cell", [120, 120, 160, 140]);
/** @param {{id: string}[]} shapes */
const ids = (shapes) => shapes.map(({ id }) => id);

test("the smallest shape comes first, whatever the order of painting", () => {
  const expected = ["cell", "table", "page"];
  assert.deepEqual(ids(hitTest([PAGE, TABLE, CELL], { x: 130, y: 130 }, 4)), expected);
  assert.deepEqual(ids(hitTest([CELL, TABLE, PAGE], { x: 130, y: 130 }, 4)), expected);
});

test("just outside the border still hits", () => {
  assert.deepEqual(ids(hitTest([TABLE], { x: 97, y: 300 }, 4)), ["table"]);
  assert.deepEqual(ids(hitTest([TABLE], { x: 95, y: 300 }, 4)), []);
});

test("of two shapes on one place the one that is painted on top comes first", () => {
  const above = shape("above", TABLE.outline.box);
  assert.deepEqual(ids(hitTest([TABLE, above], { x: 300, y: 300 }, 4)), ["above", "table"]);
});

test("a hit border comes before an inside, so that what is full of small shapes can be reached", () => {
  const row = shape("row", [80, 110, 520, 150]);
  assert.deepEqual(ids(hitTest([TABLE, row], { x: 101, y: 130 }, 4)), ["table", "row"]);
  assert.deepEqual(ids(hitTest([TABLE, row], { x: 130, y: 130 }, 4)), ["row", "table"]);
});

test("a polygon is hit where it is, not where its bounds are", () => {
  const corner = { id: "corner", outline: polygonOutline([[0, 0, 100, 0, 0, 100]]) };
  assert.deepEqual(ids(hitTest([corner], { x: 20, y: 20 }, 4)), ["corner"]);
  assert.deepEqual(ids(hitTest([corner], { x: 80, y: 80 }, 4)), []);
  assert.equal(hitPart(corner.outline, { x: 52, y: 52 }, 4), "border");
  assert.equal(hitPart(corner.outline, { x: 56, y: 56 }, 4), null);
});

test("a hole of a polygon is no part of it", () => {
  const frame = polygonOutline([
    [0, 0, 100, 0, 100, 100, 0, 100],
    [20, 20, 80, 20, 80, 80, 20, 80],
  ]);
  assert.equal(hitPart(frame, { x: 50, y: 50 }, 4), null);
  assert.equal(hitPart(frame, { x: 10, y: 50 }, 4), "inside");
  assert.equal(hitPart(frame, { x: 22, y: 50 }, 4), "border");
});

test("a rotated box is hit between its own edges", () => {
  const diamond = rotatedBoxOutline([50, 0, 100, 50, 50, 100, 0, 50]);
  assert.equal(hitPart(diamond, { x: 50, y: 50 }, 4), "inside");
  assert.equal(hitPart(diamond, { x: 10, y: 10 }, 4), null);
});

test("the part that was hit is told", () => {
  assert.equal(hitPart(TABLE.outline, { x: 101, y: 300 }, 4), "border");
  assert.equal(hitPart(TABLE.outline, { x: 300, y: 300 }, 4), "inside");
  assert.equal(hitPart(TABLE.outline, { x: 50, y: 300 }, 4), null);
});

test("cycling goes round what lies beneath, and starts at the likeliest", () => {
  const hits = [CELL, TABLE, PAGE];
  assert.equal(
    nextBeneath(hits, () => false),
    CELL,
  );
  assert.equal(
    nextBeneath(hits, ({ id }) => id === "cell"),
    TABLE,
  );
  assert.equal(
    nextBeneath(hits, ({ id }) => id === "page"),
    CELL,
  );
  assert.equal(
    nextBeneath([], () => false),
    null,
  );
});

const SKELETON = /** @type {const} */ ([
  [0, 1],
  [1, 2],
]);
/** Head and tail are there, the leg is not. @param {string} id @param {number} [x] */
const creature = (id, x = 0) => ({
  id,
  tag: { skeleton: SKELETON },
  outline: keypointsOutline([x, 0, x + 100, 200], {
    points: Float64Array.from([x + 50, 20, x + 50, 120, x + 90, 190]),
    visibility: Uint8Array.from([VISIBLE, HIDDEN, NOT_THERE]),
  }),
});

test("keypoints are hit by a point, a line of the skeleton, the border of the box, its inside", () => {
  const { outline, tag } = creature("a");
  /** @param {number} x @param {number} y */
  const part = (x, y) => hitPart(outline, { x, y }, 4, tag);
  assert.equal(part(52, 22), "point");
  assert.equal(part(53, 70), "line");
  assert.equal(part(2, 70), "border");
  assert.equal(part(70, 70), "inside");
  assert.equal(part(90, 188), "inside");
  assert.equal(part(110, 70), null);
  assert.equal(hitPart(outline, { x: 53, y: 70 }, 4), "inside");
});

test("a keypoint beside the box is hit, and a line to one that is not there is not", () => {
  const points = Float64Array.from([150, 20, 50, 120, 50, 190]);
  const visibility = Uint8Array.from([VISIBLE, VISIBLE, NOT_THERE]);
  const outline = keypointsOutline([0, 0, 100, 200], { points, visibility });
  assert.equal(hitPart(outline, { x: 152, y: 20 }, 4, { skeleton: SKELETON }), "point");
  assert.equal(hitPart(outline, { x: 125, y: 45 }, 4, { skeleton: SKELETON }), "line");
  assert.equal(hitPart(outline, { x: 50, y: 160 }, 4, { skeleton: SKELETON }), "inside");
});

test("of two people the one whose point is nearer comes first, and a point before any border", () => {
  const [left, right] = [creature("left"), creature("right", 4)];
  assert.deepEqual(ids(hitTest([left, right], { x: 51, y: 20 }, 4)), ["left", "right"]);
  assert.deepEqual(ids(hitTest([left, right], { x: 53, y: 20 }, 4)), ["right", "left"]);
  const sign = shape("sign", [48, 10, 60, 30]);
  assert.deepEqual(ids(hitTest([left, sign], { x: 49, y: 21 }, 4)), ["left", "sign"]);
});

test("a whole image is hit on its frame alone, and each on its own", () => {
  const size = { width: 1000, height: 800 };
  const [cat, dog] = ["cat", "dog"].map((id, place) => ({
    id,
    place,
    outline: wholeImageOutline(size),
  }));
  const all = [cat, dog, TABLE];
  assert.deepEqual(ids(hitTest(all, { x: 300, y: 300 }, 4)), ["table"]);
  assert.deepEqual(ids(hitTest(all, { x: 1, y: 300 }, 2)), ["cat"]);
  assert.deepEqual(ids(hitTest(all, { x: 10, y: 300 }, 2)), ["dog"]);
  // At a tenth of the size the frames lie 30 and 90 pixels of the image within.
  assert.deepEqual(ids(hitTest(all, { x: 92, y: 650 }, 40, 0.1)), ["dog"]);
  assert.deepEqual(ids(hitTest(all, { x: 28, y: 300 }, 20, 0.1)), ["cat"]);
});
