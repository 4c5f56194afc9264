"""Nothing is committed unseen, and nothing twice."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.sample import (
    annotations,
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


def test_a_key_held_down_finishes_one_image(sample: Page) -> None:
    assisted(sample)
    sample.keyboard.down("Shift")
    for _ in range(6):
        sample.keyboard.down("g")
    sample.keyboard.up("g")
    sample.keyboard.up("Shift")
    opened(sample, "page-002")
    painted(sample)
    expect(annotations(sample)).to_have_count(0)
    film_says(sample, "page-002", "to do")


def test_space_held_down_commits_once(sample: Page) -> None:
    assisted(sample)
    select_in_list(sample, 0, 1)
    annotator(sample).focus()
    for _ in range(5):
        sample.keyboard.down("Space")
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.up("Space")
    expect(annotations(sample)).to_have_count(2)


@pytest.mark.parametrize("key", ["Shift+g", "Shift+Space", "Space"])
def test_hidden_suggestions_are_not_committed(sample: Page, key: str) -> None:
    count = assisted(sample)
    select_in_list(sample, 0)
    annotator(sample).focus()
    sample.keyboard.press("m")
    paints(sample, 0)
    sample.keyboard.press(key)
    expect(status(sample)).to_have_text("Suggestions are hidden: press M to show them")
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press("m")
    paints(sample, count)
    expect(selected(sample)).to_have_count(1)
    opened(sample, "page-001")


def test_hidden_shapes_are_not_committed(sample: Page) -> None:
    count = assisted(sample)
    sample.keyboard.press("h")
    expect(button(sample, "Commit All")).to_be_disabled()
    sample.keyboard.press("Shift+g")
    expect(status(sample)).to_have_text("Shapes are hidden: press H to show them first")
    opened(sample, "page-001")
    sample.keyboard.press("h")
    expect(button(sample, "Commit All")).to_be_enabled()
    sample.keyboard.press("Shift+Space")
    expect(annotations(sample)).to_have_count(count)


def test_a_pending_answer_is_not_committed(sample: Page) -> None:
    sample.keyboard.press("m")
    sample.keyboard.press("Shift+g")
    expect(status(sample)).to_have_text("Model Assist is still working on this image")
    painted(sample)
    opened(sample, "page-001")
    expect(annotations(sample)).to_have_count(0)


def test_without_suggestions_nothing_is_committed(sample: Page) -> None:
    expect(button(sample, "Commit All and Next")).to_be_disabled()
    sample.keyboard.press("Shift+g")
    expect(status(sample)).to_have_text("There are no suggestions on this image: press M")
    button(sample, "Commit All and Next").click(force=True)
    expect(status(sample)).to_have_text("No suggestions yet: press M")
    opened(sample, "page-001")


def test_what_lies_outside_the_view_is_counted(sample: Page) -> None:
    assisted(sample)
    area = annotator(sample).bounding_box()
    assert area is not None
    sample.mouse.move(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    for _ in range(8):
        sample.mouse.wheel(0, -200)
    commit_all = button(sample, "Commit All")
    expect(commit_all).to_have_accessible_description(re.compile(r"\d+ outside view$"))
    sample.keyboard.press("f")
    expect(commit_all).to_have_accessible_description(re.compile(r"^\d+ suggestions$"))
