"""A Chromium for the tests: one that is there, else Debian's package, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.progress import say

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_WINDOWS_PLACES = (r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe")

_PLAYWRIGHT_PATH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def ensure_browser(python: Path, *, environ: Mapping[str, str]) -> Path:
    """The executable of a Chromium or Chrome; `python` is the environment that has Playwright.

    TWOCLICK_BROWSER names it outright. Raises BuildError saying what was tried when there is none
    to be had.
    """
    if chosen := environ.get("TWOCLICK_BROWSER"):
        if Path(chosen).is_file():
            return Path(chosen)
        raise BuildError(f"TWOCLICK_BROWSER names {chosen}, and there is no such file.")
    if found := installed_browser(environ):
        return found
    tried = ["no Chromium or Chrome on PATH or in the usual places"]
    if _may_install_packages():
        reason = _install_package()
        if reason is None and (found := installed_browser(environ)):
            return found
        tried.append(f"Debian's package chromium: {reason or 'gave no executable'}")
    reason = _install_with_playwright(python)
    if reason is None:
        return _playwright_browser(python)
    tried.append(f"Playwright's download: {reason}")
    raise BuildError(
        "The tests need a Chromium or Chrome, and there is none:\n"
        + "".join(f"  - {line}\n" for line in tried)
        + "Install one, or name it: TWOCLICK_BROWSER=/path/to/chrome python3 build.py test"
    )


def installed_browser(environ: Mapping[str, str]) -> Path | None:
    """A browser that the system has already."""
    for command in _COMMANDS:
        if found := shutil.which(command, path=environ.get("PATH")):
            return Path(found)
    places = [Path(place) for place in _MAC_PLACES] if sys.platform == "darwin" else []
    if sys.platform == "win32":
        folders = [environ[name] for name in _WINDOWS_FOLDERS if name in environ]
        places = [Path(folder) / place for folder in folders for place in _WINDOWS_PLACES]
    return next((place for place in places if place.is_file()), None)


def _may_install_packages() -> bool:
    """Root on Debian itself: elsewhere a package of that name may only point to an installer."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def _install_package() -> str | None:
    """Install Debian's Chromium with a font to draw text in; None, or the reason why it failed."""
    say("Installing Debian's package chromium ...")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
    ):
        run = subprocess.run(
            ["apt-get", *arguments],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            return _reason(run.stderr)
    return None


def _install_with_playwright(python: Path) -> str | None:
    """Download Playwright's Chromium, unless it is there; None, or the reason why it failed."""
    say("Asking Playwright for its Chromium ...")
    run = subprocess.run(
        [str(python), "-m", "playwright", "install", "chromium"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return _reason(run.stderr) if run.returncode else None


def _playwright_browser(python: Path) -> Path:
    run = subprocess.run(
        [str(python), "-c", _PLAYWRIGHT_PATH], capture_output=True, text=True, check=True
    )
    return Path(run.stdout.strip())


def _reason(text: str) -> str:
    """What went wrong, out of a program's standard error: its first line that says so."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "rror" in line or line.startswith("E:")]
    return next(iter(errors or lines), "failed without a word")
