"""What the pictures of the guide show: each scene begins and ends at the start screen."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.images.own import choose, dialog
from e2e.labels.files import coco
from e2e.labels.importing import bring, previewed
from e2e.sample import (
    ANSWERS_WITHIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    annotations,
    annotator,
    assisted,
    button,
    leave,
    on_screen,
    open_sample,
    opened,
    painted,
    select_in_list,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A picture: the name of its file, and what has to be done on the page until it can be taken.

    `show` gives the picture as PNG.
    """

    name: str
    show: Callable[[Page, Path], bytes]


def _start(page: Page, _: Path) -> bytes:
    expect(button(page, "Open sample: Signs")).to_be_visible()
    return page.screenshot()


def _new_project(page: Page, dist: Path) -> bytes:
    choose(page, "Open images", sorted((dist / "samples/pages").glob("page-*.*g")))
    form = dialog(page)
    form.get_by_role("textbox", name="Name").fill("Annual reports")
    form.get_by_role("textbox", name="Tags").fill("Text\nTitle\nTable\nFigure")
    form.get_by_role("combobox", name="Model").select_option("Page layout")
    shot = page.screenshot()
    leave(page)
    return shot


def _suggestions(page: Page, _: Path) -> bytes:
    open_sample(page)
    assisted(page)
    return _shot_and_leave(page)


def _selected(page: Page, _: Path) -> bytes:
    """Some annotations, some selected, some suggestions left."""
    open_sample(page)
    assisted(page)
    select_in_list(page, 0, 1)
    page.keyboard.press("Escape")
    annotator(page).focus()
    page.keyboard.press("Space")
    expect(annotations(page)).to_have_count(2)
    select_in_list(page, 0, 2)
    return _shot_and_leave(page)


def _mending(page: Page, _: Path) -> bytes:
    """A polygon around the figure, with its handles."""
    open_sample(page)
    page.keyboard.press("p")
    for point in ((640, 480), (1110, 470), (1120, 810), (880, 870), (630, 820)):
        x, y, _x, _y = on_screen(page, (*point, *point))
        page.mouse.click(x, y)
    page.keyboard.press("Enter")
    expect(annotations(page)).to_have_count(1)
    page.keyboard.press("3")
    page.keyboard.press("v")
    expect(annotations(page)).to_contain_text("Figure")
    return _shot_and_leave(page)


def _model_settings(page: Page, _: Path) -> bytes:
    open_sample(page)
    button(page, "Model Settings").click()
    page.get_by_text("Name, evidence, remove").click()
    return _shot_and_leave(page)


def _storage(page: Page, _: Path) -> bytes:
    open_sample(page)
    page.get_by_role("button", name="Saved in this browser").click()
    expect(page.get_by_role("dialog", name="Storage")).to_contain_text("are taken")
    return _shot_and_leave(page)


def _shot_and_leave(page: Page) -> bytes:
    expect(page.locator(".thumbnail")).not_to_have_count(0)
    expect(page.locator(".thumbnail:not([data-drawn])")).to_have_count(0)
    page.mouse.move(640, 799)
    shot = page.screenshot()
    leave(page)
    return shot


def _export(page: Page, _: Path) -> bytes:
    """Three images are finished."""
    open_sample(page)
    assisted(page)
    for name in ("page-002", "page-003", "page-004"):
        page.keyboard.press("Shift+g")
        opened(page, name)
        painted(page)
    button(page, "Export").click()
    form = page.get_by_role("dialog", name="Export labels")
    expect(form.get_by_role("button", name="Export", exact=True)).to_be_visible(
        timeout=ANSWERS_WITHIN
    )
    form.get_by_role("radio", name="COCO", exact=True).check()
    return _shot_and_leave(page)


def _import(page: Page, _: Path) -> bytes:
    """Predictions of another model for some of the images, and for one that is not there."""
    open_sample(page)
    names = [f"page-{at:03}.jpg" for at in (1, 2, 3, 5, 8, 13, 55)]
    rows = [
        {"image": at, "category_id": 1 + at % 3, "box": (120, top, 1100, top + 90), "score": 0.9}
        for at in range(len(names))
        for top in range(200, 1500, 160)
    ]
    classes = {1: "text", 2: "figure", 3: "margin note"}
    sizes = dict.fromkeys(names, (PAGE_WIDTH, PAGE_HEIGHT))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "predictions.json"
        file.write_text(coco(names, rows, classes=classes, sizes=sizes))
        bring(page, file)
        previewed(page, file.name)
    return _shot_and_leave(page)


SCENES = (
    Scene(name="start", show=_start),
    Scene(name="new-project", show=_new_project),
    Scene(name="suggestions", show=_suggestions),
    Scene(name="selected", show=_selected),
    Scene(name="mending", show=_mending),
    Scene(name="model-settings", show=_model_settings),
    Scene(name="storage", show=_storage),
    Scene(name="export", show=_export),
    Scene(name="import", show=_import),
)
"""In this order: the start screen is taken while no project is there yet."""
