"""A deployment that answers, by the protocol of Datature's local server, or as it is told to.

It finds the same three things on every picture, and remembers what it was sent.
"""

import base64
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FOUND = (
    ("Red", 0.95, (0.05, 0.05, 0.45, 0.45)),
    ("Green", 0.8, (0.55, 0.05, 0.95, 0.45)),
    ("Blue", 0.6, (0.05, 0.55, 0.45, 0.95)),
)
"""Class, score and box (x0, y0, x1, y1 as shares of the picture)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered instead; `hangs_up`: nothing at all."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request that came: its headers in lower case, and for a prediction the picture."""

    method: str
    path: str
    headers: dict[str, str]
    picture: bytes = b""


def prediction() -> dict[str, Any]:
    """The answer to any picture."""
    rows = []
    for place, (name, score, (x0, y0, x1, y1)) in enumerate(FOUND):
        corners = [[x0, y0], [x0, y1], [x1, y1], [x1, y0]]
        tag = {"name": name, "id": place}
        row = {"annotationId": place, "confidence": score, "tag": tag, "bound": corners}
        rows.append({**row, "boundType": "rectangle"})
    return {"tags": {}, "response": {"predictions": rows}}


class DeploymentServer:
    """Listens on a port of its own until it is closed.

    `instead(n)` gives what the n-th prediction (from 1 on) is answered with, None for the usual
    answer; `front`, where it is set, what is answered at `/`; `cors`: whether other origins may
    read answers.
    """

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.instead: Callable[[int], Reply | None] = lambda number: None
        self.front: Reply | None = None
        self.cors = True
        self._count = 0
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self._port = 0
        self.start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def predictions(self) -> list[Sent]:
        """The requests that brought a picture."""
        return [one for one in self.sent if one.picture]

    def start(self) -> None:
        """Listens, again at the same port."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler())
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Nobody listens any more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def restart_count(self) -> None:
        """The next prediction is the first one."""
        self._count = 0
        self.sent.clear()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_OPTIONS(self) -> None:
                self.answer(Reply(status=204))

            def do_GET(self) -> None:
                outer.note(self, b"")
                if self.path == "/" and outer.front is not None:
                    self.answer(outer.front)
                    return
                known = self.path in ("/health", "/datature-local-deployment-ping")
                self.answer(_json({"status": "ok"}) if known else _json({}, status=404))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                sent = json.loads(body)
                picture = base64.b64decode(sent["data"] if "data" in sent else sent["image"])
                reply = outer.note(self, picture)
                self.answer(reply or _json(prediction()))

            def answer(self, reply: Reply) -> None:
                if reply.hangs_up:
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                if outer.cors:
                    self.send_header("Access-Control-Allow-Origin", "*")
                    self.send_header("Access-Control-Allow-Headers", "*, Authorization")
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_arguments: Any) -> None:
                """Nobody reads it."""

        return Handler

    def note(self, request: BaseHTTPRequestHandler, picture: bytes) -> Reply | None:
        """Remembers a request; what is to be answered instead."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        sent = Sent(method=request.command, path=request.path, headers=headers, picture=picture)
        with self._lock:
            self.sent.append(sent)
            if not picture:
                return None
            self._count += 1
            return self.instead(self._count)


def _json(value: Any, *, status: int = 200) -> Reply:
    body = json.dumps(value).encode()
    return Reply(status=status, body=body, headers={"Content-Type": "application/json"})
