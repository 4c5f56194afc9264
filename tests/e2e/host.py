"""A plain static host in a thread, as the tests need it: counted, stoppable, and able to fail."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a host answers in place of the file; `status` None: it hangs up without an answer."""

    status: int | None
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


HANGS_UP = Reply(status=None)

Intercept = Callable[[str], Reply | None]
"""Given the path below the mount, what is answered in its place; None: the file. May block."""


class Host:
    """Serves `folder` at `mount` of a port of 127.0.0.1, with no header of its own.

    `port` 0: a fresh one, known once it is started.
    `requests` has the paths below the mount in order of arrival, without their queries.
    """

    def __init__(self, folder: Path, *, mount: str = "/", port: int = 0) -> None:
        self.folder = folder
        self.mount = mount
        self.requests: list[str] = []
        self.intercept: Intercept = lambda _path: None
        self._server: ThreadingHTTPServer | None = None
        self.port = port

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"{self.origin}{self.mount}"

    def start(self) -> Self:
        """Answer from now on; after a stop, at the same port."""
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Refuse connections from now on; without effect when stopped already."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a reply that a test holds back must not hold its teardown too

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is nothing to report; a real fault shows in the page."""


def _handler(host: Host) -> type[SimpleHTTPRequestHandler]:
    class Handler(SimpleHTTPRequestHandler):
        """One connection a request, so that a stopped host has no connection left to answer on."""

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if not path.startswith(host.mount):
                self.send_error(404)
                return
            below = path.removeprefix(host.mount)
            host.requests.append(below)
            reply = host.intercept(below)
            if reply is None:
                self.path = f"/{below}"
                super().do_GET()
            elif reply.status is not None:
                self._send(reply, reply.status)

        def _send(self, reply: Reply, status: int) -> None:
            self.send_response(status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def translate_path(self, path: str) -> str:
            return str(host.folder / path.lstrip("/"))

        def log_message(self, *_: object) -> None:
            pass

    Handler.extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
    }
    return Handler
