"""Undo and redo: one step each, across images, with the moves that belong to it."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.sample import (
    annotations,
    annotator,
    assisted,
    button,
    film_says,
    hidden_reasons,
    opened,
    painted,
    paints,
    select_in_list,
    selected,
    status,
    suggestions,
)

UNDO, REDO = "Control+z", "Control+Shift+z"


def commit_three(page: Page) -> int:
    """Three of the suggestions of the first image are committed; how many there were."""
    count = assisted(page)
    select_in_list(page, 0, 1, 2)
    annotator(page).focus()
    page.keyboard.press("Space")
    expect(annotations(page)).to_have_count(3)
    return count


def test_nothing_to_undo_at_first(sample: Page) -> None:
    expect(button(sample, "Undo")).to_be_disabled()
    expect(button(sample, "Redo")).to_be_disabled()
    sample.keyboard.press(UNDO)
    expect(status(sample)).to_have_text("There is nothing to undo")


def test_undo_and_redo_a_commit(sample: Page) -> None:
    count = commit_three(sample)
    expect(button(sample, "Undo")).to_have_accessible_description("Commit 3 suggestions")
    sample.keyboard.press(UNDO)
    expect(status(sample)).to_have_text("Undone: Commit 3 suggestions")
    expect(annotations(sample)).to_have_count(0)
    paints(sample, count)
    film_says(sample, "page-001", "to do(, 3 selected, not committed)?")
    sample.keyboard.press(REDO)
    expect(annotations(sample)).to_have_count(3)
    paints(sample, count - 3)
    film_says(sample, "page-001", "started, 3 annotations")
    button(sample, "Undo").click()
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press("Control+y")
    expect(annotations(sample)).to_have_count(3)


def test_a_new_step_ends_redo(sample: Page) -> None:
    commit_three(sample)
    sample.keyboard.press(UNDO)
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press("Shift+Space")
    expect(annotations(sample)).not_to_have_count(0)
    expect(button(sample, "Redo")).to_be_disabled()


@pytest.mark.parametrize("key", ["g", "Shift+g"])
def test_undo_directly_after_done_takes_back_the_move_too(sample: Page, key: str) -> None:
    count = assisted(sample)
    select_in_list(sample, 0, 1)
    annotator(sample).focus()
    sample.keyboard.press(key)
    opened(sample, "page-002")
    painted(sample)
    sample.keyboard.press(UNDO)
    opened(sample, "page-001")
    paints(sample, count)
    expect(annotations(sample)).to_have_count(0)
    film_says(sample, "page-001", "to do(, 2 selected, not committed)?")
    sample.keyboard.press(REDO)
    opened(sample, "page-002")
    film_says(sample, "page-001", r"labelled, \d+ annotations")


def test_undo_elsewhere_first_goes_there_and_names_the_step(sample: Page) -> None:
    commit_three(sample)
    sample.keyboard.press("d")
    opened(sample, "page-002")
    sample.keyboard.press(UNDO)
    opened(sample, "page-001")
    expect(status(sample)).to_contain_text("Press undo again: Commit 3 suggestions on page-001")
    expect(annotations(sample)).to_have_count(3)
    sample.keyboard.press(UNDO)
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press("d")
    opened(sample, "page-002")
    sample.keyboard.press(REDO)
    opened(sample, "page-001")
    expect(status(sample)).to_contain_text("Press redo again: Commit 3 suggestions on page-001")
    sample.keyboard.press(REDO)
    expect(annotations(sample)).to_have_count(3)


def test_a_deleted_annotation_is_a_rejection_until_undo(sample: Page) -> None:
    count = commit_three(sample)
    annotations(sample).first.get_by_role("button", name=re.compile("^Delete ")).click()
    expect(annotations(sample)).to_have_count(2)
    paints(sample, count - 3)
    rejected = hidden_reasons(sample).filter(has_text="rejected before")
    expect(rejected).to_have_count(1)
    sample.keyboard.press(UNDO)
    expect(annotations(sample)).to_have_count(3)
    expect(rejected).to_have_count(0)
    sample.keyboard.press(UNDO)
    paints(sample, count)


def test_a_focused_annotation_is_deleted_by_key(sample: Page) -> None:
    commit_three(sample)
    annotations(sample).first.get_by_role("button").first.click()
    sample.keyboard.press("Delete")
    expect(annotations(sample)).to_have_count(2)
    expect(status(sample)).to_have_text("Deleted 1 annotation")


def test_a_rejection_is_undone(sample: Page) -> None:
    count = assisted(sample)
    sample.keyboard.press("z")
    sample.keyboard.press("x")
    paints(sample, count - 1)
    expect(status(sample)).to_have_text("Rejected 1 suggestion")
    sample.keyboard.press(UNDO)
    paints(sample, count)
    sample.keyboard.press(REDO)
    paints(sample, count - 1)


def test_selecting_is_no_step(sample: Page) -> None:
    assisted(sample)
    select_in_list(sample, 0)
    expect(button(sample, "Undo")).to_be_disabled()
    sample.keyboard.press("q")
    expect(button(sample, "Undo")).to_be_disabled()
    expect(selected(sample)).to_have_count(1)


def test_many_steps_back_and_forth(sample: Page) -> None:
    count = assisted(sample)
    for place in range(4):
        select_in_list(sample, 0)
        annotator(sample).focus()
        sample.keyboard.press("Space")
        expect(annotations(sample)).to_have_count(place + 1)
    for left in (3, 2, 1, 0):
        sample.keyboard.press(UNDO)
        expect(annotations(sample)).to_have_count(left)
    paints(sample, count)
    expect(button(sample, "Undo")).to_be_disabled()
    for there in (1, 2, 3, 4):
        sample.keyboard.press(REDO)
        expect(annotations(sample)).to_have_count(there)
    expect(suggestions(sample)).to_have_count(count - 4)
