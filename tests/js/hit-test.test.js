import assert from "node:assert/strict";
import { test } from "node:test";
import { hitPart, hitTest, nextBeneath } from "../../app/canvas/hit-test.js";

/** @param {string} id @param {import("../../app/shared/geometry.js").Box} box */
const shape = (id, box) => ({ id, box });
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
  const above = shape("above", TABLE.box);
  assert.deepEqual(ids(hitTest([TABLE, above], { x: 300, y: 300 }, 4)), ["above", "table"]);
});

test("of equal areas a hit border wins", () => {
  const beside = shape("beside", [498, 100, 898, 500]);
  assert.deepEqual(ids(hitTest([TABLE, beside], { x: 495, y: 300 }, 5)), ["beside", "table"]);
});

test("the part that was hit is told", () => {
  assert.equal(hitPart(TABLE.box, { x: 101, y: 300 }, 4), "border");
  assert.equal(hitPart(TABLE.box, { x: 300, y: 300 }, 4), "inside");
  assert.equal(hitPart(TABLE.box, { x: 50, y: 300 }, 4), null);
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
