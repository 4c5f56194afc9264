"""What a browser did while a test ran: requests to other origins, errors on the console."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

_LOCAL_SCHEMES = ("blob", "data", "about", "chrome-error")


class Watch:
    """Collects from every page, worker and frame of the contexts given to it.

    A test that provokes errors names them by `expect_errors`; all others fail it at its end.
    """

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._origins: set[str] = set()
        self._expected: list[str] = []

    def attach(self, context: BrowserContext) -> None:
        """Collect from `context` and every page it has or gets."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", self._on_failed_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def allow(self, origin: str) -> None:
        """Requests to `origin` are the page's own."""
        self._origins.add(origin)

    def expect_errors(self, *parts: str) -> None:
        """Console errors that contain one of `parts` belong to what is tested."""
        self._expected.extend(parts)

    @property
    def off_origin(self) -> list[str]:
        """Addresses asked for that belong to none of the allowed origins."""
        return [url for url in self.requests if not self._is_own(url)]

    @property
    def unexpected_errors(self) -> list[str]:
        return [text for text in self.errors if not any(part in text for part in self._expected)]

    def _is_own(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in _LOCAL_SCHEMES or f"{parts.scheme}://{parts.netloc}" in self._origins

    def _on_failed_request(self, request: Request) -> None:
        if request.failure == "csp":  # the page's policy refused it: it never left
            self.requests.remove(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")


def loads_of(page: Page) -> Callable[[], int]:
    """Counts the documents that `page` loads from now on."""
    count = 0

    def loaded(_page: Page) -> None:
        nonlocal count
        count += 1

    page.on("domcontentloaded", loaded)
    return lambda: count
