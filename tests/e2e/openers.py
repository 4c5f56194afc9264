"""What the fixtures that open hosts and browsers give."""

from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import BrowserContext

from e2e.host import Host


class Serve(Protocol):
    """Starts a host over `folder` that stops with the test."""

    def __call__(self, folder: Path, *, mount: str = "/") -> Host: ...


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
