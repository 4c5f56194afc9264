"""A real HTTP server on this machine, standing where a download site would."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def run_server() -> Iterator[Callable[[ThreadingHTTPServer], str]]:
    """Starts a bound server in a thread and gives its address; all are stopped at the end."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(server: ThreadingHTTPServer) -> str:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def serve_folder(run_server) -> Callable[[Path], str]:
    """Serves a folder as a plain file host and gives its address."""

    def serve(folder: Path) -> str:
        handler = partial(_Handler, directory=str(folder))
        return run_server(ThreadingHTTPServer(("127.0.0.1", 0), handler))

    return serve
