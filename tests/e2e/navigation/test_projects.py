"""The projects of this browser on the start screen: named, copied, deleted, restored, erased."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.host import Host
from e2e.sample import (
    HOME,
    annotations,
    assisted,
    button,
    film_says,
    open_sample,
    opened,
    reopened,
    saved,
)
from e2e.screens import started


@pytest.fixture
def sample(visited_host: Host, visited_page: Page) -> Page:
    """The sample in a browser of its own: what is listed and counted is this test's."""
    visited_page.goto(visited_host.url)
    return open_sample(started(visited_page))


@pytest.fixture
def at_home(sample: Page) -> Page:
    """At the start screen, with a project called Mine that has one image finished."""
    assisted(sample)
    sample.keyboard.press("Shift+g")
    opened(sample, "page-002")
    saved(sample)
    button(sample, HOME).click()
    page = started(sample)
    rename(page, "Pages", "Mine")
    return page


def projects(page: Page) -> Locator:
    return page.get_by_role("list", name="Projects", exact=True)


def action(page: Page, verb: str, name: str) -> Locator:
    return projects(page).get_by_role("button", name=f"{verb} {name}", exact=True)


def rename(page: Page, name: str, to: str) -> None:
    action(page, "Rename", name).first.click()
    field = page.get_by_role("textbox", name=f"New name of {name}")
    expect(field).to_be_focused()
    page.keyboard.type(to)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"Renamed: {to}.")).to_be_visible()


def delete(page: Page, name: str) -> None:
    action(page, "Delete", name).first.click()
    expect(page.get_by_role("status").filter(has_text=f"Deleted: {name}.")).to_be_visible()


def show_deleted(page: Page) -> None:
    deleted = page.get_by_role("list", name="Deleted projects", exact=True)
    if deleted.count() == 0:
        page.get_by_text("Deleted projects (").click()
    expect(deleted).to_be_visible()


def test_a_new_name_stays_and_escape_leaves_the_old_one(at_home: Page) -> None:
    expect(projects(at_home).get_by_role("listitem").first).to_contain_text("1 of 24 labelled")
    action(at_home, "Rename", "Mine").click()
    at_home.keyboard.type("Other")
    at_home.keyboard.press("Escape")
    expect(action(at_home, "Rename", "Mine")).to_be_focused()
    projects(at_home).get_by_role("button", name="Mine").first.click()
    reopened(at_home)
    expect(at_home.get_by_role("heading", name="Mine")).to_be_visible()
    button(at_home, HOME).click()
    started(at_home)


def test_deleting_has_a_way_back(at_home: Page) -> None:
    delete(at_home, "Mine")
    expect(action(at_home, "Rename", "Mine")).to_have_count(0)
    expect(button(at_home, "Undo")).to_be_focused()
    at_home.keyboard.press("Enter")
    expect(action(at_home, "Rename", "Mine")).to_be_visible()

    delete(at_home, "Mine")
    at_home.reload()
    started(at_home)
    show_deleted(at_home)
    button(at_home, "Restore Mine").first.click()
    projects(at_home).get_by_role("button", name="Mine").first.click()
    film_says(reopened(at_home), "page-001", r"labelled, \d+ annotations")
    button(at_home, HOME).click()
    started(at_home)


def test_a_copy_is_worked_on_apart_and_erasing_it_leaves_the_first(at_home: Page) -> None:
    action(at_home, "Duplicate", "Mine").click()
    expect(at_home.get_by_role("status").filter(has_text="Duplicated: Mine.")).to_be_visible()
    projects(at_home).get_by_role("button", name="Mine (copy)").first.click()
    reopened(at_home)
    film_says(at_home, "page-001", r"labelled, \d+ annotations")
    at_home.keyboard.press("Control+z")
    opened(at_home, "page-001")
    expect(annotations(at_home)).to_have_count(0)
    saved(at_home)
    button(at_home, HOME).click()

    delete(started(at_home), "Mine (copy)")
    show_deleted(at_home)
    button(at_home, "Erase Mine (copy)…").click()
    button(at_home, "Erase for good: Mine (copy)").click()
    expect(at_home.get_by_role("status").filter(has_text="Erased: Mine (copy).")).to_be_visible()
    expect(button(at_home, "Restore Mine (copy)")).to_have_count(0)
    projects(at_home).get_by_role("button", name="Mine").first.click()
    film_says(reopened(at_home), "page-001", r"labelled, \d+ annotations")
    button(at_home, HOME).click()
    started(at_home)
