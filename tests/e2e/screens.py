"""Screens of the page, by what a person sees on them."""

from playwright.sync_api import Locator, Page, expect

STARTS_WITHIN = 120_000
"""Milliseconds in which a first load is through on a slow machine that is busy with other tests."""


def started(page: Page) -> Page:
    """`page`, once its start screen can be used."""
    button = page.get_by_role("button", name="Open sample: Pages")
    expect(button).to_be_visible(timeout=STARTS_WITHIN)
    return page


def failure(page: Page) -> Locator:
    """The failure page, once it is shown."""
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible(timeout=STARTS_WITHIN)
    return alert
