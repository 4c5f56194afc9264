"""axe-core finds nothing: on no screen, in no state, in no look, at no width.

No rule is left out. States that a person meets only when something fails are asked about where
they are provoked: the refusals, a full storage, a lost thread, a second tab.
"""

import threading
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from e2e.access.audit import NARROW, WIDE, Look, findings, resize
from e2e.access.states import STATES, prepare
from e2e.host import Host
from e2e.images.files import write, write_grey
from e2e.images.own import choose, create, dialog, go_to, report, taken_in
from e2e.sample import HOME, button, film, leave, open_sample, opened, saved
from e2e.screens import started

LOOKS: dict[tuple[int, int], tuple[Look, ...]] = {
    WIDE: ("light", "dark", "forced colours"),
    NARROW: ("dark",),
}


def found_at_all_widths(page: Page, state: str) -> list[str]:
    found: list[str] = []
    for size, looks in LOOKS.items():
        resize(page, size)
        found += findings(page, f"{state}, {size[0]} px", looks=looks)
    resize(page, WIDE)
    return found


def test_the_start_and_the_projects(host: Host, new_page: Page) -> None:
    the_rest = threading.Event()

    def hold_back(path: str) -> None:
        if path.startswith("vendor/pyodide/numpy"):
            the_rest.wait()

    host.intercept = hold_back
    new_page.goto(host.url)
    expect(new_page.get_by_role("progressbar", name="One-time download")).to_be_visible()
    found = found_at_all_widths(new_page, "download")
    the_rest.set()
    found += found_at_all_widths(started(new_page), "start without projects")
    saved(open_sample(new_page))
    button(new_page, HOME).click()
    projects = new_page.get_by_role("list", name="Projects", exact=True)
    projects.get_by_role("button", name="Duplicate Pages").click()
    expect(projects.get_by_role("listitem")).to_have_count(2)
    found += found_at_all_widths(started(new_page), "start with projects")
    projects.get_by_role("button", name="Rename Pages", exact=True).click()
    found += found_at_all_widths(new_page, "a project is renamed")
    new_page.keyboard.press("Escape")
    projects.get_by_role("button", name="Delete Pages", exact=True).click()
    new_page.get_by_text("Deleted projects (1)").click()
    button(new_page, "Erase Pages…").click()
    found += found_at_all_widths(new_page, "deleted projects")
    assert found == []


def test_the_labelling_screen(sample: Page) -> None:
    resize(sample, WIDE)
    found = found_at_all_widths(sample, "an image")
    prepare(sample)
    for size, looks in LOOKS.items():
        resize(sample, size)
        for state in STATES:
            state.enter(sample)
            found += findings(sample, f"{state.name}, {size[0]} px", looks=looks)
            state.leave(sample)
    resize(sample, WIDE)
    sample.keyboard.press("Shift+g")
    opened(sample, "page-002")
    film(sample, "page-001").click()
    opened(sample, "page-001")
    expect(button(sample, "Reopen")).to_be_visible()
    found += found_at_all_widths(sample, "a finished image")
    assert found == []


def test_own_images_with_problems(booted_page: Page, tmp_path: Path) -> None:
    """Long names, names from right to left, many tags, no model, files that are no images."""
    page = booted_page
    values = np.linspace(500, 4500, 640).round().astype(np.uint16)
    deep = write_grey(tmp_path / "deep.png", np.tile(values, (400, 1)))
    long = write(tmp_path / f"{'a very long name ' * 8}.png")
    right_to_left = write(tmp_path / "صورة.png", mark=1)
    (tmp_path / "empty.jpg").touch()
    choose(page, "Open images", [long, right_to_left, deep, tmp_path / "empty.jpg"])
    dialog(page).get_by_role("textbox", name="Name").fill("An exceedingly long name " * 4)
    tags = ["وسم", "Unbreakable" * 7, *(f"Tag {number}" for number in range(3, 61))]
    dialog(page).get_by_role("textbox", name="Tags").fill("\n".join(tags))
    found = found_at_all_widths(page, "new project")
    create(page)
    taken_in(page)
    expect(report(page)).to_contain_text("3 added, 1 not")
    found += found_at_all_widths(page, "images were added, one was not")
    button(page, "Close the report").click()
    button(page, "Model Settings").click()
    found += found_at_all_widths(page, "Model Settings without a model")
    page.keyboard.press("Escape")
    go_to(page, "deep.png")
    found += found_at_all_widths(page, "window of 16-bit grey")
    leave(page)
    assert found == []


def test_the_help(booted_page: Page, dist: Path) -> None:
    guide = booted_page.context.new_page()
    found: list[str] = []
    for path in sorted((dist / "help").glob("*.html")):
        guide.goto(f"{booted_page.url}help/{path.name}")
        found += found_at_all_widths(guide, path.stem)
    guide.close()
    assert found == []
