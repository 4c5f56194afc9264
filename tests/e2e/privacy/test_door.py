"""The one door out: to whom it opens, and what stays shut whoever knocks."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.deployments.connecting import deployed
from e2e.deployments.server import DeploymentServer
from e2e.host import Host
from e2e.sample import hidden_reasons, leave, open_sample, worker
from e2e.screens import started
from e2e.watch import Watch

_KNOCK = """([address, url, more]) => {
  const {port1, port2} = new MessageChannel();
  const answered = new Promise((resolve) => { port1.onmessage = ({data}) => resolve(data); });
  const request = {address, url, method: "POST", headers: {}, body: new ArrayBuffer(3),
                   credential: null, timeout: 5, ...more};
  navigator.serviceWorker.controller.postMessage({door: "send", request}, [port2]);
  return answered;
}"""

_FROM_A_WORKER = """(url) => {
  const ways = {
    fetch: () => fetch(url, {method: "POST", body: "secret", mode: "no-cors"}),
    socket: () => new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace("http", "ws"));
      Object.assign(socket, {onopen: resolve, onerror: reject});
    }),
    import: () => import(`${url}/module.js`),
    scripts: () => importScripts(`${url}/script.js`),
    door: () => navigator.serviceWorker.controller.postMessage({door: "allowed"}),
    peers: () => new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:3478"}]}),
  };
  return Promise.all(Object.entries(ways).map(async ([name, way]) => {
    try {
      await way();
      return name;
    } catch {
      return null;
    }
  })).then((got) => got.filter((name) => name !== null));
}"""

_POISON = """async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("twoclick /"));
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const {headers} = await cache.match(request);
    await cache.put(request, new Response("globalThis.poisoned = true;", {headers}));
  }
}"""


@pytest.fixture
def server(watch: Watch) -> Iterator[DeploymentServer]:
    server = DeploymentServer()
    watch.allow(server.url)
    yield server
    server.stop()


def knock(page: Page, address: str, url: str, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate(_KNOCK, [address, url, more])
    return answer["done"]


def test_the_door_opens_to_the_window_for_what_was_allowed(
    visited_host: Host, visited_page: Page, server: DeploymentServer, watch: Watch
) -> None:
    watch.expect_errors(server.url, "Content Security Policy", "net::ERR")
    visited_page.goto(visited_host.url)
    page = open_sample(started(visited_page))
    refused = knock(page, server.url, f"{server.url}/predict")
    assert refused["failure"] == "not-allowed-origin"
    assert server.sent == []
    deployed(page, server.url)
    page.keyboard.press("m")
    expect(hidden_reasons(page)).to_have_text(["3 of classes without a tag"])
    # One allowed origin opens the way to that one only.
    other = DeploymentServer()
    assert knock(page, other.url, f"{other.url}/predict")["failure"] == "not-allowed-origin"
    assert knock(page, server.url, f"{other.url}/predict")["failure"] == "not-allowed-origin"
    asked = len(server.sent)
    for thread in ("session", "compute", "image", "inference"):
        got = worker(page, thread).evaluate(_FROM_A_WORKER, f"{server.url}/predict")
        assert got == [], f"{thread}: {got}"
    assert len(server.sent) == asked
    assert other.sent == []
    other.stop()
    leave(page)


def test_what_a_thread_writes_into_the_kept_files_never_runs(
    visited_host: Host, visited_page: Page, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource")
    visited_page.goto(visited_host.url)
    started(visited_page)
    worker(visited_page, "compute").evaluate(_POISON)
    visited_page.reload()
    started(visited_page)
    expect(visited_page.get_by_text("was damaged in this browser's storage").first).to_be_visible()
    assert visited_page.evaluate("globalThis.poisoned") is None
