import assert from "node:assert/strict";
import { test } from "node:test";
import { compareNames, partsOf } from "../../app/scene/intake-parts.js";
import { recent } from "../../app/scene/recent.js";
import { commonFolder, within } from "../../app/ui/intake-sources.js";
import { createMemoryGate } from "../../app/workers/image/memory-gate.js";

/**
 * @param {string} name
 * @param {number} [size]
 */
const brought = (name, size = 1) => ({ name, file: /** @type {File} */ ({ size }) });

test("names are in the order that people count in, folder by folder", () => {
  const names = ["page10.png", "b/1.png", "Page2.png", "a/10.png", "a/9.png", "page2.png"];
  assert.deepEqual(names.toSorted(compareNames), [
    "a/9.png",
    "a/10.png",
    "b/1.png",
    "Page2.png",
    "page2.png",
    "page10.png",
  ]);
});

test("parts keep the order, begin small and stay within files and bytes", () => {
  const files = Array.from({ length: 120 }, (_, place) => brought(`${place}`));
  const parts = [...partsOf(files)];
  assert.deepEqual(parts.flat(), files);
  assert.deepEqual(
    parts.map(({ length }) => length),
    [4, 50, 50, 16],
  );
  const large = [brought("a", 30e6), brought("b", 30e6), brought("c", 90e6)];
  assert.equal([...partsOf(large)].length, 3);
  assert.deepEqual([...partsOf([])], []);
});

test("a folder that everything lies in gives its name", () => {
  const inside = [brought("shots/a.png"), brought("shots/b/c.png")];
  assert.equal(commonFolder(inside), "shots");
  assert.deepEqual(
    within(inside, "shots").map(({ name }) => name),
    ["a.png", "b/c.png"],
  );
  assert.equal(commonFolder([...inside, brought("d.png")]), null);
  assert.equal(commonFolder([brought("shots.png")]), null);
  assert.equal(commonFolder([]), null);
});

test("old answers are forgotten, by number and by weight, but never the latest", async () => {
  /** @type {string[]} */
  const dropped = [];
  const kept = recent({
    most: 2,
    mostWeight: 10,
    ask: async (/** @type {string} */ question) => question,
    drop: (answer) => dropped.push(answer),
  });
  for (const [key, weight] of /** @type {[string, number][]} */ ([
    ["a", 1],
    ["b", 1],
    ["a", 1],
    ["c", 1],
    ["d", 50],
  ]))
    await kept.get(key, weight, key);
  await Promise.resolve();
  assert.deepEqual(dropped, ["b", "c", "a"]);
});

test("what failed is asked again", async () => {
  let asked = 0;
  const kept = recent({
    most: 2,
    mostWeight: 10,
    ask: async () => {
      asked += 1;
      if (asked === 1) throw new Error("not yet");
      return asked;
    },
    drop: () => {},
  });
  await assert.rejects(kept.get("a", 1, null));
  assert.equal(await kept.get("a", 1, null), 2);
});

test("the gate lets through what fits, in order, and what is too large alone", async () => {
  const gate = createMemoryGate(10);
  let inside = 0;
  let most = 0;
  /** @type {number[]} */
  const order = [];
  const work = async (/** @type {number} */ pixels) => {
    order.push(pixels);
    inside += pixels;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= pixels;
  };
  const sizes = [6, 4, 99, 3, 7, 5];
  await Promise.all(sizes.map((pixels) => gate.pass(pixels, () => work(pixels))));
  assert.deepEqual(order, sizes);
  assert.equal(most, 99);
  await assert.rejects(gate.pass(5, () => Promise.reject(new Error("damaged"))));
  await gate.pass(10, () => work(10));
});
