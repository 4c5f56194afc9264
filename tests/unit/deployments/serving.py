"""A real server on this machine that answers as a test wants it, well or badly."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it came; names of headers in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A response; or `raw`, bytes after which the server hangs up."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    raw: bytes | None = None


@dataclass(kw_only=True)
class Served:
    """A running server: its address, and what it was asked so far."""

    address: str
    asked: list[Asked] = field(default_factory=list)


def said(value: Any, *, status: int = 200, **headers: str) -> Reply:
    """A response with a JSON value."""
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(
        status=status,
        headers={"Content-Type": "application/json", **names},
        body=json.dumps(value).encode(),
    )


def in_turn(*replies: Reply) -> Callable[[Asked], Reply]:
    """One reply after the other, the last one from then on."""
    waiting = list(replies)
    return lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def server_saying(answer: Callable[[Asked], Reply]) -> Iterator[Served]:
    """Serves for as long as the block runs."""
    served = Served(address="")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _whole(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))

        def _pieces(self) -> bytes:
            pieces = []
            while size := int(self.rfile.readline(), 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(pieces)

        def _answer(self) -> None:
            chunked = self.headers.get("Transfer-Encoding") == "chunked"
            asked = Asked(
                method=self.command,
                path=self.path,
                headers={name.lower(): text for name, text in self.headers.items()},
                body=self._pieces() if chunked else self._whole(),
            )
            served.asked.append(asked)
            reply = answer(asked)
            if reply.raw is not None:
                self.wfile.write(reply.raw)
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, text in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    for method in ("GET", "POST", "PUT"):
        setattr(Handler, f"do_{method}", Handler._answer)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever hangs up on a test server is the test."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        served.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
