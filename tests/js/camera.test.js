import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxToView,
  bringIntoView,
  fit,
  keepInReach,
  pan,
  toImage,
  visibleBox,
  zoomAt,
} from "../../app/shared/camera.js";

const IMAGE = { width: 1240, height: 1754 };
const VIEW = { width: 900, height: 700 };

/** @param {number} actual @param {number} expected */
const near = (actual, expected) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test("fit shows the whole image, centred", () => {
  const camera = fit(IMAGE, VIEW, 24);
  const [x0, y0, x1, y1] = boxToView(camera, [0, 0, IMAGE.width, IMAGE.height]);
  near(y0, 24);
  near(y1, VIEW.height - 24);
  near(x0, VIEW.width - x1);
});

test("fit does not blow up a tiny image beyond 8 times", () => {
  assert.equal(fit({ width: 16, height: 16 }, VIEW).scale, 8);
});

test("zoom keeps the image point under the pointer", () => {
  const at = { x: 222, y: 333 };
  const before = fit(IMAGE, VIEW);
  const after = zoomAt(before, at, 2.5);
  near(toImage(after, at).x, toImage(before, at).x);
  near(toImage(after, at).y, toImage(before, at).y);
  near(after.scale, before.scale * 2.5);
});

test("zoom stops at its limits and still keeps the point", () => {
  const at = { x: 10, y: 10 };
  const camera = zoomAt({ scale: 30, x: 5, y: 5 }, at, 100);
  assert.equal(camera.scale, 40);
  near(toImage(camera, at).x, 5 + 10 / 30);
});

test("pan moves the image by screen pixels at any scale", () => {
  const before = { scale: 4, x: 100, y: 100 };
  const [x0] = boxToView(before, [0, 0, 1, 1]);
  const [moved] = boxToView(pan(before, 12, 0), [0, 0, 1, 1]);
  near(moved - x0, 12);
});

test("the image cannot be lost out of the view", () => {
  const camera = keepInReach({ scale: 1, x: 99999, y: -99999 }, IMAGE, VIEW);
  const [x0, y0, x1, y1] = boxToView(camera, [0, 0, IMAGE.width, IMAGE.height]);
  assert.ok(x1 >= 64 && x0 < VIEW.width && y0 <= VIEW.height - 64 && y1 > 0);
});

test("a box in view leaves the camera as it is", () => {
  const camera = { scale: 1, x: 0, y: 0 };
  assert.deepEqual(bringIntoView(camera, [100, 100, 200, 200], VIEW), camera);
});

test("a box out of view is brought in whole", () => {
  const box = /** @type {const} */ ([1000, 1500, 1100, 1700]);
  const camera = bringIntoView({ scale: 1, x: 0, y: 0 }, box, VIEW, 40);
  const [x0, y0, x1, y1] = visibleBox(camera, VIEW);
  assert.ok(box[0] >= x0 && box[1] >= y0 && box[2] <= x1 && box[3] <= y1);
  assert.equal(camera.scale, 1);
});

test("a box larger than the view is zoomed out to", () => {
  const camera = bringIntoView({ scale: 4, x: 0, y: 0 }, [0, 0, 1240, 1754], VIEW, 40);
  const [x0, y0, x1, y1] = visibleBox(camera, VIEW);
  assert.ok(x0 <= 0 && y0 <= 0 && x1 >= 1240 && y1 >= 1754);
});
