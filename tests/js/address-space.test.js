import assert from "node:assert/strict";
import { test } from "node:test";

import {
  addressSpaceOf,
  isMixed,
  permissionNeededFor,
} from "../../app/service-worker/address-space.js";

const SPACES = {
  loopback: [
    "http://localhost:8000",
    "http://models.localhost",
    "http://127.0.0.1:9449/x",
    "http://127.1",
    "http://0.0.0.0:8000",
    "http://[::1]:8000",
    "http://[::ffff:127.0.0.1]",
  ],
  local: [
    "http://10.1.2.3",
    "http://172.16.0.1",
    "http://172.31.255.1",
    "http://192.168.0.20:8000",
    "http://169.254.1.1",
    "http://100.64.0.1",
    "http://[fd00::1]",
    "http://[fe80::1]",
    "http://[::ffff:192.168.0.1]",
    "http://gpu",
    "http://gpu.local",
    "http://gpu.lan.",
    "https://models.internal",
    "http://box.home.arpa",
  ],
  public: [
    "https://example.com",
    "https://inter.al",
    "http://8.8.8.8",
    "http://172.32.0.1",
    "http://172.15.0.1",
    "http://100.128.0.1",
    "http://192.169.0.1",
    "http://[2001:db8::1]",
    "http://[::ffff:8.8.8.8]",
    "https://localhost.example.com",
  ],
};

for (const [space, addresses] of Object.entries(SPACES)) {
  test(`servers are ${space} by their address`, () => {
    for (const address of addresses) assert.equal(addressSpaceOf(address), space, address);
  });
}

test("a permission is needed for servers that are nearer than the page", () => {
  const near = ["http://127.0.0.1:8000", "https://192.168.0.20", "https://example.org"];
  const asked = (page) => near.map((server) => permissionNeededFor(server, page));
  assert.deepEqual(asked("https://labels.example.com/twoclick/"), ["loopback", "local", null]);
  assert.deepEqual(asked("http://192.168.0.7/twoclick/"), ["loopback", null, null]);
  assert.deepEqual(asked("http://127.0.0.1:8737/"), [null, null, null]);
});

test("a page of https asks plain http on this computer only, whatever is permitted", () => {
  const page = "https://labels.example.com/";
  const mixed = ["http://gpu.lan:8000/x", "http://192.168.0.20", "http://example.org/x"];
  for (const address of mixed) {
    assert.equal(isMixed(address, page), true, address);
    assert.equal(permissionNeededFor(address, page), null, address);
    assert.equal(isMixed(address, "http://labels.example.com/"), false, address);
  }
  for (const address of ["http://127.0.0.1/x", "http://localhost:1", "https://gpu.lan/x"])
    assert.equal(isMixed(address, page), false, address);
});
