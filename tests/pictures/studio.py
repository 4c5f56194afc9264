"""The studio: a browser with the built page, in light and in dark, and files of what it shows."""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, Playwright, sync_playwright

from e2e.conftest import FLAGS
from e2e.host import Host
from e2e.screens import started
from pictures.scenes import SCENES, Scene

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/guide/pictures"
SCREENSHOT = ROOT / "docs/screenshot.png"

_SCREENSHOT_OF = "selected"
"""The scene on the front page of the project."""

_PORT = 8737
"""Of the address that the start screen names."""

_WINDOW = {"width": 1280, "height": 800}
_QUALITY = 82

Scheme = Literal["light", "dark"]


def take_pictures(wanted: Sequence[str]) -> int:
    """Take the pictures of the scenes `wanted`, of all without names, and say their sizes."""
    names = [scene.name for scene in SCENES]
    if unknown := set(wanted) - set(names):
        print(f"No such picture: {', '.join(sorted(unknown))}. There are: {', '.join(names)}")
        return 2
    PICTURES.mkdir(exist_ok=True)
    host = Host(ROOT / "dist")
    host.port = _PORT
    host.start()
    try:
        with sync_playwright() as playwright:
            for scheme in ("light", "dark"):
                _take(playwright, host=host, scheme=scheme, wanted=wanted or names)
    finally:
        host.stop()
    _tell_sizes()
    return 0


def _take(playwright: Playwright, *, host: Host, scheme: Scheme, wanted: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, _window(playwright, folder, scheme) as page:
        page.goto(host.url)
        started(page)
        for scene in SCENES:
            if scene.name in wanted:
                _keep(scene, scheme=scheme, shot=scene.show(page, ROOT / "dist"))


@contextmanager
def _window(playwright: Playwright, profile: str, scheme: Scheme) -> Iterator[Page]:
    executable = os.environ.get("TWOCLICK_CHROMIUM") or shutil.which("chromium")
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=executable,
        args=list(FLAGS),
        viewport=_WINDOW,
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    try:
        yield context.pages[0]
    finally:
        context.close()


def _keep(scene: Scene, *, scheme: Scheme, shot: bytes) -> None:
    with Image.open(io.BytesIO(shot)) as image:
        picture = image.convert("RGB")
    ending = "webp" if scheme == "light" else "dark.webp"
    picture.save(PICTURES / f"{scene.name}.{ending}", quality=_QUALITY, method=6)
    if scene.name == _SCREENSHOT_OF and scheme == "light":
        picture.quantize(256, dither=Image.Dither.NONE).save(SCREENSHOT, optimize=True)


def _tell_sizes() -> None:
    files = sorted(PICTURES.iterdir())
    for file in (*files, SCREENSHOT):
        print(f"{file.stat().st_size / 1e3:8.0f} kB  {file.relative_to(ROOT)}")
    print(f"{sum(file.stat().st_size for file in files) / 1e3:8.0f} kB  in docs/guide/pictures")
