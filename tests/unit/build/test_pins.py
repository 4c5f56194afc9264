"""What is pinned in several places must say the same in all of them."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from twoclick_build import pins
from twoclick_build.machine.environment import lock_file
from twoclick_build.page.vendor import trimmed_lock

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
CLI = EXTRAS["cli"]
ASKED = {
    "build": GROUPS["build"],
    "cli": CLI,
    "relay": [*CLI, *EXTRAS["relay"]],
    "node": GROUPS["node"],
    "test": [*CLI, *EXTRAS["relay"], *GROUPS["test"]],
}


def locked(lock):
    """The pinned "name==version" lines of a lock, and how many hashes each has."""
    text = lock_file(lock).read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+==\S+)((?:.*\\\n\s+--hash=sha256:\w{64})+)", text, re.MULTILINE)
    return {name: hashes.count("--hash=") for name, hashes in entries}


@pytest.mark.parametrize("lock", sorted(ASKED))
def test_every_lock_has_what_the_project_asks_for(lock):
    assert set(ASKED[lock]) <= locked(lock).keys()


@pytest.mark.parametrize("lock", sorted(ASKED))
def test_every_pinned_package_has_hashes(lock):
    text = lock_file(lock).read_text(encoding="utf-8")
    assert len(locked(lock)) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("smaller", "larger"), [("build", "cli"), ("cli", "relay"), ("relay", "test")]
)
def test_a_larger_lock_has_all_of_the_smaller_one(smaller, larger):
    assert locked(smaller).keys() <= locked(larger).keys()


def test_the_npm_lock_names_no_place_and_pins_every_package_by_content():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_python_and_the_page_compute_with_the_same_versions():
    packages = json.loads(
        (ROOT / "node_modules" / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8")
    )["packages"]
    for requirement in CLI:
        name, version = requirement.split("==")
        if name in packages:
            assert packages[name]["version"] == version


def test_the_trimmed_lock_has_the_packages_with_all_they_depend_on():
    entry = {"depends": []}
    lock = {
        "info": {"python": "3.14.0"},
        "packages": {
            **dict.fromkeys(pins.PYODIDE_PACKAGES, entry),
            "contourpy": {"depends": ["helper"]},
            "helper": {"depends": ["numpy"]},
            "scipy": entry,
        },
    }
    trimmed = trimmed_lock(lock)
    assert trimmed["info"] == lock["info"]
    assert trimmed["packages"].keys() == {*pins.PYODIDE_PACKAGES, "helper"}


def test_the_first_load_is_within_its_budget():
    listed = json.loads((ROOT / "dist" / "assets.json").read_text(encoding="utf-8"))
    sent = sum(
        file["bytes"] if file["gzipBytes"] is None else file["gzipBytes"]
        for file in listed["files"]
        if file["set"] == "core"
    )
    assert sent <= pins.FIRST_LOAD_BUDGET
