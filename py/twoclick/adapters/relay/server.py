"""The relay as a server of this machine."""

import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from twoclick.adapters.relay.forwarding import PREFIX, Relay
from twoclick.adapters.relay.page_files import PageFiles

HOST = "127.0.0.1"
"""Nobody else in the network is to use the relay, and the credential in it."""

_LAST_PORT = 65535


class ServingError(Exception):
    """The page cannot be served from here; the message says what to do."""


def bound_socket(port: int) -> socket.socket:
    """A socket that listens at `port` of this machine, 0 for any that is free.

    Raises ServingError for a port that is taken or may not be used.
    """
    if not 0 <= port <= _LAST_PORT:
        raise ServingError(f"{port} is no port: they go from 1 to {_LAST_PORT:,}.")
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServingError(
                f"Port {port} is taken. Stop what is served there, or give another --port."
            ) from error
        raise ServingError(f"Cannot serve at port {port}: {error.strerror}.") from error


def page_folder(folder: Path) -> Path:
    """The folder, if the page is in it; raises ServingError."""
    if not (folder / "index.html").is_file():
        raise ServingError(
            f"There is no page in {folder}: index.html is missing. Give the folder that "
            "`python3 build.py build` writes, dist."
        )
    return folder


def relay_server(folder: Path, relay: Relay) -> uvicorn.Server:
    """The page of `folder` with a relay beside it; `run(sockets=...)` serves it."""

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        async with relay.running():
            yield

    app = Starlette(
        routes=[
            Route(PREFIX, endpoint=relay),
            Mount(PREFIX, app=relay),
            Mount("/", app=PageFiles(folder)),
        ],
        lifespan=running,
    )
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="error",
        server_header=False,
        date_header=False,  # that of the deployment passes, and two of them would be read as none
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)
