"""Tags are found by typing, made, changed and deleted where they are needed."""

import re

from playwright.sync_api import Locator, Page, expect

from e2e.drawing.board import draw_box, fitted
from e2e.sample import annotations, annotator, assisted, button, status, suggestions

UNDO = "Control+z"


def tag(page: Page, name: str) -> Locator:
    """A tag in the list of tags."""
    tags = page.get_by_role("list", name="Tags", exact=True)
    return tags.get_by_role("listitem").filter(has=page.get_by_text(name, exact=True))


def change(page: Page, name: str) -> Locator:
    """The form of a tag, opened by its button."""
    tag(page, name).hover()
    button(page, f"Change {name}").click()
    return page.get_by_role("form", name=f"Tag {name}", exact=True)


def test_a_tag_is_found_by_typing(sample: Page) -> None:
    draw_box(sample, fitted(sample), (100, 100), (400, 300))
    expect(annotations(sample)).to_have_count(1)
    sample.keyboard.press("t")
    sample.keyboard.type("capt")
    found = sample.get_by_role("listbox", name="Tags found", exact=True).get_by_role("option")
    expect(found).to_have_text(["Figure caption4", "Table caption6", "Make tag “capt”"])
    sample.keyboard.press("ArrowDown")
    sample.keyboard.press("Enter")
    expect(annotations(sample).nth(0)).to_contain_text("Table caption")
    expect(annotator(sample)).to_be_focused()
    sample.keyboard.press("t")
    sample.keyboard.press("Escape")
    expect(annotations(sample).nth(0)).to_contain_text("Table caption")
    sample.keyboard.press(UNDO)
    expect(annotations(sample).nth(0)).not_to_contain_text("Table caption")


def test_a_tag_is_made_where_none_fits(sample: Page) -> None:
    assisted(sample)
    row = suggestions(sample).last
    sample.keyboard.press("z")
    sample.keyboard.press("t")
    sample.keyboard.type("Page number")
    sample.keyboard.press("Enter")
    expect(row).to_have_accessible_name(re.compile(r"^Page number .*edited"))
    expect(tag(sample, "Page number")).to_have_count(1)


def test_a_digit_chooses_the_tag_of_the_next_shape(sample: Page) -> None:
    sample.keyboard.press("r")
    sample.keyboard.press("2")
    expect(status(sample)).to_have_text("New shapes take Title")
    draw_box(sample, fitted(sample), (100, 100), (400, 300))
    expect(annotations(sample).nth(0)).to_contain_text("Title")
    draw_box(sample, fitted(sample), (100, 400), (400, 600))
    expect(annotations(sample).nth(1)).to_contain_text("Title")


def test_a_tag_is_changed_in_the_list(sample: Page) -> None:
    draw_box(sample, fitted(sample), (100, 100), (400, 300))
    form = change(sample, "Text")
    form.get_by_label("Name").fill("Paragraph")
    form.get_by_label("Key", exact=True).select_option("no key")
    form.get_by_label("Colour").fill("#112233")
    form.get_by_role("button", name="Close").click()
    expect(annotations(sample).nth(0)).to_contain_text("Paragraph")
    dot = tag(sample, "Paragraph").locator(".dot")
    expect(dot).to_have_css("background-color", "rgb(17, 34, 51)")
    annotator(sample).focus()
    sample.keyboard.press("1")
    expect(status(sample)).to_have_text("No tag has the key 1: the tag list sets it")


def test_a_tag_that_is_used_stays(sample: Page) -> None:
    draw_box(sample, fitted(sample), (100, 100), (400, 300))
    expect(annotations(sample)).to_have_count(1)
    form = change(sample, "Text")
    expect(form).to_contain_text("1 annotation")
    form.get_by_role("button", name="Delete tag").click()
    expect(status(sample)).to_contain_text("Text is the tag of 1 annotation on 1 image")
    expect(tag(sample, "Text")).to_have_count(1)
    form.get_by_role("button", name="Close").click()

    form = change(sample, "Equation")
    form.get_by_role("button", name="Delete tag").click()
    expect(tag(sample, "Equation")).to_have_count(0)


def test_where_there_is_no_tag_a_shape_asks_for_one(sample: Page) -> None:
    tags = sample.get_by_role("list", name="Tags", exact=True).get_by_role("listitem")
    for name in tags.locator(".row-name").all_text_contents():
        change(sample, name).get_by_role("button", name="Delete tag").click()
        expect(tag(sample, name)).to_have_count(0)
    draw_box(sample, fitted(sample), (100, 100), (400, 300))
    expect(sample.get_by_role("dialog", name="Tag", exact=True)).to_be_visible()
    sample.keyboard.press("Escape")
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press("Enter")
    sample.keyboard.type("Stamp")
    sample.keyboard.press("Enter")
    expect(annotations(sample)).to_contain_text(["Stamp"])
