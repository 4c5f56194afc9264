"""Committing: the selected, all that are shown, and the image as finished."""

import re

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
    suggestions,
)


def test_space_commits_the_selected(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, 0, 1, 2)
    annotator(sample).focus()
    sample.keyboard.press("Space")
    expect(status(sample)).to_have_text("Committed 3 suggestions")
    expect(annotations(sample)).to_have_count(3)
    expect(annotations(sample).filter(has_text="model v1")).to_have_count(3)
    paints(sample, count - 3)
    expect(selected(sample)).to_have_count(0)
    film_says(sample, "page-001", "started, 3 annotations")


def test_shift_space_commits_all_that_are_shown(sample: Page) -> None:
    count = assisted(sample)
    sample.keyboard.press("Shift+Space")
    expect(status(sample)).to_have_text(f"Committed {count} suggestions")
    expect(annotations(sample)).to_have_count(count)
    paints(sample, 0)


def test_buttons_count_what_they_commit(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, 0, 1)
    expect(button(sample, "Commit")).to_have_accessible_description("2 selected")
    commit_all = button(sample, "Commit All")
    expect(commit_all).to_have_accessible_description(f"{count} suggestions")
    button(sample, "Commit").click()
    expect(annotations(sample)).to_have_count(2)
    expect(commit_all).to_have_accessible_description(f"{count - 2} suggestions")
    commit_all.click()
    expect(annotations(sample)).to_have_count(count)


def test_done_finishes_with_the_selected_and_goes_on(sample: Page) -> None:
    assisted(sample)
    select_in_list(sample, 0, 1)
    annotator(sample).focus()
    sample.keyboard.press("g")
    opened(sample, "page-002")
    expect(status(sample)).to_contain_text("Committed 2 suggestions, page-001")
    painted(sample)
    expect(annotations(sample)).to_have_count(0)
    film_says(sample, "page-001", "labelled, 2 annotations")


def test_done_with_nothing_says_nothing_here(sample: Page) -> None:
    sample.keyboard.press("g")
    opened(sample, "page-002")
    expect(status(sample)).to_contain_text("is done: nothing here")
    film_says(sample, "page-001", "labelled, nothing here")


def test_what_remains_at_done_is_passed_over(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, 0)
    annotator(sample).focus()
    sample.keyboard.press("g")
    opened(sample, "page-002")
    sample.keyboard.press("a")
    opened(sample, "page-001")
    expect(annotations(sample)).to_have_count(1)
    paints(sample, 0)
    passed_over = sample.get_by_role("list", name="Hidden suggestions").get_by_role("listitem")
    expect(passed_over.filter(has_text="passed over")).to_have_text(
        re.compile(rf"^({count - 1}|\d+) passed over at Done$")
    )


def test_commit_all_and_next(sample: Page) -> None:
    count = assisted(sample)
    sample.keyboard.press("Shift+g")
    opened(sample, "page-002")
    painted(sample)
    film_says(sample, "page-001", f"labelled, {count} annotations")
    button(sample, "Commit All and Next").click()
    opened(sample, "page-003")
    film_says(sample, "page-002", r"labelled, \d+ annotations")


def test_a_finished_image_takes_no_commit_all_until_it_is_reopened(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, 0)
    annotator(sample).focus()
    sample.keyboard.press("g")
    opened(sample, "page-002")
    button(sample, "Previous image").click()
    opened(sample, "page-001")
    expect(button(sample, "Commit All")).to_be_disabled()
    sample.keyboard.press("Shift+Space")
    expect(status(sample)).to_contain_text("reopen it")
    expect(annotations(sample)).to_have_count(1)
    button(sample, "Reopen").click()
    film_says(sample, "page-001", "started, 1 annotation")
    assert count > 1


def test_the_lists_mirror_each_other(sample: Page) -> None:
    assisted(sample)
    names = suggestions(sample).evaluate_all("rows => rows.map(row => row.ariaLabel)")
    sample.keyboard.press("Shift+Space")
    expect(annotations(sample)).to_have_count(len(names))
    committed = annotations(sample).get_by_role("button", name=re.compile("model v1"))
    rows = [re.sub(r"\W+", "", text) for text in committed.all_text_contents()]
    expected = [re.sub(r" (\d\.\d\d).*", r" model v1 \1", name) for name in names]
    assert sorted(rows) == sorted(re.sub(r"\W+", "", text) for text in expected)
