"""What the build finds out about the machine it runs on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from twoclick_build.failure import BuildError
from twoclick_build.machine.browser import ensure_browser, installed_browser
from twoclick_build.places import cache_folder

ROOT = Path(__file__).resolve().parents[3]
HOME = Path("/home/ada")


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, HOME / ".cache" / "twoclick"),
        ("linux", {"XDG_CACHE_HOME": "/var/ada"}, Path("/var/ada/twoclick")),
        ("darwin", {}, HOME / "Library" / "Caches" / "twoclick"),
        ("win32", {"LOCALAPPDATA": "/ada/Local"}, Path("/ada/Local/twoclick/Cache")),
        ("darwin", {"TWOCLICK_CACHE": "/data/cache"}, Path("/data/cache")),
    ],
)
def test_downloads_go_where_the_system_keeps_caches(platform, environ, folder):
    assert cache_folder(environ=environ, platform=platform, home=HOME) == folder


@pytest.fixture
def folder_with_chromium(tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="executables have other names there")
def test_a_browser_on_path_is_taken(folder_with_chromium):
    environ = {"PATH": str(folder_with_chromium)}
    assert installed_browser(environ) == folder_with_chromium / "chromium"


def test_the_named_browser_comes_first(folder_with_chromium):
    chosen = folder_with_chromium / "mine"
    chosen.write_text("")
    environ = {"PATH": str(folder_with_chromium), "TWOCLICK_BROWSER": str(chosen)}
    assert ensure_browser(Path(sys.executable), environ=environ) == chosen


def test_a_named_browser_that_is_not_there_is_an_error(tmp_path):
    environ = {"TWOCLICK_BROWSER": str(tmp_path / "nothing")}
    with pytest.raises(BuildError, match=r"TWOCLICK_BROWSER names .*nothing"):
        ensure_browser(Path(sys.executable), environ=environ)


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_the_help_names_every_command(arguments):
    run = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    for command in ("serve", "build", "test", "check", "cli", "bench", "clean"):
        assert f"build.py {command}" in run.stdout
