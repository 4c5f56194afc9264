"""What a person says of an image: done, nothing here, skipped, approved, returned, open again."""

import re

from playwright.sync_api import Locator, Page, expect

from e2e.sample import (
    annotator,
    assisted,
    button,
    film_says,
    opened,
    painted,
    paints,
    select_in_list,
    selected,
    status,
)


def state(page: Page) -> Locator:
    """The button that says the label state of the open image."""
    return page.get_by_role("button", name=re.compile("^Label state: "))


def says(page: Page, words: str) -> None:
    expect(state(page)).to_have_accessible_name(f"Label state: {words}")


def why_panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Skip this image")


def test_two_keys_skip_with_a_reason_given_before(sample: Page) -> None:
    sample.keyboard.press("u")
    expect(why_panel(sample).get_by_role("textbox", name="Reason")).to_be_focused()
    sample.keyboard.type("pages stuck together")
    sample.keyboard.press("Enter")
    opened(sample, "page-002")
    film_says(sample, "page-001", "skipped: pages stuck together")

    sample.keyboard.press("u")
    expect(why_panel(sample).get_by_role("listitem").first).to_contain_text("pages stuck")
    sample.keyboard.press("1")
    opened(sample, "page-003")
    film_says(sample, "page-002", "skipped: pages stuck together")

    button(sample, "Skip").first.click()
    sample.keyboard.press("Enter")
    opened(sample, "page-004")
    film_says(sample, "page-003", "skipped: pages stuck together")


def test_skip_can_be_left_and_taken_back(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, 0, 1)
    annotator(sample).focus()
    sample.keyboard.press("u")
    expect(why_panel(sample)).to_be_visible()
    sample.keyboard.press("Escape")
    expect(why_panel(sample)).to_be_hidden()
    says(sample, "To do")

    sample.keyboard.press("u")
    sample.keyboard.press("2")
    opened(sample, "page-002")
    film_says(sample, "page-001", "skipped: .+, 2 selected, not committed")
    sample.keyboard.press("Control+z")
    opened(sample, "page-001")
    says(sample, "To do")
    paints(sample, count)
    expect(selected(sample)).to_have_count(2)


def test_nothing_here_is_said_as_such(sample: Page) -> None:
    sample.keyboard.press("g")
    opened(sample, "page-002")
    film_says(sample, "page-001", "labelled, nothing here")
    sample.keyboard.press("a")
    opened(sample, "page-001")
    says(sample, "Labelled, nothing here")


def test_approved_returned_and_open_again(sample: Page) -> None:
    sample.keyboard.press("g")
    opened(sample, "page-002")
    sample.keyboard.press("a")
    opened(sample, "page-001")
    state(sample).click()
    button(sample, "Approve").click()
    says(sample, "Approved")

    state(sample).press("Enter")
    panel = sample.get_by_role("dialog", name="Label state")
    panel.get_by_role("textbox", name="Note").fill("the table is missing")
    panel.get_by_role("textbox", name="Note").press("Enter")
    says(sample, "Returned: the table is missing")
    film_says(sample, "page-001", "returned: the table is missing")

    annotator(sample).focus()
    sample.keyboard.press("g")
    opened(sample, "page-002")
    sample.keyboard.press("Shift+a")
    opened(sample, "page-001")
    says(sample, "Labelled, nothing here")
    state(sample).click()
    panel.get_by_role("button", name="Reopen").click()
    says(sample, "Started")

    for words in ("Labelled, nothing here", "Returned: the table is missing", "Approved"):
        annotator(sample).focus()
        sample.keyboard.press("Control+z")
        says(sample, words)


def test_with_assist_on_open_the_next_image_is_asked_without_a_key(sample: Page) -> None:
    assisted(sample)
    switch = sample.get_by_role("switch", name="Assist on open")
    expect(switch).to_be_checked()
    annotator(sample).focus()
    sample.keyboard.press("d")
    painted(opened(sample, "page-002"))
    switch.click()
    sample.keyboard.press("d")
    sample.keyboard.press("d")
    sample.keyboard.press("d")
    sample.keyboard.press("d")
    opened(sample, "page-006")
    expect(sample.get_by_text("Press M to ask the model.")).to_be_visible()


def test_done_at_the_end_of_a_list_says_that_all_is_finished(sample: Page) -> None:
    button(sample, "1 of 24, All").click()
    panel = sample.get_by_role("dialog", name="Work list")
    panel.get_by_role("searchbox", name="File name").fill("page-01?")
    sample.keyboard.press("Enter")
    opened(sample, "page-010")
    for place in range(10, 20):
        opened(sample, f"page-{place:03}")
        sample.keyboard.press("g")
    expect(status(sample).filter(has_text="All 10 finished")).to_be_visible()
    expect(sample.get_by_text("All 10 images are finished.")).to_be_visible()
    opened(sample, "page-019")
