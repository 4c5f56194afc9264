"""Real servers in tests: in environments of their own, on free ports, ended with the test."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from twoclick_build.failure import BuildError
from twoclick_build.machine.extra_environment import ensure_extra_environment
from twoclick_build.places import checkout_places

_START = 120.0
"""Seconds that a server may take to start, on a slow machine with others at work."""

_BETWEEN = 0.2
_END = 10.0


def server_python(name: str, *, requirements: Path) -> Path:
    """The Python of a server's environment, which is made at the first call and kept in the cache
    of the build."""
    try:
        return ensure_extra_environment(checkout_places(), name=name, requirements=requirements)
    except BuildError as error:
        pytest.fail(str(error))


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nothing listens on now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextmanager
def running(command: Sequence[str | Path], *, folder: Path, port: int, ready: str) -> Iterator[str]:
    """A server, by its address, once it answers 200 to a GET of the path `ready`.

    It is started in `folder`, writes its log there, and is ended with all processes that it
    started.
    """
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(process, port=port, ready=ready, log=log)
        yield f"http://127.0.0.1:{port}"
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], *, port: int, ready: str, log: Path) -> None:
    until = time.monotonic() + _START
    while not _is_ready(port, ready):
        try:
            process.wait(timeout=_BETWEEN)
        except subprocess.TimeoutExpired:
            if time.monotonic() < until:
                continue
        pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _is_ready(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the session that the server began, and nothing else."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=_END)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            break
    process.wait(timeout=_END)
