"""Own images in the page, by what a person does and sees."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page, expect

from e2e.images.files import CORNERS
from e2e.sample import ANSWERS_WITHIN, annotator, button, on_screen

TAKES_IN_WITHIN = 120_000
"""Milliseconds in which some hundred small images are added on a slow machine."""

_NEAR = 30
"""How far a colour may be from what was written: lossy kinds change it."""


def choose(page: Page, name: str, paths: Sequence[Path] | Path) -> None:
    """Presses a button that opens a file picker, and chooses there."""
    with page.expect_file_chooser() as chooser:
        button(page, name).click()
    chooser.value.set_files(paths)


def add(page: Page, paths: Sequence[Path]) -> None:
    """Adds these files to the open project; all were looked at."""
    button(page, "Add images").click()
    choose(page, "Choose images", paths)
    looked_at(page)


def dialog(page: Page) -> Locator:
    """The dialog of a new project."""
    return page.get_by_role("dialog", name="New project", exact=True)


def new_project(page: Page, paths: Sequence[Path], *, tags: Sequence[str] = ()) -> Page:
    """From the start screen to a new project with these files; all were looked at."""
    choose(page, "Open images", paths)
    dialog(page).get_by_role("textbox", name="Tags").fill("\n".join(tags))
    create(page)
    return taken_in(page)


def create(page: Page) -> None:
    """Makes the project that the dialog describes."""
    dialog(page).get_by_role("button", name="Create", exact=True).click()


def taken_in(page: Page) -> Page:
    """`page`, once the project is open and nothing is being added any more."""
    expect(button(page, "Model Assist")).to_be_visible(timeout=ANSWERS_WITHIN)
    return looked_at(page)


def looked_at(page: Page) -> Page:
    """`page`, once nothing is being added any more."""
    progress = page.get_by_role("progressbar", name="Adding images")
    expect(progress).to_be_hidden(timeout=TAKES_IN_WITHIN)
    return page


def report(page: Page) -> Locator:
    """What became of the images; there only when there is something to tell."""
    return page.get_by_role("region", name="Added images", exact=True)


def reported(page: Page) -> dict[str, list[str]]:
    """The names in the report by what is said of them."""
    found: dict[str, list[str]] = (
        report(page)
        .locator("section")
        .evaluate_all(
            """sections => Object.fromEntries(sections.map((one) => [
              one.querySelector("h3").textContent,
              [...one.querySelectorAll("li")].map((item) => item.textContent),
            ]))"""
        )
    )
    return found


def names(page: Page) -> list[str]:
    """The images of the film strip, in order."""
    buttons = page.get_by_role("list", name="Images", exact=True).get_by_role("button")
    said = buttons.evaluate_all("buttons => buttons.map(one => one.ariaLabel)")
    return [text.rsplit(", ", 1)[0] for text in said]


def go_to(page: Page, name: str) -> None:
    """Opens an image in the film strip; returns when it is painted."""
    images = page.get_by_role("list", name="Images", exact=True)
    images.get_by_role("button", name=f"{name}, ").click()
    showing(page, name)


def showing(page: Page, name: str) -> None:
    """Wait until the image of that name is painted."""
    where = page.get_by_role("navigation", name="Current image")
    expect(where.locator("strong")).to_have_text(name)
    expect(annotator(page)).not_to_have_attribute("aria-busy", "true", timeout=ANSWERS_WITHIN)
    after_paint(page)


def after_paint(page: Page) -> None:
    """Wait until what the page knows is on the screen."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def seen(page: Page, width: int, height: int) -> NDArray[np.uint8]:
    """What the canvas shows of an image of that size, fitted into the view: RGB of each pixel."""
    x0, y0, x1, y1 = on_screen(page, (0, 0, width, height), size=(width, height))
    clip: FloatRect = {"x": x0, "y": y0, "width": x1 - x0, "height": y1 - y0}
    shot = page.screenshot(clip=clip)
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"))


def thumbnail(page: Page, name: str) -> NDArray[np.uint8]:
    """What the film strip shows of an image: RGB of each pixel."""
    images = page.get_by_role("list", name="Images", exact=True)
    item = images.get_by_role("listitem").filter(has=page.get_by_role("button", name=f"{name}, "))
    canvas = item.locator("canvas")
    expect(canvas).to_have_attribute("data-drawn", "true", timeout=ANSWERS_WITHIN)
    url = canvas.evaluate("canvas => canvas.toDataURL()")
    content = base64.b64decode(url.split(",", 1)[1])
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def is_upright(pixels: NDArray[np.uint8]) -> bool:
    """Whether the picture of `files` is seen as it should be: wide, each colour in its corner."""
    height, width = pixels.shape[:2]
    found = {
        "top left": pixels[height // 6, width // 6],
        "top right": pixels[height // 6, width * 5 // 6],
        "bottom left": pixels[height * 5 // 6, width // 6],
        "bottom right": pixels[height * 5 // 6, width * 5 // 6],
    }
    return width > height and all(
        np.abs(found[corner].astype(int) - color).max() <= _NEAR
        for corner, color in CORNERS.items()
    )
