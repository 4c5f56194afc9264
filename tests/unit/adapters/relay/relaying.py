"""A relay in a thread, and requests to it as browsers and others send them."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twoclick.adapters.relay.forwarding import Relay
from twoclick.adapters.relay.server import bound_socket, relay_server
from twoclick.adapters.relay.target import Target


@dataclass(frozen=True, kw_only=True)
class Got:
    """A response; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        """What the relay says of a failure."""
        return json.loads(self.body)["error"]


@dataclass(frozen=True, kw_only=True)
class Running:
    """A relay that runs."""

    port: int

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: Any = None,
        chunked: bool = False,
        **headers: str,
    ) -> Got:
        """One request, its path as it is; `Sec_Fetch_Site` and the like are headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            names = {name.replace("_", "-"): text for name, text in headers.items()}
            connection.request(method, path, body=body, headers=names, encode_chunked=chunked)
            answer = connection.getresponse()
            told: dict[str, str] = {}
            for name, text in answer.getheaders():  # more than one are joined, as browsers do
                before = told.get(name.lower())
                told[name.lower()] = text if before is None else f"{before}, {text}"
            return Got(status=answer.status, headers=told, body=answer.read())
        finally:
            connection.close()


@contextmanager
def relay_to(address: str, folder: Path, **options: Any) -> Iterator[Running]:
    """Serves for as long as the block runs."""
    with bound_socket(0) as listening:
        port = listening.getsockname()[1]
        server = relay_server(folder, Relay(Target(address), port=port, **options))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Running(port=port)
        finally:
            server.should_exit = True
            thread.join()
