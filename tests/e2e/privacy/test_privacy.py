"""Nothing leaves the page's own origin, in a whole session of work and when code tries to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Worker, expect

from e2e.host import Host
from e2e.sample import (
    annotations,
    assisted,
    film,
    open_sample,
    opened,
    painted,
    reopened,
    saved,
    worker,
)
from e2e.screens import started
from e2e.watch import Watch

ATTEMPTS = {
    "fetch": "(url) => fetch(url, { mode: 'no-cors' })",
    "XMLHttpRequest": """(url) => new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.onload = resolve;
      request.onerror = reject;
      request.open("POST", url);
      request.send("secret");
    })""",
    "WebSocket": """(url) => new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace("http", "ws"));
      socket.onopen = resolve;
      socket.onerror = reject;
    })""",
    "EventSource": """(url) => new Promise((resolve, reject) => {
      const source = new EventSource(url);
      source.onopen = resolve;
      source.onerror = reject;
    })""",
    "sendBeacon": """(url) => {
      if (!navigator.sendBeacon(url, "secret")) throw new Error("refused");
      return new Promise((_resolve, reject) => {
        document.addEventListener("securitypolicyviolation", reject, { once: true });
      });
    }""",
    "img": """(url) => new Promise((resolve, reject) => {
      Object.assign(new Image(), { onload: resolve, onerror: reject, src: url });
    })""",
    "import": "(url) => import(`${url}/module.js`)",
    "stylesheet": """(url) => new Promise((resolve, reject) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: url, onload: resolve, onerror: reject });
      document.head.append(link);
    })""",
    "frame": """(url) => new Promise((resolve, reject) => {
      document.addEventListener("securitypolicyviolation", reject, { once: true });
      const frame = document.createElement("iframe");
      frame.src = url;
      document.body.append(frame);
    })""",
    "form": """(url) => new Promise((_resolve, reject) => {
      document.addEventListener("securitypolicyviolation", reject, { once: true });
      const form = document.createElement("form");
      Object.assign(form, { method: "post", action: url, target: "_blank" });
      document.body.append(form);
      form.submit();
    })""",
    "prefetch": """(url) => new Promise((resolve, reject) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "prefetch", href: url, onload: resolve, onerror: reject });
      document.head.append(link);
    })""",
    "WebTransport": "(url) => new WebTransport(url.replace('http:', 'https:')).ready",
    "worker": """(url) => new Promise((resolve, reject) => {
      const worker = new Worker(URL.createObjectURL(new Blob([`fetch("${url}")`])));
      Object.assign(worker, { onmessage: resolve, onerror: reject });
    })""",
}


class Listener:
    """A server of another origin that keeps what it is sent.

    A browser may open a connection before its policy decides that nothing is to be sent on it: what
    counts is what arrives.
    """

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.received: list[bytes] = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._read, args=(connection,), daemon=True).start()

    def _read(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if sent := connection.recv(4096):
                self.received.append(sent)

    def close(self) -> None:
        """Take no more connections."""
        self._socket.close()


@pytest.fixture
def elsewhere() -> Iterator[Listener]:
    """Another origin on this computer."""
    listener = Listener()
    yield listener
    listener.close()


def test_a_whole_session_of_work_asks_no_other_origin(
    visited_host: Host, visited_page: Page, watch: Watch
) -> None:
    visited_page.goto(visited_host.url)
    assisted(open_sample(started(visited_page)))
    visited_page.keyboard.press("Shift+g")
    opened(visited_page, "page-002")
    painted(visited_page)
    visited_page.keyboard.press("Shift+Space")
    expect(annotations(visited_page)).not_to_have_count(0)
    saved(visited_page)
    visited_page.reload()
    reopened(visited_page)
    film(visited_page, "page-003").click()
    opened(visited_page, "page-003")
    painted(visited_page)
    assert len(watch.requests) > 50
    assert watch.off_origin == []


def test_no_code_of_the_page_can_reach_another_origin(
    visited_host: Host, visited_page: Page, watch: Watch, elsewhere: Listener
) -> None:
    watch.allow(elsewhere.url)
    watch.expect_errors("Content Security Policy", "TrustedScriptURL", "net::ERR", elsewhere.url)
    visited_page.goto(visited_host.url)
    started(visited_page)
    for way, attempt in ATTEMPTS.items():
        assert fails(visited_page, attempt, elsewhere.url), f"{way} reached another origin"
    for thread in ("session", "compute", "image", "inference"):
        assert fails(worker(visited_page, thread), "(url) => fetch(url)", elsewhere.url), thread
    assert elsewhere.received == []
    with suppress(Error):  # it hangs up; this only shows that it hears what is sent
        visited_page.context.new_page().goto(elsewhere.url)
    assert elsewhere.received


def fails(where: Page | Worker, code: str, url: str) -> bool:
    """Whether code given an address ends with an error."""
    try:
        where.evaluate(code, url)
    except Error:
        return True
    return False
