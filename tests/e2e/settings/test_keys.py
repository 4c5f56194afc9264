"""A key can be another: changed in the list of all keys, shown wherever it was, remembered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.sample import button, film_says, opened, reopened


@pytest.fixture
def keys(sample: Page) -> Iterator[Page]:
    """The sample, whose keys are the table's again afterwards."""
    yield sample
    shown(sample)
    standard = all_keys(sample).get_by_role("button", name="Standard keys")
    if standard.is_visible():
        standard.click()
    all_keys(sample).get_by_role("button", name="Close").click()


def all_keys(page: Page) -> Locator:
    return page.get_by_role("dialog", name="All keys", exact=True)


def shown(page: Page) -> Locator:
    """The list of all keys."""
    if not all_keys(page).is_visible():
        page.keyboard.press("?")
    expect(all_keys(page)).to_be_visible()
    return all_keys(page)


def changer(page: Page, line: str) -> Locator:
    """The first key of the line that says so."""
    return all_keys(page).get_by_role("button", name=f": change the key of {line}")


def test_a_key_is_changed_shown_and_remembered(keys: Page) -> None:
    shown(keys)
    changer(keys, "Done").click()
    keys.keyboard.press("j")
    expect(changer(keys, "Done")).to_have_text("J")
    expect(changer(keys, "Done")).to_be_focused()
    keys.keyboard.press("Escape")
    expect(all_keys(keys)).to_be_hidden()
    expect(button(keys, "Done")).to_have_attribute("aria-keyshortcuts", "J")
    keys.keyboard.press("g")
    keys.keyboard.press("j")
    opened(keys, "page-002")
    film_says(keys, "page-001", "labelled, nothing here")
    reopened(keys)
    keys.keyboard.press("j")
    opened(keys, "page-003")


def test_a_key_that_is_taken_is_refused_and_escape_gives_up(keys: Page) -> None:
    shown(keys)
    changer(keys, "Done").click()
    keys.keyboard.press("x")
    expect(all_keys(keys).get_by_role("alert")).to_contain_text("X is taken: Reject")
    changer(keys, "Done").click()
    keys.keyboard.press("Escape")
    expect(all_keys(keys)).to_be_visible()
    expect(changer(keys, "Done")).to_have_text("G")
    expect(all_keys(keys).get_by_role("button", name="Standard keys")).to_be_hidden()
