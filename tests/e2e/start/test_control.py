"""Control and isolation: one reload at the most, and said where that does not help."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from e2e.host import Host
from e2e.openers import OpenBrowser, Serve
from e2e.screens import STARTS_WITHIN, started
from e2e.watch import Watch, loads_of


def _count_is(loads: Callable[[], int], expected: int, _page: Page) -> bool:
    return loads() == expected


def test_forced_reload_comes_back_isolated(visited_host: Host, visited_page: Page) -> None:
    page = visited_page
    page.goto(visited_host.url)
    started(page)
    devtools = page.context.new_cdp_session(page)
    for _ in range(2):  # that it has reloaded for the first is forgotten when the second needs it
        loads = loads_of(page)
        twice = partial(_count_is, loads, 2)
        with page.expect_event("domcontentloaded", predicate=twice):
            devtools.send("Page.reload", {"ignoreCache": True})
        started(page)
        assert page.evaluate("crossOriginIsolated") is True
        assert loads() == 2
        assert page.evaluate("navigator.serviceWorker.controller !== null") is True


def _frame_in_another_site(page: Page, framed: Host, other: Host) -> FrameLocator:
    """`page` shows another site that has Twoclick in a frame."""
    document = f'<!doctype html><title>Other</title><iframe src="{framed.url}" width=900></iframe>'
    (other.folder / "index.html").write_text(document)
    # Another site than 127.0.0.1, and one whose frames count as secure.
    page.goto(f"http://localhost:{other.port}/")
    return page.frame_locator("iframe")


@pytest.fixture
def other_site(serve: Serve, tmp_path: Path, watch: Watch) -> Host:
    """A host with a folder to write into, at an address of another site."""
    folder = tmp_path / "other"
    folder.mkdir()
    other = serve(folder)
    watch.allow(f"http://localhost:{other.port}")
    watch.expect_errors("favicon.ico")
    return other


def test_in_a_frame_of_another_site_it_runs_and_says_so(
    host: Host, other_site: Host, open_browser: OpenBrowser
) -> None:
    allows = {"profile": {"cookie_controls_mode": 0}}
    page = open_browser(settings=allows).pages[0]
    frame = _frame_in_another_site(page, host, other_site)
    button = frame.get_by_role("button", name="Open sample: Pages")
    expect(button).to_be_visible(timeout=STARTS_WITHIN)
    expect(frame.get_by_text("keeps Twoclick to one processor core")).to_be_visible()
    assert page.frames[1].evaluate("crossOriginIsolated") is False


def test_in_a_frame_that_may_not_store_it_says_so(
    host: Host, other_site: Host, open_browser: OpenBrowser, watch: Watch
) -> None:
    watch.expect_errors("StartFailure")
    refuses = {"profile": {"cookie_controls_mode": 1}}
    page = open_browser(settings=refuses).pages[0]
    frame = _frame_in_another_site(page, host, other_site)
    expect(frame.get_by_role("alert")).to_contain_text("open this address in a tab of its own")
