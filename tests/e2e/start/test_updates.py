"""Another version on the host: offered, taken on request only, and whole before it is served."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.host import HANGS_UP, Host, Reply
from e2e.openers import CopyVisited, OpenBrowser, Serve
from e2e.screens import started
from e2e.start.deployment import next_version
from e2e.watch import Watch

MARK = "Changed in the next version"


@pytest.fixture
def next_dist(dist: Path, tmp_path: Path) -> Path:
    """A deployment whose boot view says so, and that has one new module."""
    return next_version(
        dist,
        tmp_path / "next",
        path="main.js",
        appended=f'document.title = "{MARK}";\n',
    )


def _visit_after_deploying(page: Page, host: Host, folder: Path) -> None:
    """A later visit, to a host that has another version than the first visit brought."""
    host.folder = folder
    page.goto(host.url)
    started(page)


def test_update_is_taken_on_request(
    visited_host: Host, visited_page: Page, next_dist: Path
) -> None:
    _visit_after_deploying(visited_page, visited_host, next_dist)
    expect(visited_page.get_by_text("Update available (0.0")).to_be_visible()
    assert visited_page.title() != MARK
    visited_host.requests.clear()
    visited_page.get_by_role("button", name="Update", exact=True).click()
    expect(visited_page).to_have_title(MARK)
    started(visited_page)
    # The browser asks for what the service worker imports, whether it is another or not.
    asked = [path for path in visited_host.requests if path.startswith("vendor/")]
    assert set(asked) <= {"vendor/idb/index.js"}
    expect(visited_page.get_by_text("Update available")).to_be_hidden()
    visited_host.stop()
    visited_page.reload()
    started(visited_page)
    expect(visited_page).to_have_title(MARK)


def test_update_does_not_wait_for_an_answer_under_way(
    visited_host: Host, visited_page: Page, next_dist: Path, watch: Watch
) -> None:
    """The browser keeps the worker before in service until its last request is answered."""
    watch.expect_errors("Failed to load resource", "net::ERR")
    _visit_after_deploying(visited_page, visited_host, next_dist)
    asked, answered = threading.Event(), threading.Event()

    def hold(path: str) -> Reply | None:
        if path != "held":
            return None
        asked.set()
        answered.wait(timeout=60)
        return HANGS_UP

    visited_host.intercept = hold
    visited_page.evaluate("() => void fetch('held').catch(() => {})")
    try:
        assert asked.wait(timeout=20)
        visited_page.get_by_role("button", name="Update", exact=True).click()
        expect(visited_page).to_have_title(MARK)
        started(visited_page)
    finally:
        answered.set()


def test_update_that_nobody_took_is_not_served_after_a_restart(
    visited_host: Host, open_browser: OpenBrowser, next_dist: Path, copy_visited: CopyVisited
) -> None:
    """The browser activates the waiting worker by itself then; its files are not here."""
    profile = copy_visited()
    first = open_browser(profile=profile)
    _visit_after_deploying(first.pages[0], visited_host, next_dist)
    expect(first.pages[0].get_by_text("Update available")).to_be_visible()
    first.close()
    visited_host.stop()
    page = open_browser(profile=profile).pages[0]
    page.goto(visited_host.url)
    started(page)
    assert page.title() != MARK
    visited_host.start()
    page.get_by_role("button", name="Update", exact=True).click()
    expect(page).to_have_title(MARK)
    started(page)


def test_update_that_fails_leaves_the_version_in_service(
    visited_host: Host, visited_page: Page, next_dist: Path, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource")
    _visit_after_deploying(visited_page, visited_host, next_dist)
    visited_host.intercept = lambda path: HANGS_UP if path.startswith("main.js") else None
    visited_page.get_by_role("button", name="Update", exact=True).click()
    expect(visited_page.get_by_text("nothing has changed")).to_be_visible(timeout=20_000)
    visited_host.stop()
    visited_page.reload()
    started(visited_page)
    assert visited_page.title() != MARK


def test_other_tab_is_told_of_the_update(
    visited_host: Host, visited_page: Page, next_dist: Path
) -> None:
    _visit_after_deploying(visited_page, visited_host, next_dist)
    other = visited_page.context.new_page()
    other.goto(visited_host.url)
    started(other)
    visited_page.get_by_role("button", name="Update", exact=True).click()
    expect(visited_page).to_have_title(MARK)
    expect(other.get_by_text("Twoclick was updated in another tab")).to_be_visible()
    other.get_by_role("button", name="Reload").click()
    expect(other).to_have_title(MARK)


def test_first_load_goes_on_with_the_version_that_replaced_its_own(
    host: Host, new_page: Page, next_dist: Path, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource", "AssetError")
    host.intercept = lambda path: HANGS_UP if path.startswith("main.js") else None
    new_page.goto(host.url)
    expect(new_page.get_by_role("alert")).to_contain_text("did not finish", timeout=60_000)
    host.folder = next_dist
    host.intercept = lambda _path: None
    new_page.get_by_role("button", name="Try again").click()
    expect(new_page).to_have_title(MARK, timeout=60_000)


def test_two_addresses_on_one_host_are_apart(
    serve: Serve, dist: Path, next_dist: Path, tmp_path: Path, new_page: Page
) -> None:
    both = tmp_path / "both"
    both.mkdir()
    (both / "one").symlink_to(dist)
    (both / "two").symlink_to(next_dist)
    host = serve(both)
    new_page.goto(f"{host.url}one/")
    started(new_page)
    assert new_page.title() != MARK
    new_page.goto(f"{host.url}two/")
    started(new_page)
    expect(new_page).to_have_title(MARK)
