"""Where is measured: the built page on a plain host, real browsers with one profile, and the bare
page of the yardsticks beside the app."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page

from e2e.conftest import FLAGS
from e2e.host import HANGS_UP, Host, Reply

BENCH = Path(__file__).parent
DIST = BENCH.parents[1] / "dist"

_FOLDER = "bench/"
_ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_MEDIA_TYPES = {".html": "text/html", ".js": "text/javascript"}


@dataclass(slots=True, kw_only=True)
class Bed:
    """`given` is what the yardsticks fetch below `bench/`, by name."""

    host: Host
    browser_type: BrowserType
    profile: Path
    given: dict[str, bytes] = field(default_factory=dict)
    offline: bool = False
    """Whether the host hangs up on everything but the yardsticks."""

    @contextmanager
    def browser(self) -> Iterator[BrowserContext]:
        """A browser that has just been started, with the profile that the one before left."""
        executable = os.environ.get("TWOCLICK_CHROMIUM") or shutil.which("chromium")
        context = self.browser_type.launch_persistent_context(
            self.profile,
            executable_path=executable,
            args=list(FLAGS),
            viewport={"width": 1440, "height": 900},
        )
        context.add_init_script(path=BENCH / "page" / "observe.js")
        try:
            yield context
        finally:
            context.close()

    def answer(self, path: str) -> Reply | None:
        """What the host answers in place of a file of the page."""
        if not path.startswith(_FOLDER):
            return HANGS_UP if self.offline else None
        name = path.removeprefix(_FOLDER)
        body = self.given[name] if name in self.given else (BENCH / "page" / name).read_bytes()
        kind = _MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream")
        return Reply(status=200, body=body, headers={**_ISOLATED, "Content-Type": kind})


@contextmanager
def bed(browser_type: BrowserType, profile: Path) -> Iterator[Bed]:
    """A bed whose host answers while it lasts."""
    host = Host(DIST)
    made = Bed(host=host, browser_type=browser_type, profile=profile)
    host.intercept = made.answer
    host.start()
    try:
        yield made
    finally:
        host.stop()


@dataclass(frozen=True, slots=True)
class Bare:
    """The page of the yardsticks."""

    page: Page

    @classmethod
    def open(cls, context: BrowserContext, bed: Bed) -> "Bare":
        """In a page of its own, which the app's page has not to share its thread with."""
        page = context.new_page()
        page.goto(f"{bed.host.url}{_FOLDER}bare.html")
        return cls(page)

    def ask(self, worker: str, question: Mapping[str, Any]) -> Any:
        """The answer of one of its workers."""
        return self.page.evaluate("([name, question]) => ask(name, question)", [worker, question])
