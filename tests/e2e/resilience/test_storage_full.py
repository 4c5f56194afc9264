"""The browser's storage is full: editing stops, nothing is lost, it goes on once there is room."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Dialog, Locator, Page, expect

from e2e.sample import annotations, annotator, assisted, button, film, opened, reopened, saved

EDITING_IS_PAUSED = re.compile("Editing is paused")


@pytest.fixture
def browser(sample: Page) -> Iterator[CDPSession]:
    """The means to make its room small; afterwards it is as before."""
    session = sample.context.new_cdp_session(sample)
    yield session
    has_room(session, sample)
    session.detach()


def is_full(browser: CDPSession, page: Page) -> None:
    """No byte more can be stored at this address."""
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin(page), "quotaSize": 1})


def has_room(browser: CDPSession, page: Page) -> None:
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin(page)})


def origin(page: Page) -> str:
    return str(page.evaluate("() => location.origin"))


def not_saved(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has_text="Not saved: ")


def test_what_could_not_be_saved_stays_and_is_saved_later(
    sample: Page, browser: CDPSession
) -> None:
    count = assisted(sample)
    saved(sample)
    is_full(browser, sample)
    sample.keyboard.press("Shift+Space")
    expect(not_saved(sample)).to_contain_text("1 change waits; editing is paused")
    expect(annotations(sample)).to_have_count(count)

    for name in ("Done", "Skip", "Undo"):
        expect(button(sample, name)).to_be_disabled()
        expect(button(sample, name)).to_have_accessible_description(EDITING_IS_PAUSED)
    sample.keyboard.press("g")
    sample.keyboard.press("Control+z")
    expect(annotations(sample)).to_have_count(count)
    film(sample, "page-003").click()
    opened(sample, "page-003")
    film(sample, "page-001").click()
    opened(sample, "page-001")
    expect(annotations(sample)).to_have_count(count)

    button(sample, "Try again").click()
    expect(not_saved(sample)).to_be_visible()
    has_room(browser, sample)
    button(sample, "Try again").click()
    expect(not_saved(sample)).to_be_hidden()
    saved(sample)
    sample.reload()
    expect(annotations(reopened(sample))).to_have_count(count)
    annotator(sample).focus()
    sample.keyboard.press("Control+z")
    expect(annotations(sample)).to_have_count(0)


def test_leaving_asks_only_while_something_is_not_saved(sample: Page, browser: CDPSession) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    assisted(sample)
    saved(sample)
    is_full(browser, sample)
    sample.keyboard.press("Shift+Space")
    expect(not_saved(sample)).to_be_visible()
    sample.on("dialog", stay)
    with sample.expect_event("dialog"):
        sample.evaluate("() => { setTimeout(() => location.reload()); }")
    expect(not_saved(sample)).to_be_visible()
    assert asked == ["beforeunload"]
    has_room(browser, sample)
    button(sample, "Try again").click()
    saved(sample)
    sample.reload()
    reopened(sample)
    assert asked == ["beforeunload"]
    sample.remove_listener("dialog", stay)


def test_erasing_deleted_projects_makes_room(sample: Page, browser: CDPSession) -> None:
    assisted(sample)
    saved(sample)
    is_full(browser, sample)
    sample.keyboard.press("Shift+Space")
    expect(not_saved(sample)).to_be_visible()
    button(sample, "Free space").click()
    panel = sample.get_by_role("dialog", name="Storage")
    expect(panel.get_by_text(re.compile(r"[\d.]+ .B of 1 kB are taken"))).to_be_visible()
