import assert from "node:assert/strict";
import { test } from "node:test";
import { Link } from "../../app/shared/rpc.js";

const silent = () => ({ postMessage() {}, onmessage: null });

test("whoever waits, and whoever asks later, learns that nobody answers any more", async () => {
  const link = new Link({ end: silent(), epoch: 1, onEvent() {} });
  const waiting = link.request("something");
  link.close("the thread ended");
  const lost = { code: "worker-lost", message: "the thread ended" };
  await assert.rejects(waiting, lost);
  await assert.rejects(link.request("more"), lost);
});
