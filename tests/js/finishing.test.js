import assert from "node:assert/strict";
import { test } from "node:test";
import { assetName, isOpen, stateText } from "../../app/ui/asset-words.js";
import { offeredReasons } from "../../app/ui/skip-reasons.js";
import { agoText, filingText, keptText, unfiledText } from "../../app/ui/storage-words.js";
import { writeRefusal } from "../../app/ui/write-refusal.js";

/** @param {object} part @returns {any} */
const row = (part) => ({ name: "a.png", annotations: 0, labelState: "todo", note: null, ...part });

test("a reason given just now comes before those given often, and each is offered once", () => {
  const assets = ["blurred", "cut off", "cut off", null].map((note) =>
    row({ labelState: "skipped", note }),
  );
  assert.deepEqual(offeredReasons(assets, ["dark", "blurred"]).slice(0, 3), [
    "dark",
    "blurred",
    "cut off",
  ]);
  assert.equal(offeredReasons(assets, ["dark", "blurred"]).length, 4);
  assert.equal(offeredReasons([], []).length, 3);
  assert.equal(offeredReasons([row({ labelState: "returned", note: "mend it" })], []).length, 3);
});

test("a skipped and a returned image say why", () => {
  const skipped = row({ labelState: "skipped", note: "blurred" });
  assert.equal(stateText(skipped), "Skipped: blurred");
  assert.equal(assetName(skipped, 0), "a.png, skipped: blurred");
  assert.equal(stateText(row({ labelState: "labelled" })), "Labelled, nothing here");
  assert.equal(stateText(row({})), "To do");
});

test("returned images are open, skipped ones are not", () => {
  const states = ["todo", "started", "returned", "labelled", "approved", "skipped"];
  assert.deepEqual(
    states.map((labelState) => isOpen(row({ labelState }))),
    [true, true, true, false, false, false],
  );
});

test("nothing is written while another tab writes or saving has failed", () => {
  const saved = /** @type {any} */ ({ state: "saved" });
  assert.equal(writeRefusal({ readOnly: false, saved }), null);
  assert.match(writeRefusal({ readOnly: true, saved }) ?? "", /reading only/);
  assert.match(
    writeRefusal({ readOnly: false, saved: { ...saved, state: "failed" } }) ?? "",
    /paused/,
  );
});

test("changes that no project file has are counted", () => {
  const filing = { changes: 214, filedChanges: 0, filedAt: null };
  assert.equal(unfiledText(filing), ", 214 changes not in a file");
  assert.match(filingText(filing, 0), /No project file/);
  const filed = { changes: 215, filedChanges: 214, filedAt: 0 };
  assert.equal(unfiledText(filed), ", 1 change not in a file");
  assert.match(filingText(filed, 3 * 86_400_000), /3 days ago; 1 change came since/);
  assert.equal(unfiledText({ ...filed, filedChanges: 215 }), ", all in a file");
  assert.equal(unfiledText({ changes: 0, filedChanges: 0, filedAt: null }), "");
});

test("times are told as a person would", () => {
  assert.equal(agoText(20_000), "just now");
  assert.equal(agoText(5 * 60_000), "5 min ago");
  assert.equal(agoText(3 * 3_600_000), "3 h ago");
  assert.equal(agoText(30 * 3_600_000), "yesterday");
});

test("what the browser answered is told", () => {
  const room = { used: 0, quota: 1, kept: true, asked: true };
  assert.match(keptText(room), /keeps it until you clear it/);
  assert.match(keptText({ ...room, kept: false }), /has not agreed/);
});
