"""Ends of a browser that it cannot prepare for."""

import os
import signal
from pathlib import Path


def kill(profile: Path) -> None:
    """End the browser that has this profile open without letting it do anything more."""
    process = int((profile / "SingletonLock").readlink().name.rpartition("-")[2])
    os.kill(process, signal.SIGKILL)
