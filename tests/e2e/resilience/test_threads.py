"""Every thread may die at any moment: it is said, it starts again, and what was saved is there."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.access.audit import findings
from e2e.sample import (
    ANSWERS_WITHIN,
    agree,
    annotations,
    annotator,
    assisted,
    button,
    end_thread,
    film,
    film_says,
    found_natively,
    listed,
    opened,
    painted,
    paints,
    saved,
    select_in_list,
    selected,
    status,
)

THREADS = ("session", "compute", "image", "inference")


def commit_three(page: Page) -> int:
    """Three suggestions are committed, two more selected, all saved; how many are shown then."""
    count = assisted(page)
    select_in_list(page, 0, 1, 2)
    annotator(page).focus()
    page.keyboard.press("Space")
    expect(annotations(page)).to_have_count(3)
    select_in_list(page, 0, 1)
    saved(page)
    return count - 3


@pytest.mark.parametrize("thread", THREADS)
def test_what_was_saved_is_there_and_the_work_goes_on(
    sample: Page, dist: Path, thread: str
) -> None:
    shown = commit_three(sample)
    end_thread(sample, thread)
    expect(status(sample)).to_contain_text(
        re.compile(f"The {thread} thread ended and was started again"), timeout=ANSWERS_WITHIN
    )
    paints(sample, shown)
    assert findings(sample, f"the {thread} thread ended", looks=["dark"]) == []
    expect(annotations(sample)).to_have_count(3)
    expect(selected(sample)).to_have_count(2)
    film(sample, "page-008").click()
    opened(sample, "page-008")
    painted(sample)
    assert agree(listed(sample), found_natively(dist, "page-008"))
    sample.keyboard.press("Shift+g")
    opened(sample, "page-009")
    film_says(sample, "page-008", r"labelled, \d+ annotations")


@pytest.mark.parametrize("thread", ["compute", "image", "inference"])
def test_the_answer_comes_although_a_thread_dies_while_it_is_asked(
    sample: Page, dist: Path, thread: str
) -> None:
    sample.keyboard.press("m")
    expect(sample.get_by_role("progressbar", name="Model Assist on page-001")).to_be_visible()
    end_thread(sample, thread)
    painted(sample)
    assert agree(listed(sample), found_natively(dist, "page-001"))


def test_a_session_that_dies_while_the_model_is_asked_asks_again(sample: Page, dist: Path) -> None:
    assisted(sample)
    film(sample, "page-012").click()
    opened(sample, "page-012")
    end_thread(sample, "session")
    opened(sample, "page-012")
    painted(sample)
    assert agree(listed(sample), found_natively(dist, "page-012"))


def test_what_was_not_saved_is_named_to_be_done_again(sample: Page) -> None:
    count = assisted(sample)
    saved(sample)
    sample.keyboard.press("Shift+Space")
    end_thread(sample, "session")
    said = status(sample)
    expect(said).to_contain_text("was started again from what was saved", timeout=ANSWERS_WITHIN)
    expect(annotator(sample)).to_have_accessible_description(re.compile("suggestions, "))
    painted_annotations = annotations(sample).count()
    assert painted_annotations in (0, count)
    if painted_annotations == 0:
        expect(said).to_contain_text("Please do again: Commit")
        sample.keyboard.press("Shift+Space")
    expect(annotations(sample)).to_have_count(count)


def test_history_survives_the_death_of_the_session(sample: Page) -> None:
    commit_three(sample)
    end_thread(sample, "session")
    expect(status(sample)).to_contain_text("was started again", timeout=ANSWERS_WITHIN)
    expect(button(sample, "Undo")).to_have_accessible_description("Commit 3 suggestions")
    sample.keyboard.press("Control+z")
    expect(annotations(sample)).to_have_count(0)
