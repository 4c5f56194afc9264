import assert from "node:assert/strict";
import { test } from "node:test";
import { hitPart, hitTest, nextBeneath } from "../../app/canvas/hit-test.js";
import { boxOutline, polygonOutline, rotatedBoxOutline } from "../../app/shared/outline.js";

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
