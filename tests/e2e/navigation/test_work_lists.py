"""The work list: which images are gone through, chosen in the top bar."""

import re

from playwright.sync_api import Locator, Page, expect

from e2e.sample import annotator, assisted, button, film, film_says, open_newest, opened, saved
from e2e.screens import started


def place(page: Page) -> Locator:
    """The button that says the place in the work list."""
    navigation = page.get_by_role("navigation", name="Current image")
    return navigation.get_by_role("button", name=re.compile(" of "))


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Work list")


def choose(page: Page, name: str) -> None:
    place(page).click()
    panel(page).get_by_role("button", name=name, exact=True).click()
    expect(panel(page)).to_be_hidden()


def images(page: Page) -> Locator:
    return page.get_by_role("list", name="Images", exact=True).get_by_role("listitem")


def skip_first_two(page: Page) -> None:
    for name in ("page-002", "page-003"):
        page.keyboard.press("u")
        expect(page.get_by_role("dialog", name="Skip this image")).to_be_visible()
        page.keyboard.press("1")
        opened(page, name)


def test_states_with_their_counts(sample: Page) -> None:
    skip_first_two(sample)
    place(sample).click()
    for name in ("All 24", "Open 22", "To do 22", "Started 0", "Skipped 2"):
        expect(panel(sample).get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(panel(sample).get_by_role("button", name="Approved 0")).to_be_disabled()
    panel(sample).get_by_role("button", name="Skipped 2").click()
    opened(sample, "page-001")
    expect(place(sample)).to_have_text("1 of 2, Skipped")
    expect(images(sample)).to_have_count(2)
    annotator(sample).focus()
    sample.keyboard.press("d")
    opened(sample, "page-002")
    expect(button(sample, "Next image")).to_be_disabled()


def test_done_stays_in_the_list_and_the_list_stays_as_it_was(sample: Page) -> None:
    choose(sample, "Open 24")
    annotator(sample).focus()
    sample.keyboard.press("g")
    opened(sample, "page-002")
    expect(place(sample)).to_have_text("2 of 24, Open")
    film_says(sample, "page-001", "labelled, nothing here")
    choose(sample, "Open 23")
    expect(place(sample)).to_have_text("1 of 23, Open")
    expect(film(sample, "page-001")).to_have_count(0)


def test_by_name_and_by_keyboard_alone(sample: Page) -> None:
    place(sample).focus()
    sample.keyboard.press("Enter")
    expect(panel(sample).get_by_role("button", name="All 24")).to_be_focused()
    sample.keyboard.press("Tab")
    sample.keyboard.type("nowhere")
    sample.keyboard.press("Enter")
    expect(panel(sample).get_by_role("alert")).not_to_be_empty()
    expect(place(sample)).to_have_text("1 of 24, All")
    sample.keyboard.press("Control+a")
    sample.keyboard.type("-02")
    sample.keyboard.press("Enter")
    opened(sample, "page-020")
    expect(place(sample)).to_have_text("1 of 5, Name *-02*")
    expect(place(sample)).to_be_focused()


def test_by_tag(sample: Page) -> None:
    assisted(sample)
    sample.keyboard.press("Shift+Space")
    film_says(sample, "page-001", r"started, \d+ annotations")
    film(sample, "page-005").click()
    opened(sample, "page-005")
    place(sample).click()
    panel(sample).get_by_role("button", name=re.compile("^Text$")).click()
    opened(sample, "page-001")
    expect(place(sample)).to_have_text("1 of 1, Tag Text")


def test_the_list_is_there_again_after_a_restart(sample: Page) -> None:
    skip_first_two(sample)
    choose(sample, "Open 22")
    expect(place(sample)).to_have_text("1 of 22, Open")
    saved(sample)
    button(sample, "Twoclick, all projects").click()
    open_newest(started(sample))
    expect(place(sample)).to_have_text("1 of 22, Open")
