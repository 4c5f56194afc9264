"""The page as the command line serves it, with a relay to one deployment."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.deployments.connecting import settings
from e2e.openers import OpenBrowser
from e2e.screens import started
from e2e.visited import Visited
from e2e.watch import Watch
from live.running import running

_CORE = Path(__file__).parents[3] / "py"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayedPage:
    """The page at its start screen, and the address that it has the deployment at."""

    page: Page
    address: str


@contextmanager
def relayed_page(
    to: str, *, dist: Path, visited: Visited, open_browser: OpenBrowser, watch: Watch, folder: Path
) -> Iterator[RelayedPage]:
    """A browser that has seen Twoclick before opens it while it is served with a relay.

    `folder` is an empty one, for the profile and the log.  What a server has no answer for, a
    browser counts as an error: questions to find out what it is are not expected to succeed.
    """
    profile = visited.copy_to(folder / "profile")
    start = [
        *("env", f"PYTHONPATH={_CORE}", sys.executable, "-m", "twoclick", "relay"),
        *("--serve", dist, "--to", to, "--port", str(visited.port)),
    ]
    with running(start, folder=folder, port=visited.port, ready="/relay/.twoclick") as origin:
        watch.allow(origin)
        address = f"{origin}/relay/"
        watch.expect_errors(address)
        page = open_browser(profile=profile).pages[0]
        page.goto(f"{origin}/")
        yield RelayedPage(page=started(page), address=address)


def sent(page: Page) -> list[str]:
    """What "What left this browser" says was sent, the oldest first: method, address and size."""
    settings(page).get_by_role("button", name="What left this browser").click()
    left = page.get_by_role("dialog", name="What left this browser")
    rows = left.get_by_role("row")
    expect(rows.nth(1)).to_be_visible()
    cells = [row.get_by_role("cell").all_inner_texts() for row in rows.all()[1:]]
    page.keyboard.press("Escape")
    expect(left).to_be_hidden()
    return [f"{where}, {size}" for _, where, size, *_ in reversed(cells)]
