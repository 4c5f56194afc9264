"""The static checks: formats, lint, types, import rules, generated files."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.lock import only_one
from twoclick_build.machine.environment import ensure_packages
from twoclick_build.machine.node import ensure_node_modules, find_node
from twoclick_build.page.generated import stale_files
from twoclick_build.places import Places
from twoclick_build.progress import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: `find` gives what is wrong, nothing when all is well."""

    name: str
    find: Callable[[], str]


def run_checks(places: Places) -> int:
    """Run every check, each with its verdict in a line; 1 when any failed, else 0."""
    with only_one(places.state / "lock"):
        python = ensure_packages(places, "test")
        ensure_node_modules(places, "check")
        node = find_node(places).node
    failed = [
        check.name for check in _checks(places, python=python, node=node) if not _passes(check)
    ]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed")
    return 1 if failed else 0


def _passes(check: Check) -> bool:
    started = time.monotonic()
    wrong = check.find()
    seconds = f"({time.monotonic() - started:.1f} s)"
    print(f"{check.name:<22} {'FAILED' if wrong else 'ok'} {seconds}", flush=True)
    if wrong:
        say(wrong)
    return not wrong


def _checks(places: Places, *, python: Path, node: str) -> list[Check]:
    modules = places.node_modules
    biome = [node, str(modules / "@biomejs" / "biome" / "bin" / "biome")]
    tsc = [node, str(modules / "typescript" / "bin" / "tsc")]
    rules = "tests/unit/test_import_rules.py"
    commands: list[tuple[str, list[str]]] = [
        ("Python format", [str(python), "-m", "ruff", "format", "--check", "."]),
        ("Python lint", [str(python), "-m", "ruff", "check", "."]),
        ("Python types", [str(python), "-m", "mypy"]),
        ("import rules", [str(python), "-m", "pytest", "-q", "--no-header", rules]),
        ("JS and CSS", [*biome, "ci", "--colors=off"]),
        ("JS types, page", [*tsc, "--project", "tsconfig.json"]),
        ("JS types, workers", [*tsc, "--project", "tsconfig.workers.json"]),
    ]
    return [
        *(_program_check(name, command, cwd=places.root) for name, command in commands),
        Check(name="generated files", find=lambda: _stale_text(places)),
    ]


def _program_check(name: str, command: Sequence[str], *, cwd: Path) -> Check:
    def find() -> str:
        run = subprocess.run(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return run.stdout.strip() or f"exit status {run.returncode}" if run.returncode else ""

    return Check(name=name, find=find)


def _stale_text(places: Places) -> str:
    try:
        stale = stale_files(places)
    except BuildError as error:
        return str(error)
    return f"Run python3 build.py build to renew: {', '.join(stale)}" if stale else ""
