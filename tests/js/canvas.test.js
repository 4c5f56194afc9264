import assert from "node:assert/strict";
import { test } from "node:test";
import { placeChips } from "../../app/canvas/chip-layout.js";
import { CASING, contrast, DASH, luminance, textOn } from "../../app/canvas/palette.js";
import {
  annotationShapes,
  kindWord,
  scoreText,
  suggestionShapes,
} from "../../app/canvas/shapes.js";
import { chipsCorner, paintedOutline, stackChips } from "../../app/canvas/whole-images.js";
import { intersects } from "../../app/shared/geometry.js";
import {
  boxOutline,
  keypointsOutline,
  polygonOutline,
  wholeImageOutline,
} from "../../app/shared/outline.js";

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

test("chips of whole images stand one below the other, in the view wherever the image is", () => {
  const whole = [0, 1].map((place) => ({ place, box: /** @type {const} */ ([0, 0, 100, 80]) }));
  const chips = [
    { width: 50, height: 16 },
    { width: 30, height: 16 },
  ];
  // Frames 3 and 9 within, then 8 to the chip.
  const corner = chipsCorner(whole, { scale: 2, x: -10, y: 0 });
  assert.deepEqual(corner, { x: 37, y: 17 });
  assert.deepEqual(chipsCorner(whole, { scale: 2, x: 40, y: 40 }), { x: 8, y: 8 });
  assert.deepEqual(stackChips(corner, chips), [
    [37, 17, 87, 33],
    [37, 36, 67, 52],
  ]);
});

test("frames of whole images lie one within the other, as far in the view at every zoom", () => {
  const shape = { outline: wholeImageOutline({ width: 100, height: 80 }), place: 1 };
  assert.deepEqual(paintedOutline(shape, { scale: 1, x: 0, y: 0 }).box, [9, 9, 91, 71]);
  assert.deepEqual(paintedOutline(shape, { scale: 3, x: 0, y: 0 }).box, [3, 3, 97, 77]);
  const box = boxOutline([1, 2, 3, 4]);
  assert.equal(paintedOutline({ outline: box, place: 0 }, { scale: 1, x: 0, y: 0 }), box);
});

test("whole images have places, annotations first, and say their kind", () => {
  const asset = current({ status: [0, 0, 0] });
  const whole = wholeImageOutline({ width: 100, height: 80 });
  const about = { origin: "hand", predictorId: null, iteration: null, score: null, edited: false };
  asset.annotations = [{ id: "n", tagId: "t0", ...about, ...whole }];
  asset.edits = new Map([[2, whole]]);
  assert.deepEqual(
    annotationShapes(asset, TAGS).map(({ place }) => place),
    [0],
  );
  assert.deepEqual(
    suggestionShapes(asset, TAGS).map(({ place }) => place),
    [0, 0, 1],
  );
  assert.equal(kindWord(whole), "whole image");
  const visibility = Uint8Array.from([2, 0, 1]);
  const posed = keypointsOutline([0, 0, 9, 9], { points: new Float64Array(6), visibility });
  assert.equal(kindWord(posed), "keypoints, 2 of 3");
});
