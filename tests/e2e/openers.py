"""What the fixtures that open hosts and browsers give."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import BrowserContext, Page

from e2e.host import Host
from e2e.watch import Watch


class Serve(Protocol):
    """Starts a host over `folder` that stops with the test; `port` 0: at a fresh port."""

    def __call__(self, folder: Path, *, mount: str = "/", port: int = 0) -> Host: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstVisit:
    """What a first visit did until its start screen was there: `requests` as the host counts them,
    `loads` of the document, whether the page was `isolated` then."""

    requests: tuple[str, ...]
    loads: int
    isolated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Booted:
    """The session's page, what its browser does, and what its first visit did."""

    page: Page
    watch: Watch
    visit: FirstVisit


class CopyVisited(Protocol):
    """Gives a profile of the test's own in which the page of `visited_host` was visited before."""

    def __call__(self) -> Path: ...


class OpenBrowser(Protocol):
    """Opens a browser that closes with the test.

    `profile` is the folder of the profile (by default one of the test's own), `settings` are the
    browser's preferences in a new one, `flags` are added to the browser's own; all else goes to
    Playwright's `launch_persistent_context`.
    """

    def __call__(
        self,
        *,
        profile: Path | None = None,
        settings: dict[str, Any] | None = None,
        flags: tuple[str, ...] = (),
        **options: Any,
    ) -> BrowserContext: ...
