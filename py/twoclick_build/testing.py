"""What runs against the built page: the tests, the measurements, the guide's pictures."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from twoclick_build.lock import only_one
from twoclick_build.machine.browser import ensure_browser
from twoclick_build.machine.environment import ensure_packages
from twoclick_build.machine.node import ensure_node_modules, find_node
from twoclick_build.page.dist import build_dist
from twoclick_build.places import Places
from twoclick_build.progress import say

_SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
"""As many test processes as there are cores.  The tests of a file stay together, since they share a
page that has started, and in their order: those in a browser last (`tests/conftest.py`)."""

_LIVE = "--live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """A Python with everything the tests import, and the variables that tell them the rest."""

    python: Path
    environ: dict[str, str]


def run_tests(places: Places, arguments: Sequence[str]) -> int:
    """Build, then run pytest with `arguments`; its exit status.

    Where they name no test, all run, side by side; named ones run one after the other.  What needs
    a real server or an environment of its own is marked `live` and left out; `--live` runs these,
    and nothing else.
    """
    bed = prepare(places)
    if _LIVE in arguments:
        # What is installed for a test takes minutes: its name is there before.
        arguments = [*(one for one in arguments if one != _LIVE), "-m", "live", "-v"]
        named = True  # servers have the machine for themselves
        say(
            "Running the tests with real servers, and no others. At the first run each server is "
            f"installed, for some minutes in all, into {places.cache / 'environments'}"
        )
    else:
        named = any(one.startswith("tests") for one in arguments)
    manner = () if named else _SIDE_BY_SIDE
    return _run([str(bed.python), "-m", "pytest", *manner, *arguments], bed=bed, places=places)


def run_bench(places: Places, arguments: Sequence[str]) -> int:
    """Build, then run the measurements of `tests/bench` with `arguments`; their exit status."""
    bed = prepare(places)
    script = places.root / "tests" / "bench" / "run.py"
    return _run([str(bed.python), str(script), *arguments], bed=bed, places=places)


def take_pictures(places: Places, arguments: Sequence[str]) -> int:
    """Build, then take the pictures of the guide that `arguments` name, or all; the exit status."""
    bed = prepare(places)
    script = places.root / "tests" / "pictures" / "run.py"
    return _run([str(bed.python), str(script), *arguments], bed=bed, places=places)


def prepare(places: Places) -> Bed:
    """Set up packages, node modules and a browser, and bring `dist/` up to date.

    The tests find the browser in TWOCLICK_CHROMIUM and Node in TWOCLICK_NODE.
    """
    with only_one(places.state / "lock"):
        python = ensure_packages(places, "test")
        ensure_node_modules(places, "check")
        node = find_node(places).node
        browser = ensure_browser(python, environ=os.environ)
    build_dist(places)
    environ = {**os.environ, "TWOCLICK_CHROMIUM": str(browser), "TWOCLICK_NODE": node}
    return Bed(python=python, environ=environ)


def run_to_its_end(command: Sequence[str], *, folder: Path, environ: Mapping[str, str]) -> int:
    """Run a command in `folder`; its exit status.

    Ctrl+C goes to the command alone, which takes its time to end the servers and browsers that it
    started.
    """
    with subprocess.Popen(command, cwd=folder, env=environ) as process:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGINT, before)


def _run(command: Sequence[str], *, bed: Bed, places: Places) -> int:
    return run_to_its_end(command, folder=places.root, environ=bed.environ)
