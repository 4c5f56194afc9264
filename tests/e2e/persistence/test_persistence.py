"""What was said to be saved is there after a reload, a restart, a kill, and without the server."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from e2e.host import Host
from e2e.killing import kill
from e2e.openers import CopyVisited, OpenBrowser
from e2e.sample import (
    agree,
    annotations,
    annotator,
    assisted,
    button,
    film,
    found_natively,
    listed,
    open_newest,
    open_sample,
    opened,
    painted,
    reopened,
    saved,
    select_in_list,
    selected,
    suggestions,
    threshold,
)
from e2e.screens import started
from e2e.stored import records

NOTE_WHEN_SAVED = """(place) => {
  const count = async () => {
    const opening = indexedDB.open(`twoclick:${location.pathname}`);
    const database = await new Promise((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    const request = database.transaction("documents").objectStore("documents").getAll();
    const documents = await new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return documents.reduce((sum, one) => sum + one.ids.length, 0);
  };
  self.storedWhenSaved = [];
  new MutationObserver(async () => {
    if (place.textContent === "Saved") storedWhenSaved.push(await count());
  }).observe(place, { characterData: true, childList: true, subtree: true });
}"""


def what_is_there(page: Page) -> dict[str, Any]:
    """What the labelling screen says of the open image and of the work list."""

    def names(rows: Any) -> list[str]:
        return rows.evaluate_all("rows => rows.map(row => row.ariaLabel ?? row.textContent)")

    painted(page)
    return {
        "image": page.get_by_role("navigation", name="Current image").inner_text(),
        "annotations": names(annotations(page).get_by_role("button")),
        "suggestions": names(suggestions(page)),
        "selected": names(selected(page)),
        "threshold": threshold(page).input_value(),
        "assist on open": page.get_by_role("switch", name="Assist on open").is_checked(),
        "undo": button(page, "Undo").get_attribute("title"),
        "film": [film(page, name).get_attribute("aria-label") for name in ("page-001", "page-002")],
    }


def work(page: Page) -> dict[str, Any]:
    """One image is finished, on the next some are committed, some selected and some rejected."""
    assisted(page)
    page.keyboard.press("Shift+g")
    opened(page, "page-002")
    painted(page)
    select_in_list(page, 0, 1)
    annotator(page).focus()
    page.keyboard.press("Space")
    expect(annotations(page)).to_have_count(2)
    select_in_list(page, 0, 1, 2)
    threshold(page).fill("0.6")
    page.keyboard.press("z")
    page.keyboard.press("x")
    expect(button(page, "Undo")).to_have_accessible_description("Reject 1 suggestion")
    saved(page)
    return what_is_there(page)


def test_everything_is_there_after_a_reload_and_a_restart_without_the_server(
    visited_host: Host, open_browser: OpenBrowser, copy_visited: CopyVisited, dist: Path
) -> None:
    profile = copy_visited()
    context = open_browser(profile=profile)
    page = context.pages[0]
    page.goto(visited_host.url)
    before = work(open_sample(started(page)))
    assert before["selected"]

    page.reload()
    reopened(page)
    assert what_is_there(page) == before

    context.close()
    visited_host.stop()
    page = open_browser(profile=profile).pages[0]
    page.goto(visited_host.url)
    open_newest(started(page))
    assert what_is_there(page) == before

    film(page, "page-010").click()
    opened(page, "page-010")
    painted(page)
    threshold(page).fill("0.5")
    expect(threshold(page)).to_have_attribute("aria-valuetext", re.compile("^0.50, shows"))
    painted(page)
    assert agree(listed(page), found_natively(dist, "page-010"))
    page.keyboard.press("Control+z")
    opened(page, "page-002")
    page.keyboard.press("Control+z")
    expect(annotations(page)).to_have_count(2)
    expect(button(page, "Undo")).to_have_accessible_description("Commit 2 suggestions")


def test_saved_is_said_when_it_is_stored(sample: Page) -> None:
    assisted(sample)
    select_in_list(sample, 0, 1, 2)
    saved(sample)
    before = sum(len(one["ids"]) for one in records(sample, "documents"))
    assert before == 0
    sample.get_by_text("Saved", exact=True).evaluate(NOTE_WHEN_SAVED)
    annotator(sample).focus()
    sample.keyboard.press("Space")
    expect(annotations(sample)).to_have_count(3)
    saved(sample)
    stored = sample.wait_for_function("() => storedWhenSaved.at(-1)").json_value()
    assert stored >= 3
    assert len(records(sample, "documents")[0]["ids"]) == 3


def test_what_was_saved_survives_the_kill_of_the_browser(
    visited_host: Host, open_browser: OpenBrowser, copy_visited: CopyVisited
) -> None:
    profile = copy_visited()
    page = open_browser(profile=profile).pages[0]
    page.goto(visited_host.url)
    count = assisted(open_sample(started(page)))
    page.keyboard.press("Shift+Space")
    expect(annotations(page)).to_have_count(count)
    saved(page)
    kill(profile)

    page = open_browser(profile=profile).pages[0]
    page.goto(visited_host.url)
    open_newest(started(page))
    expect(annotations(page)).to_have_count(count)
    expect(button(page, "Undo")).to_have_accessible_description(f"Commit {count} suggestions")
