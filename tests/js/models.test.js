import assert from "node:assert/strict";
import { test } from "node:test";
import { cannotRun, tooLarge } from "../../app/scene/model-refusals.js";

const GB = 2 ** 30;

/** @param {[string, number][]} files */
const files = (...files) => files.map(([path, size]) => ({ path, blob: { size } }));

test("a model that a browser can hold is not refused", () => {
  assert.equal(tooLarge("big.onnx", files(["", GB])), null);
  assert.equal(tooLarge("big.onnx", files(["", 1e6], ["big.onnx.data", GB], ["more", 9e8])), null);
});

test("a file that is too large is named, with the model that has to be exported again", () => {
  const alone = tooLarge("big.onnx", files(["", 2 * GB]));
  assert.match(alone ?? "", /^big\.onnx has more than 2 GB, .* Export it in half precision\.$/);
  const beside = tooLarge("big.onnx", files(["", 1e6], ["big.onnx.data", 3 * GB]));
  assert.match(beside ?? "", /^big\.onnx\.data, which has the weights of big\.onnx, has more/);
  assert.match(beside ?? "", /Export big\.onnx in half precision\.$/);
});

test("files that are too large only together are named together", () => {
  const said = tooLarge("big.onnx", files(["", 1e6], ["a.data", 1.5 * GB], ["b.data", GB]));
  assert.match(said ?? "", /^big\.onnx and a\.data, b\.data have more than 2 GB together/);
});

test("what the runtime says is followed by what to do, which is another thing for its own format", () => {
  assert.equal(
    cannotRun("a.onnx", "no kernel."),
    "a.onnx cannot be run here: no kernel. Export it with a lower opset, or smaller.",
  );
  assert.match(cannotRun("a.ORT", "no kernel"), /no kernel\. .*choose the \.onnx file/);
  const native = "com.microsoft.nchwc:Conv(1) is not a registered function/op";
  assert.match(cannotRun("a.ort", native), /for one kind of processor: choose the \.onnx file/);
  const newer = "The ORT format model version [9] is not supported in this build 1.30.0.";
  assert.match(cannotRun("a.ort", newer), /a newer onnxruntime: choose the \.onnx file/);
});
