import assert from "node:assert/strict";
import { test } from "node:test";
import {
  area,
  compareReadingOrder,
  contains,
  distanceToBorder,
  grow,
  intersects,
} from "../../app/shared/geometry.js";

/** @type {import("../../app/shared/geometry.js").Box} */
const BOX = [10, 20, 30, 60];

test("a box that is inside out has no area", () => {
  assert.equal(area(BOX), 800);
  assert.equal(area([30, 20, 10, 60]), 0);
});

test("the border belongs to the box", () => {
  assert.ok(contains(BOX, { x: 10, y: 60 }));
  assert.ok(!contains(BOX, { x: 9.99, y: 60 }));
});

test("boxes that only touch do not intersect", () => {
  assert.ok(intersects(BOX, [29, 59, 40, 70]));
  assert.ok(!intersects(BOX, [30, 20, 40, 60]));
});

test("the distance to the border counts from inside and outside", () => {
  assert.equal(distanceToBorder(BOX, { x: 12, y: 40 }), 2);
  assert.equal(distanceToBorder(BOX, { x: 6, y: 40 }), 4);
  assert.equal(distanceToBorder(BOX, { x: 7, y: 16 }), 5);
  assert.equal(distanceToBorder(BOX, { x: 10, y: 40 }), 0);
});

test("growing by too little turns a box into its centre, never inside out", () => {
  assert.deepEqual(grow(BOX, 2), [8, 18, 32, 62]);
  assert.deepEqual(grow(BOX, -15), [20, 35, 20, 45]);
});

test("reading order goes by row, then from the left", () => {
  /** @type {import("../../app/shared/geometry.js").Box[]} */
  const boxes = [
    [300, 102, 400, 122],
    [10, 200, 100, 220],
    [10, 100, 100, 120],
  ];
  assert.deepEqual([...boxes].sort(compareReadingOrder), [boxes[2], boxes[0], boxes[1]]);
});
