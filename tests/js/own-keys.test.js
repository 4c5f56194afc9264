import assert from "node:assert/strict";
import { test } from "node:test";
import { keymap } from "../../app/ui/keymap.js";
import { canChange, keyRefusal, withOwnKeys } from "../../app/ui/own-keys.js";

const keysOf = (/** @type {string} */ id, /** @type {Record<string, string>} */ own) =>
  withOwnKeys(keymap(), own).find((line) => line.id === id)?.keys;

test("a person's key takes the place of the first, and the others stay", () => {
  assert.deepEqual(keysOf("commit-all-and-next", { "commit-all-and-next": "j" }), [
    "j",
    "Shift+Enter",
  ]);
});

test("a tool's key keeps its pair with Shift", () => {
  assert.deepEqual(keysOf("tool-box", { "tool-box": "b" }), ["b", "Shift+b"]);
});

test("what is not in the table, or cannot change, is passed over", () => {
  assert.deepEqual(withOwnKeys(keymap(), { nothing: "j", commit: "j" }), keymap());
});

test("the space bar, arrows, digits and keys of drawing stay what they are", () => {
  const fixed = keymap().filter((line) => !canChange(line));
  const ids = fixed.map(({ id }) => id);
  for (const id of ["commit", "nudge", "tag-by-key", "draw-finish"])
    assert.ok(ids.includes(id), id);
  assert.ok(!ids.includes("done"));
});

test("a key that another line has is refused by its name", () => {
  assert.equal(keyRefusal(keymap(), "done", "x"), `X is taken: ${labelOf("reject")}`);
  assert.match(keyRefusal(keymap(), "tool-box", "g"), /^G is taken/);
  assert.equal(keyRefusal(keymap(), "done", "g"), "");
  assert.equal(keyRefusal(keymap(), "done", "j"), "");
});

test("keys of the browser are refused", () => {
  for (const stroke of ["Ctrl+w", "Ctrl+Shift+t", "F5", "Tab", "Ctrl+1"]) {
    assert.match(keyRefusal(keymap(), "done", stroke), /belongs to the browser/);
  }
});

/** @param {string} id */
function labelOf(id) {
  return keymap().find((line) => line.id === id)?.label;
}
