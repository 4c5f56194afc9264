"""Control and isolation: one reload at the most, and said where that does not help."""

from collections.abc import Callable
from pathlib import Path

from e2e.host import Host
from e2e.openers import Serve
from e2e.screens import STARTS_WITHIN, started
from e2e.watch import Watch
from playwright.sync_api import Page, expect


def _loads(page: Page) -> Callable[[], int]:
    """Counts the documents that `page` loads from now on."""
    count = 0

    def loaded(_page: Page) -> None:
        nonlocal count
        count += 1

    page.on("domcontentloaded", loaded)
    return lambda: count


def test_first_visit_reloads_once(host: Host, new_page: Page) -> None:
    loads = _loads(new_page)
    new_page.goto(host.url)
    started(new_page)
    assert loads() == 2


def test_forced_reload_comes_back_isolated(host: Host, new_page: Page) -> None:
    new_page.goto(host.url)
    started(new_page)
    devtools = new_page.context.new_cdp_session(new_page)
    for _ in range(2):  # the guard of the first is gone when the second needs it
        loads = _loads(new_page)
        with new_page.expect_event("domcontentloaded", predicate=lambda _page: loads() == 2):
            devtools.send("Page.reload", {"ignoreCache": True})
        started(new_page)
        assert new_page.evaluate("crossOriginIsolated") is True
        assert loads() == 2
        assert new_page.evaluate("navigator.serviceWorker.controller !== null") is True


def test_in_a_frame_of_another_site_it_runs_and_says_so(
    host: Host, serve: Serve, new_page: Page, tmp_path: Path, watch: Watch
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "index.html").write_text(
        f'<!doctype html><title>Other</title><iframe src="{host.url}" width=900 height=600></iframe>'
    )
    other = serve(folder)
    # Another site than 127.0.0.1, and one whose frames count as secure.
    address = f"http://localhost:{other.port}"
    watch.allow(address)
    watch.expect_errors("favicon.ico")
    new_page.goto(f"{address}/")
    frame = new_page.frame_locator("iframe")
    button = frame.get_by_role("button", name="Open sample: Pages")
    expect(button).to_be_visible(timeout=STARTS_WITHIN)
    expect(frame.get_by_text("keeps Twoclick to one processor core")).to_be_visible()
    assert new_page.frames[1].evaluate("crossOriginIsolated") is False
