"""The architecture, read from the imports: which part of the core may know which other."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "py" / "twoclick"
APP = ROOT / "app"

ALGORITHMS = {"domain", "kernels"}
INNER = {"domain", "session", "kernels", "models", "formats", "insight", "deployments"}
MAY_IMPORT = {
    "domain": {"domain"},
    "session": {"domain", "session"},
    "kernels": ALGORITHMS,
    "models": {*ALGORITHMS, "models"},
    "formats": {*ALGORITHMS, "formats"},
    "insight": {*ALGORITHMS, "insight"},
    "deployments": {*ALGORITHMS, "models", "deployments"},
    "ports": {*INNER, "ports"},
    "adapters": {*INNER, "ports", "adapters"},
    "entry": {*INNER, "ports", "adapters", "entry"},
    "__main__": {"entry"},
    "__init__": set(),
}
SESSION_PORTS = {"twoclick.ports.store", "twoclick.ports.clock"}
"""What the session itself asks of the outside: these ports may know the domain only."""

MAIN_THREAD_WORKER_MAKERS = {"main.js", "scene/threads.js", "scene/passing-thread.js"}
"""The threads that always run, and the one that lives for a single project file."""


class Import(NamedTuple):
    """One import: the file (relative to the core), the line, and the dotted name."""

    file: str
    line: int
    name: str

    @property
    def part(self) -> str:
        """The part of the core that the import stands in."""
        return self.file.split("/")[0].removesuffix(".py")

    @property
    def target_part(self) -> str | None:
        """The part of the core that is imported; None for anything outside it."""
        package, _, rest = self.name.partition(".")
        return rest.split(".")[0] or "__init__" if package == "twoclick" else None

    @property
    def package(self) -> str:
        """The top-level package that is imported."""
        return self.name.split(".")[0]


def imports_of(source: str, file: str) -> Iterator[Import]:
    """Every import in `source`, those inside functions and type-checking blocks too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(file, node.lineno, name) for name in _imported_names(node))


def _imported_names(node: ast.ImportFrom) -> list[str]:
    if node.module == "twoclick":  # "from twoclick import kernels" names a part
        return [f"twoclick.{alias.name}" for alias in node.names]
    return ["." * node.level + (node.module or "")]


@pytest.fixture(scope="module")
def core_imports() -> list[Import]:
    return [
        found
        for path in sorted(CORE.rglob("*.py"))
        for found in imports_of(path.read_text(encoding="utf-8"), path.relative_to(CORE).as_posix())
    ]


def test_every_part_of_the_core_has_a_rule():
    parts = {path.stem for path in CORE.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
    assert parts <= MAY_IMPORT.keys()


def test_parts_import_only_inner_parts(core_imports):
    wrong = [
        found
        for found in core_imports
        if found.target_part is not None
        and found.target_part not in MAY_IMPORT[found.part]
        and not (found.part == "session" and found.name in SESSION_PORTS)
    ]
    assert wrong == []


def test_the_ports_of_the_session_know_the_domain_only(core_imports):
    files = {f"{name.removeprefix('twoclick.').replace('.', '/')}.py" for name in SESSION_PORTS}
    wrong = [
        found
        for found in core_imports
        if found.file in files and found.target_part not in {None, "domain"}
    ]
    assert wrong == []


def test_domain_and_session_import_the_standard_library_only(core_imports):
    wrong = [
        found
        for found in core_imports
        if found.part in {"domain", "session"}
        and found.package not in {*sys.stdlib_module_names, "twoclick"}
    ]
    assert wrong == []


def test_only_the_browser_adapters_and_entry_import_the_browser(core_imports):
    browser = {"js", "pyodide", "pyodide_js", "twoclick_shell"}
    wrong = [
        found
        for found in core_imports
        if found.package in browser and not found.file.startswith(("adapters/browser/", "entry/"))
    ]
    assert wrong == []


def test_only_the_pixels_adapter_imports_pillow(core_imports):
    wrong = [
        found
        for found in core_imports
        if found.package == "PIL" and not found.file.startswith("adapters/pixels")
    ]
    assert wrong == []


def test_only_the_adapters_of_http_import_httpx(core_imports):
    wrong = [
        found
        for found in core_imports
        if found.package == "httpx"
        and not found.file.startswith(("adapters/http", "adapters/relay"))
    ]
    assert wrong == []


def test_no_import_is_relative(core_imports):
    assert [found for found in core_imports if found.name.startswith(".")] == []


def test_workers_are_made_in_one_place_of_the_page():
    makers = {
        path.relative_to(APP).as_posix()
        for path in APP.rglob("*.js")
        if re.search(r"\bnew (?:Shared)?Worker\(", path.read_text(encoding="utf-8"))
    }
    wrong = {maker for maker in makers if not maker.startswith("workers/")}
    assert wrong <= MAIN_THREAD_WORKER_MAKERS


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import js", ["js"]),
        ("from twoclick import kernels", ["twoclick.kernels"]),
        ("from twoclick.models.card import Card", ["twoclick.models.card"]),
        ("def f():\n    from PIL import Image", ["PIL"]),
        ("from .card import Card", [".card"]),
    ],
)
def test_imports_are_found_wherever_they_stand(source, names):
    assert [found.name for found in imports_of(source, "x.py")] == names
