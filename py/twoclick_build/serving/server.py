"""Serving `dist/` on this machine: plain files, as any static host would give them."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from twoclick.adapters.relay.media_types import media_type_of

PRODUCT = "Twoclick"
"""The name in the `Server` header: how a second `serve` knows the first."""


class _PageHandler(SimpleHTTPRequestHandler):
    """Files with the types browsers insist on; policy headers are the service worker's part."""

    protocol_version = "HTTP/1.1"
    server_version = PRODUCT
    sys_version = ""

    def guess_type(self, path: str) -> str:  # type: ignore[override]
        """By the table alone."""
        return media_type_of(path)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: the browser's tools show every request."""


class _PageServer(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows this option would let two servers share a port in silence.
    allow_reuse_address = sys.platform != "win32"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves in the middle of an answer is nothing to report; all else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def page_server(folder: Path, *, host: str, port: int) -> ThreadingHTTPServer:
    """A server for the files of `folder`, bound, not yet answering; OSError for a taken port."""
    return _PageServer((host, port), partial(_PageHandler, directory=str(folder)))


def serve_until_stopped(server: ThreadingHTTPServer, *, when_ready: Callable[[], None]) -> None:
    """Answer requests until Ctrl+C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    with server:
        try:
            when_ready()
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            return


def run_until_stopped(command: Sequence[str]) -> int:
    """Run a server as a process of its own until Ctrl+C or SIGTERM, which are passed on to it; its
    exit status."""
    with subprocess.Popen(command) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the terminal has told it too, and it ends by itself
