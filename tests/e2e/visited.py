"""A browser profile in which Twoclick has been visited, made once and copied for each test.

What a first visit keeps (files, service worker, the start of Python) belongs to the origin, and so
to the port: whoever takes a copy serves at the same port.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

_FIRST_PORT, _PORTS = 20_000, 10_000
"""Below those that systems hand out by themselves: nobody else gets one between two tests."""

_OPEN_BROWSER = shutil.ignore_patterns("Singleton*")
"""What a profile has of the browser that is open in it."""

_START_IS_KEPT = """async () => {
  const latest = Date.now() + 120_000;
  const cache = await caches.open(`twoclick-snapshot:${location.pathname}`);
  while ((await cache.keys()).length === 0) {
    if (Date.now() > latest) throw new Error("the start of Python was not kept");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """The profile, closed, and the port of the host that was visited."""

    profile: Path
    port: int

    def copy_to(self, folder: Path) -> Path:
        """A copy of the profile as `folder`."""
        shutil.copytree(self.profile, folder, ignore=_OPEN_BROWSER)
        return folder


def port_of_this_process() -> int:
    """A port that test processes side by side do not share."""
    return _FIRST_PORT + os.getpid() % _PORTS


def close_when_all_is_kept(context: BrowserContext, page: Page) -> None:
    """Close the browser as soon as nothing of the first visit is left to be written."""
    page.evaluate(_START_IS_KEPT)
    context.close()
