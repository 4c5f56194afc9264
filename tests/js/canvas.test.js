import assert from "node:assert/strict";
import { test } from "node:test";
import { placeChips } from "../../app/canvas/chip-layout.js";
import { CASING, contrast, DASH, luminance, textOn } from "../../app/canvas/palette.js";
import { annotationShapes, scoreText, suggestionShapes } from "../../app/canvas/shapes.js";
import { intersects } from "../../app/shared/geometry.js";
import { boxOutline, polygonOutline } from "../../app/shared/outline.js";

const TAGS = new Map(
  ["Text", "Title"].map((name, index) => [
    `t${index}`,
    { id: `t${index}`, name, color: "#4477aa", key: null },
  ]),
);

/** @param {Partial<import("../../app/scene/types.js").View>} view */
const current = (view) =>
  /** @type {import("../../app/scene/types.js").CurrentAsset} */ ({
    id: "a",
    annotations: [],
    predictions: {
      predictorId: "p",
      count: 3,
      outlines: [0, 20, 40].map((at) => boxOutline([at, at, at + 10, at + 10])),
      scores: new Float64Array([0.9, 0.8, 0.7]),
      classes: new Int32Array([0, 0, 1]),
    },
    view: {
      predictorId: "p",
      shown: true,
      status: [0, 8, 1],
      tags: ["t0", "t1", "t1"],
      selected: [0],
      readings: [[0, 1]],
      disagreements: [0],
      ...view,
    },
    edits: new Map(),
  });

test("only shown candidates become shapes, with what is to be told of them", () => {
  const [shape, ...others] = suggestionShapes(current({}), TAGS);
  assert.equal(others.length, 0);
  assert.deepEqual(shape.box, [0, 0, 10, 10]);
  assert.ok(shape.selected && shape.disagrees);
  assert.equal(shape.other?.tag.name, "Title");
});

test("a suggestion that a person changed is shown where they put it, and says so", () => {
  const asset = current({ status: [0, 0, 1] });
  asset.edits = new Map([[1, polygonOutline([[1, 2, 30, 4, 5, 60]])]]);
  const [untouched, changed] = suggestionShapes(asset, TAGS);
  assert.ok(!untouched.edited && changed.edited);
  assert.deepEqual(changed.box, [1, 2, 30, 60]);
});

test("hidden suggestions and those of another predictor are no shapes", () => {
  assert.deepEqual(suggestionShapes(current({ shown: false }), TAGS), []);
  assert.deepEqual(suggestionShapes(current({ predictorId: "q" }), TAGS), []);
  assert.deepEqual(suggestionShapes(null, TAGS), []);
});

test("an annotation whose tag is unknown is still in sight", () => {
  const asset = current({});
  asset.annotations = [
    {
      id: "n",
      tagId: "gone",
      origin: "hand",
      predictorId: null,
      iteration: null,
      score: null,
      edited: false,
      ...boxOutline([0, 0, 5, 5]),
    },
  ];
  assert.equal(annotationShapes(asset, TAGS)[0].tag.name, "No tag");
});

test("a score is never rounded up to one", () => {
  assert.equal(scoreText(0.999), "0.99");
  assert.equal(scoreText(0.29), "0.29");
  assert.equal(scoreText(1), "1.00");
});

test("a shown suggestion keeps 3:1 on every grey", () => {
  for (let level = 0; level <= 255; level++) {
    const grey = level.toString(16).padStart(2, "0");
    const ground = luminance(`#${grey}${grey}${grey}`);
    const best = Math.max(contrast(ground, luminance(CASING)), contrast(ground, luminance(DASH)));
    assert.ok(best >= 3, `${best} on ${grey}`);
  }
});

test("text on a tag's colour can be read", () => {
  for (const color of ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377"]) {
    assert.ok(contrast(luminance(color), luminance(textOn(color))) >= 4.5, color);
  }
});

test("chips never lie on one another, and the first wish is served first", () => {
  const view = { width: 800, height: 600 };
  const wishes = Array.from({ length: 40 }, (_, index) => ({
    key: index,
    box: /** @type {const} */ ([
      100 + index * 5,
      100 + index * 4,
      300 + index * 5,
      200 + index * 4,
    ]),
    width: 80,
    height: 17,
    forced: false,
  }));
  const placed = placeChips(wishes, view);
  assert.equal(placed[0].key, 0);
  assert.ok(placed.length > 3 && placed.length < 40);
  placed.forEach((one, index) => {
    for (const other of placed.slice(index + 1)) assert.ok(!intersects(one.at, other.at));
  });
});

test("a chip goes where it covers no other shape", () => {
  const [placed] = placeChips(
    [
      { key: "lower", box: [100, 100, 300, 200], width: 60, height: 17, forced: false },
      { key: "upper", box: [100, 0, 300, 98], width: 60, height: 17, forced: false },
    ],
    { width: 800, height: 600 },
  );
  assert.ok(!intersects(placed.at, [100, 0, 300, 98]));
});

test("no chip lies on a mark, and none for a shape too small to see", () => {
  const mark = /** @type {const} */ ([90, 80, 200, 100]);
  const [placed] = placeChips(
    [{ key: "a", box: [100, 100, 300, 200], width: 60, height: 17, forced: false }],
    { width: 800, height: 600 },
    [mark],
  );
  assert.ok(!intersects(placed.at, mark));
  const tiny = { key: "b", box: /** @type {const} */ ([10, 10, 15, 15]), width: 60, height: 17 };
  assert.deepEqual(placeChips([{ ...tiny, forced: false }], { width: 800, height: 600 }), []);
  assert.equal(placeChips([{ ...tiny, forced: true }], { width: 800, height: 600 }).length, 1);
});
