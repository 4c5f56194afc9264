"""One project in two tabs: one writes, the other reads and can take over; nothing is lost."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from e2e.access.audit import findings
from e2e.sample import (
    ANSWERS_WITHIN,
    annotations,
    annotator,
    assisted,
    button,
    film,
    open_newest,
    open_sample,
    opened,
    painted,
    reopened,
    saved,
    select_in_list,
    status,
)
from e2e.screens import started
from e2e.stored import records

READING = "Open in another tab, here for reading only."


@pytest.fixture
def tabs(booted_page: Page) -> Iterator[tuple[Page, Page]]:
    """The tab that writes a project, suggestions painted, and a second that has it open."""
    context, address = booted_page.context, booted_page.url
    writer, reader = context.new_page(), context.new_page()
    writer.goto(address)
    assisted(open_sample(started(writer)))
    saved(writer)
    reader.goto(address)
    yield writer, open_newest(started(reader))
    writer.close()
    reader.close()


def banner(page: Page) -> Locator:
    return page.get_by_text(READING)


def take_over(page: Page) -> None:
    button(page, "Take over").click()
    writes(page)


def writes(page: Page) -> None:
    """Wait until the tab has the project for writing and shows it."""
    expect(button(page, "Take over")).to_be_hidden(timeout=ANSWERS_WITHIN)
    reopened(page)


def test_the_second_tab_only_reads_and_says_so(tabs: tuple[Page, Page]) -> None:
    writer, reader = tabs
    expect(banner(reader)).to_be_visible()
    expect(banner(writer)).to_be_hidden()
    painted(reader)
    for name in ("Commit All", "Commit All and Next", "Done"):
        expect(button(reader, name)).to_be_disabled()
        expect(button(reader, name)).to_have_accessible_description(re.compile("reading only"))
    assert findings(reader, "for reading only") == []
    reader.keyboard.press("Shift+Space")
    expect(status(reader).filter(has_text="for reading only")).not_to_have_count(0)
    expect(annotations(reader)).to_have_count(0)
    film(reader, "page-004").click()
    opened(reader, "page-004")

    writer.keyboard.press("Shift+Space")
    expect(annotations(writer)).not_to_have_count(0)
    saved(writer)


def test_a_model_is_tried_in_a_tab_that_only_reads(tabs: tuple[Page, Page]) -> None:
    _, reader = tabs
    before = records(reader, "predictions")
    film(reader, "page-004").click()
    opened(reader, "page-004")
    button(reader, "Model Settings").click()
    button(reader, "Test on this image").click()
    said = reader.get_by_text(re.compile(r"page-004\.\w+: [1-9]\d* found, [1-9]\d* shown above"))
    expect(said).to_contain_text("It was only tried: Open in another tab", timeout=ANSWERS_WITHIN)
    assert records(reader, "predictions") == before
    expect(status(reader).filter(has_text="refused")).to_have_count(0)


def test_taking_over_saves_what_the_first_tab_did(tabs: tuple[Page, Page]) -> None:
    writer, reader = tabs
    annotator(writer).focus()
    writer.keyboard.press("Shift+Space")
    take_over(reader)
    expect(annotations(writer)).not_to_have_count(0)
    count = annotations(writer).count()
    expect(annotations(reader)).to_have_count(count)
    expect(banner(writer)).to_be_visible()
    expect(button(writer, "Undo")).to_be_disabled()

    annotator(reader).focus()
    reader.keyboard.press("Control+z")
    expect(annotations(reader)).to_have_count(0)
    take_over(writer)
    expect(annotations(writer)).to_have_count(0)
    expect(banner(reader)).to_be_visible()
    annotator(writer).focus()
    writer.keyboard.press("Control+Shift+z")
    expect(annotations(writer)).to_have_count(count)


def test_a_reload_goes_on_writing(tabs: tuple[Page, Page]) -> None:
    writer, reader = tabs
    for _ in range(3):
        writer.reload()
        painted(reopened(writer))
        expect(banner(writer)).to_be_hidden()
    select_in_list(writer, 0)
    reader.reload()
    expect(banner(reopened(reader))).to_be_visible()


def test_a_closed_tab_gives_the_project_back(tabs: tuple[Page, Page]) -> None:
    writer, reader = tabs
    writer.close()
    take_over(reader)
    select_in_list(reader, 0)
    saved(reader)


def test_a_crashed_tab_gives_the_project_back(tabs: tuple[Page, Page]) -> None:
    writer, reader = tabs
    annotator(writer).focus()
    writer.keyboard.press("Shift+Space")
    expect(annotations(writer)).not_to_have_count(0)
    saved(writer)
    count = annotations(writer).count()
    with writer.expect_event("crash"), suppress(Error):
        writer.goto("chrome://crash")
    take_over(reader)
    expect(annotations(reader)).to_have_count(count)


def test_a_tab_that_does_not_answer_can_be_passed(tabs: tuple[Page, Page]) -> None:
    writer, reader = tabs
    debugger = writer.context.new_cdp_session(writer)
    debugger.send("Debugger.enable")
    debugger.send("Debugger.pause")
    button(reader, "Take over").click()
    anyway = button(reader, "Take over anyway")
    expect(anyway).to_be_visible()
    expect(reader.get_by_text("The other tab does not answer.")).to_be_visible()
    anyway.click()
    writes(reader)
    annotator(reader).focus()
    reader.keyboard.press("Shift+Space")
    expect(annotations(reader)).not_to_have_count(0)
    saved(reader)

    debugger.send("Debugger.disable")
    expect(banner(writer)).to_be_visible(timeout=ANSWERS_WITHIN)
    expect(status(writer).filter(has_text="Another tab took this project over")).to_be_visible()
    take_over(writer)
    expect(annotations(writer)).to_have_count(annotations(reader).count())
