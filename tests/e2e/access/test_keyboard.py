"""By keys alone: where Tab goes, what is seen there, and where the focus comes back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.access.audit import NARROW, WIDE, resize
from e2e.access.states import STATES, prepare
from e2e.sample import HOME, annotator, button, open_newest, saved
from e2e.screens import started

_FOCUSED = """() => {
  const it = document.activeElement;
  if (it === document.body) return null;
  const {outlineStyle, outlineWidth} = getComputedStyle(it);
  const {left, top, right, bottom} = it.getBoundingClientRect();
  const name = it.getAttribute("aria-label") ?? it.textContent;
  return {
    name: name.trim(),
    ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    inSight: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
  };
}"""

TOP = (
    "Twoclick, all projects", "Previous image", "Label state: Started", "1 of 24, All",
    "Next image", "Add images",
)  # fmt: skip
HISTORY = (
    "Undo", "Redo", "Model Settings", "Saved in this browser", "Save project file", "Import",
    "Export",
)  # fmt: skip
SETTINGS = ("Confidence threshold", "Threshold per tag", "Overlap", "Assist on open")
ACTIONS = ("Commit", "Commit All", "Commit All and Next", "Done", "Skip")
VIEW = (
    "Annotator", "Hide shapes", "Names and scores", "Fit image", "All keys",
    "Help: everything about Twoclick",
)  # fmt: skip
LISTS = ("Add tag", "1Text", "Sorted by score, change", "Text 0.9", "Text")
FILM = ("page-001.jpg, started",)

STOPS = {
    WIDE: (*TOP, *HISTORY, "Select", "Model Assist", *SETTINGS, *ACTIONS, *VIEW, *LISTS, *FILM),
    NARROW: (
        *TOP, *HISTORY, "Assist settings", "Tags and shapes", "Select", "Model Assist", *ACTIONS,
        *VIEW, *FILM,
    ),
}  # fmt: skip
"""What Tab reaches, from the top of the screen to its end, by how the names begin."""


@pytest.fixture
def page(sample: Page) -> Iterator[Page]:
    yield sample
    resize(sample, WIDE)


def tab_through(page: Page) -> list[str]:
    """The stops of one round from the first, each with its ring and in sight."""
    button(page, HOME).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    stops: list[str] = []
    while True:
        at = page.evaluate(_FOCUSED)
        if at is None or at["name"] in stops[:1]:  # the browser's own bar, or round again
            return stops
        assert at["ring"], f"no ring around {at['name']}"
        assert at["inSight"], f"out of sight: {at['name']}"
        assert at["name"] not in stops, f"Tab is trapped: {stops}"
        stops.append(at["name"])
        page.keyboard.press("Tab")


def test_tab_reaches_every_control_in_the_order_of_reading(page: Page) -> None:
    resize(page, WIDE)
    prepare(page)
    for size, expected in STOPS.items():
        resize(page, size)
        expect(page.get_by_role("button", name=re.compile("^Saved in this"))).to_be_visible()
        stops = tab_through(page)
        assert len(stops) == len(expected), stops
        for stop, begins in zip(stops, expected, strict=True):
            assert stop.startswith(begins), (stop, begins)


def test_the_focus_comes_back_from_everything_that_opens(page: Page) -> None:
    """Each `leave` of the states says where."""
    prepare(page)
    for state in STATES:
        state.enter(page)
        state.leave(page)
        expect(annotator(page)).to_be_focused()


def test_the_focus_goes_with_the_screen(page: Page) -> None:
    expect(annotator(page)).to_be_focused()
    saved(page)
    button(page, HOME).press("Enter")
    started(page)
    expect(page.get_by_role("heading", name="Twoclick")).to_be_focused()
    projects = page.get_by_role("list", name="Projects", exact=True)
    projects.get_by_role("button", name=re.compile("^Rename")).first.press("Enter")
    page.keyboard.type("Kept in focus")
    page.keyboard.press("Enter")
    expect(projects.get_by_role("button", name=re.compile("^Kept in focus"))).to_be_focused()
    open_newest(page)
    expect(annotator(page)).to_be_focused()
