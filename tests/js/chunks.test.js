import assert from "node:assert/strict";
import { test } from "node:test";
import { chunksOf } from "../../app/scene/chunks.js";

const images = (/** @type {number[]} */ ...sizes) => sizes.map((bytes) => ({ bytes }));

test("images keep their order, at most 50 in one transaction", () => {
  const all = images(...Array.from({ length: 120 }, (_, at) => at));
  const chunks = chunksOf(all);
  assert.deepEqual(
    chunks.map(({ length }) => length),
    [50, 50, 20],
  );
  assert.deepEqual(chunks.flat(), all);
});

test("a transaction holds 32 MB at most, but always one image", () => {
  const chunks = chunksOf(images(20e6, 12e6, 1, 90e6, 5, 5));
  assert.deepEqual(
    chunks.map((chunk) => chunk.map(({ bytes }) => bytes)),
    [[20e6, 12e6], [1], [90e6], [5, 5]],
  );
});

test("without images there is nothing to do", () => {
  assert.deepEqual(chunksOf([]), []);
});
