import assert from "node:assert/strict";
import { test } from "node:test";
import { outlookLines, resultLines, splitsText } from "../../app/ui/export-words.js";
import { collectPieces } from "../../app/workers/files/label-pieces.js";
import { isTurned } from "../../app/workers/files/turned.js";

const encoder = new TextEncoder();

/** @param {string} text */
const bytes = (text) => /** @type {ArrayBuffer} */ (encoder.encode(text).buffer);

test("files are made of their pieces by section, whatever the order they came in", async () => {
  const pieces = collectPieces();
  pieces.take(
    [
      { path: "a.json", section: 0, bytes: 2 },
      { path: "a.json", section: 2, bytes: 1 },
      { path: "b.txt", section: 0, bytes: 0 },
    ],
    bytes("[1]"),
  );
  pieces.take(
    [
      { path: "a.json", section: 0, bytes: 2 },
      { path: "a.json", section: 1, bytes: 1 },
    ],
    bytes(",2;"),
  );
  const files = [];
  for (const { path, content } of pieces.files()) files.push([path, await content.text()]);
  assert.deepEqual(files, [
    ["a.json", "[1,2;]"],
    ["b.txt", ""],
  ]);
});

test("large files are the same when their pieces were put together on the way", async () => {
  const pieces = collectPieces();
  const part = new Uint8Array(3_000_000);
  for (const value of [1, 2, 3, 4]) {
    const content = part.slice().fill(value).buffer;
    pieces.take([{ path: "a", section: 0, bytes: content.byteLength }], content);
  }
  const [{ content }] = pieces.files();
  const whole = new Uint8Array(await content.arrayBuffer());
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => whole[at * 3_000_000]),
    [1, 2, 3, 4],
  );
  assert.equal(whole.length, 12_000_000);
});

const CHECKED = { images: 3, shapes: 5310, imageFiles: 0, different: 0, first: null };
const RESULT = {
  name: "a.zip",
  summary: "3 exported",
  turned: 0,
  changed: 0,
  unchecked: null,
  renamed: 0,
  first: null,
};

test("the result says what was read back, or why it was not", () => {
  const said = (/** @type {object} */ part) =>
    resultLines({ ...RESULT, checked: CHECKED, ...part }).map(({ text }) => text);
  assert.deepEqual(said({}), ["3 exported.", "Read back: 5,310 shapes, all as written."]);
  assert.match(said({ checked: { ...CHECKED, imageFiles: 1 } })[1], /shapes and 1 image file, all/);
  assert.match(said({ checked: null, unchecked: "Stopped" })[1], /not read back: Stopped/);
  const wrong = { ...CHECKED, different: 2, first: "a.png: it is missing" };
  assert.match(said({ checked: wrong })[1], /2 images not as written: a.png: it is missing/);
  assert.match(said({ turned: 1 })[2], /^1 image file is turned by a note/);
  const first = { name: "a.jpg", path: "images/a (2).jpg" };
  assert.match(said({ renamed: 1, first })[2], /^1 image has another name .*a.jpg is images/);
  assert.match(said({ changed: 2 })[2], /^2 images were changed meanwhile/);
});

test("what is lost is told of the format that is chosen, before anything is saved", () => {
  const format = { title: "", purpose: "", oneFile: false, refusal: null };
  const outlook = /** @type {any} */ ({
    formats: [
      { ...format, name: "coco", losses: ["2 notes are left out"] },
      { ...format, name: "twoclick", losses: [] },
    ],
    notices: [],
    unusedTags: ["a", "b"],
    images: 3,
  });
  assert.deepEqual(
    outlookLines(outlook, "coco").map(({ text, tone }) => [text, tone]),
    [
      ["2 notes are left out.", "warn"],
      ["No shape has the tags a, b: they stay among the classes.", null],
    ],
  );
  assert.equal(outlookLines(outlook, "twoclick").length, 1);
  const [coco] = outlook.formats;
  const refused = { ...outlook, formats: [{ ...coco, refusal: "No tag has keypoints." }] };
  assert.equal(outlookLines(refused, "coco").length, 1);
  assert.deepEqual(outlookLines({ ...outlook, images: 0 }, "coco"), []);
  const many = { ...outlook, unusedTags: [..."abcdefghijk"] };
  assert.match(outlookLines(many, "twoclick")[0].text, /a, b, c, d, e, f, g, h and 3 others:/);
  assert.equal(splitsText({ train: 1200, val: 3 }), "train 1,200, val 3");
});

/**
 * The head of a JPEG: a note with that orientation, a size, and the mark before the image data.
 * @param {number} orientation
 */
function jpeg(orientation) {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
  ];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, 0, 0, 0, 0];
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 4, 0, 6, 1, 1, 0x11, 0];
  const head = [0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...frame, 0xff, 0xda, 0, 2];
  return new Blob([new Uint8Array(head)], { type: "image/jpeg" });
}

test("images that say that they are to be turned are told from the others", async () => {
  assert.equal(await isTurned(jpeg(6)), true);
  assert.equal(await isTurned(jpeg(1)), false);
  assert.equal(await isTurned(new Blob(["II*\0"], { type: "image/tiff" })), false);
  assert.equal(await isTurned(new Blob(["no image"])), false);
});
