import assert from "node:assert/strict";
import { test } from "node:test";
import { focused } from "../../app/shared/focus.js";
import { assetMark, assetName } from "../../app/ui/asset-words.js";
import { filmWindow, scrollToShow } from "../../app/ui/film-window.js";
import { latestWins } from "../../app/ui/latest-wins.js";
import { createPageState } from "../../app/ui/page-state.js";
import { emptyReason, hiddenReasons, nextStep, sizeText } from "../../app/ui/prediction-words.js";

test("of ten thousand thumbnails only those in sight exist", () => {
  const strip = { scroll: 88 * 5000, width: 880, item: 88, count: 10_000, spare: 4 };
  assert.deepEqual(filmWindow(strip), { from: 4996, to: 5014 });
  assert.deepEqual(filmWindow({ ...strip, scroll: 0 }), { from: 0, to: 14 });
  assert.deepEqual(filmWindow({ ...strip, count: 0 }), { from: 0, to: 0 });
});

test("the strip scrolls only when the image or its neighbour is out of sight", () => {
  const strip = { scroll: 880, width: 880, item: 88, count: 30 };
  assert.equal(scrollToShow({ ...strip, index: 15 }), 880);
  assert.equal(scrollToShow({ ...strip, index: 19 }), 968);
  assert.equal(scrollToShow({ ...strip, index: 0 }), 0);
  assert.equal(scrollToShow({ ...strip, index: 29 }), 30 * 88 - 880);
});

test("of many values one is on its way and only the latest waits", async () => {
  /** @type {number[]} */
  const sent = [];
  /** @type {(() => void)[]} */
  const answers = [];
  const push = latestWins(
    (value) => {
      sent.push(value);
      return new Promise((resolve) => answers.push(() => resolve(null)));
    },
    (run) => run(),
  );
  push(1);
  push(2);
  push(3);
  assert.deepEqual(sent, [1]);
  answers[0]();
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(sent, [1, 3]);
  answers[1]();
});

test("a refused preview does not stop the next", async () => {
  /** @type {number[]} */
  const sent = [];
  const push = latestWins(
    (value) => {
      sent.push(value);
      return Promise.reject(new Error("refused"));
    },
    (run) => run(),
  );
  push(1);
  await new Promise((resolve) => setImmediate(resolve));
  push(2);
  assert.deepEqual(sent, [1, 2]);
});

test("the shape under the pointer is the focused one until a key moves the focus", () => {
  const page = createPageState();
  page.setFocus({ kind: "suggestion", id: 1 });
  page.setHover({ kind: "suggestion", id: 2 });
  assert.equal(focused(page)?.id, 2);
  page.reveal({ kind: "suggestion", id: 3 });
  assert.equal(focused(page)?.id, 3);
});

test("page state works when it is spread into the app", () => {
  const app = { ...createPageState(), more: true };
  app.setHover({ kind: "annotation", id: "n" });
  assert.equal(app.hover?.id, "n");
});

test("what was hidden is told with numbers, and nothing of what was not", () => {
  const hidden = {
    belowThreshold: 7,
    overlap: 0,
    alreadyLabelled: 3,
    rejected: 0,
    passedOver: 0,
    unmapped: 0,
  };
  assert.deepEqual(
    hiddenReasons(hidden).map(({ text }) => text),
    ["7 below the threshold", "3 already labelled"],
  );
  assert.deepEqual(hiddenReasons(null), []);
});

test("an empty list says why and what to do next", () => {
  const view = { prediction: "ready", shown: true, threshold: 0.5, hidden: { belowThreshold: 7 } };
  const state = /** @type {any} */ ({
    current: { id: "a", view, row: { labelState: "started" } },
    activePredictor: {},
    assistRun: null,
  });
  assert.equal(
    emptyReason(state),
    "Nothing above 0.50: 7 below the threshold. Q shows more, G finishes the image.",
  );
  assert.match(emptyReason({ ...state, activePredictor: null }), /Model Settings/);
  assert.match(emptyReason({ ...state, current: { id: "a", view: null } }), /Press M/);
  const failed = { ...view, prediction: "failed", reason: "no memory" };
  assert.match(emptyReason({ ...state, current: { id: "a", view: failed } }), /no memory/);
});

test("below Model Assist stands what to do next", () => {
  const view = { prediction: "ready", shown: true, status: [0, 0, 1], selected: [] };
  const todo = { id: "a", row: { labelState: "todo" } };
  const state = /** @type {any} */ ({ activePredictor: {}, current: { ...todo, view } });
  assert.equal(nextStep(state), "2 shown: click the right ones");
  const selected = { ...view, selected: [1] };
  assert.equal(nextStep({ ...state, current: { ...todo, view: selected } }), "2 shown, 1 selected");
  assert.match(nextStep({ ...state, current: { ...todo, view: null } }), /grey/);
  assert.match(nextStep({ ...state, activePredictor: null }), /Model Settings/);
  const finished = { ...state.current, row: { labelState: "labelled" } };
  assert.equal(nextStep({ ...state, current: finished }), "2 shown");
});

test("labelled with nothing on it is not the same as labelled", () => {
  const row = /** @type {any} */ ({ name: "a.png", labelState: "labelled", annotations: 0 });
  assert.equal(assetMark(row).words, "labelled, nothing here");
  assert.equal(
    assetName({ ...row, annotations: 1 }, 2),
    "a.png, labelled, 1 annotation, 2 selected, not committed",
  );
});

test("sizes are told as people say them", () => {
  assert.equal(sizeText(7_400_000), "7.4 MB");
  assert.equal(sizeText(120_000_000), "120 MB");
  assert.equal(sizeText(300), "300 B");
});
