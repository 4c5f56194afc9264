"""A project leaves the browser as a file, and comes back as a copy or in its own place."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.host import Host
from e2e.sample import (
    HOME,
    assisted,
    button,
    film_says,
    open_sample,
    opened,
    reopened,
    saved,
)
from e2e.screens import started

STORAGE = re.compile("^Saved in this browser")


@pytest.fixture
def sample(visited_host: Host, visited_page: Page) -> Page:
    """The sample in a browser of its own: what is listed and counted is this test's."""
    visited_page.goto(visited_host.url)
    return open_sample(started(visited_page))


@pytest.fixture
def file(sample: Page, tmp_path: Path) -> Path:
    """The file of a project with one image finished; the page is at the start screen."""
    assisted(sample)
    sample.keyboard.press("Shift+g")
    opened(sample, "page-002")
    saved(sample)
    state = sample.get_by_role("button", name=STORAGE)
    expect(state).to_have_accessible_name("Saved in this browser, 1 change not in a file")
    # As in a browser that lets nobody choose the place of a download.
    sample.evaluate("() => { delete window.showSaveFilePicker; }")
    with sample.expect_download() as download:
        button(sample, "Save project file").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    expect(state).to_have_accessible_name("Saved in this browser, all in a file")
    state.click()
    panel = sample.get_by_role("dialog", name="Storage")
    expect(panel).to_contain_text("saved just now; nothing has changed since")
    sample.keyboard.press("Escape")
    button(sample, HOME).click()
    started(sample)
    return path


def choice(page: Page) -> Locator:
    return page.get_by_role("dialog", name="This project is here already")


def open_file(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        button(page, "Open project file").click()
    chooser.value.set_files(path)


def test_a_file_opens_as_a_copy(sample: Page, file: Path) -> None:
    projects = sample.get_by_role("list", name="Projects", exact=True).get_by_role("listitem")
    expect(projects).to_have_count(1)
    open_file(sample, file)
    expect(choice(sample)).to_contain_text("The file has Pages")
    button(sample, "Close").click()
    expect(projects).to_have_count(1)
    open_file(sample, file)
    button(sample, "Open as a copy").click()
    film_says(reopened(sample), "page-001", r"labelled, \d+ annotations")
    opened(sample, "page-002")
    button(sample, HOME).click()
    expect(started(sample).get_by_role("list", name="Projects", exact=True)).to_be_visible()
    expect(projects).to_have_count(2)


def test_a_file_takes_the_place_of_the_project(sample: Page, file: Path) -> None:
    projects = sample.get_by_role("list", name="Projects", exact=True).get_by_role("listitem")
    expect(projects).to_have_count(1)
    open_file(sample, file)
    button(sample, "Replace").click()
    film_says(reopened(sample), "page-001", r"labelled, \d+ annotations")
    button(sample, HOME).click()
    expect(started(sample).get_by_text(re.compile(r"Deleted projects \([1-9]"))).to_be_visible()
    expect(projects).to_have_count(1)


def test_a_file_that_is_none_is_named(sample: Page, tmp_path: Path) -> None:
    button(sample, HOME).click()
    started(sample)
    path = tmp_path / "holiday.zip"
    path.write_bytes(b"not a zip")
    open_file(sample, path)
    expect(sample.get_by_role("alert").filter(has_text="holiday.zip")).to_be_visible()
