"""The browser, or a thread of the page, is killed at random moments of a run: what was said to be
saved is there, and the project opens and goes on."""

import os
import random
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from e2e.host import Host
from e2e.killing import kill
from e2e.openers import CopyVisited, OpenBrowser
from e2e.sample import (
    ANSWERS_WITHIN,
    annotations,
    end_thread,
    film,
    leave,
    on_screen,
    open_newest,
    open_sample,
    painted,
    saved,
    status,
)
from e2e.screens import started
from e2e.stored import records

KILLS = int(os.environ.get("TWOCLICK_TEST_KILLS", "4"))
"""Of the browser; of each thread half as many.  A longer run is asked for by the variable."""
MOST_IMAGES = 3
"""Images that are finished, at the most, before a kill may come."""
LONGEST = 1.5
"""Seconds within which it comes then, while the work goes on."""

# Where the session lives on, the commit may be told after the loss of the other thread.
_LIVES_ON = re.compile(r"was started again|^Committed \d")
GOES_ON = {
    "session": re.compile("was started again"),
    "compute": _LIVES_ON,
    "image": _LIVES_ON,
    "inference": _LIVES_ON,
}
"""What the page says when a thread was lost and it can be worked on again."""


@dataclass(slots=True)
class Promises:
    """What the page said of each finished image once it had said that everything was saved."""

    of: dict[str, str] = field(default_factory=dict)

    def take(self, page: Page, name: str) -> None:
        """Wait until the page says that all is saved, and remember what it says of the image."""
        said = film(page, name)
        expect(said).to_have_accessible_name(re.compile(r", labelled"))
        label = said.get_attribute("aria-label") or ""
        saved(page)
        self.of[name] = label

    def are_kept(self, page: Page) -> None:
        """Compares them with what is stored."""
        stored = {asset["name"].partition(".")[0]: asset for asset in records(page, "assets")}
        documents = {one["assetId"]: len(one["ids"]) for one in records(page, "documents")}
        for name, label in self.of.items():
            asset = stored[name]
            counted = re.search(r"(\d+) annotation", label)
            assert asset["labelState"] == "labelled", name
            # Where nothing was ever decided there is no document.
            assert documents.get(asset["id"], 0) == int(counted[1] if counted else 0), name


class Labeller:
    """A person who labels without a pause, each image in one of several ways."""

    def __init__(self, page: Page, chance: random.Random, promises: Promises) -> None:
        self.page = page
        self.chance = chance
        self.promises = promises
        self.ways: tuple[Callable[[], None], ...] = (
            self._all_at_once,
            self._some,
            self._one_drawn,
            self._taken_back,
        )

    def goes_on(self) -> None:
        """One image more; one that was begun before is only finished."""
        if annotations(self.page).count() > 0:
            self.finish("g")
            return
        painted(self.page)
        self.chance.choice(self.ways)()

    def _all_at_once(self) -> None:
        self.finish("Shift+g")

    def _some(self) -> None:
        self.page.keyboard.press("z")
        self.page.keyboard.press("x")
        self.page.keyboard.press("Shift+Space")
        self.finish("g")

    def _one_drawn(self) -> None:
        left, top = self.chance.uniform(100, 600), self.chance.uniform(100, 900)
        x0, y0, x1, y1 = on_screen(self.page, (left, top, left + 300, top + 200))
        self.page.keyboard.press("r")
        self.page.mouse.move(x0, y0)
        self.page.mouse.down()
        self.page.mouse.move(x1, y1)
        self.page.mouse.up()
        self.page.keyboard.press("2")
        self.finish("Shift+g")

    def _taken_back(self) -> None:
        self.page.keyboard.press("Shift+Space")
        expect(annotations(self.page)).not_to_have_count(0)
        self.page.keyboard.press("Control+z")
        painted(self.page)
        self.finish("Shift+g")

    def finish(self, key: str) -> None:
        """Press the key that finishes the open image."""
        name = where(self.page)
        self.page.keyboard.press(key)
        expect(current(self.page)).not_to_contain_text(name)
        self.promises.take(self.page, name)


class KillSoon:
    """The end of the browser with this profile, so many seconds from now."""

    def __init__(self, profile: Path, *, seconds: float) -> None:
        self.came = False
        self._profile = profile
        self._timer = threading.Timer(seconds, self._kill)
        self._timer.start()

    def wait(self) -> None:
        """Returns when it has come."""
        self._timer.join()

    def _kill(self) -> None:
        self.came = True
        kill(self._profile)


def current(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Current image")


def where(page: Page) -> str:
    """The name of the open image, without its ending."""
    found = re.search(r"page-\d+", current(page).inner_text())
    assert found is not None
    return found[0]


def finished(page: Page) -> bool:
    """Whether only one image of the sample is left to do, or none."""
    assets = records(page, "assets")
    return sum(asset["labelState"] == "labelled" for asset in assets) >= len(assets) - 1


def resumed(page: Page, host: Host, promises: Promises) -> Page:
    """The project that was open, once what was promised of it was found; another when all of it is
    done."""
    page.goto(host.url)
    started(page)
    if promises.of:
        open_newest(page)
        promises.are_kept(page)
        if not finished(page):
            return page
        promises.of.clear()
        leave(page)
    open_sample(page)
    page.keyboard.press("m")
    painted(page)
    return page


def test_what_was_said_to_be_saved_survives_every_kill_of_the_browser(
    visited_host: Host,
    open_browser: OpenBrowser,
    copy_visited: CopyVisited,
    capsys: pytest.CaptureFixture[str],
) -> None:
    profile, promises, chance = copy_visited(), Promises(), random.Random(20)
    images = 0
    for _ in range(KILLS):
        context = open_browser(profile=profile)
        page = resumed(context.pages[0], visited_host, promises)
        labeller = Labeller(page, chance, promises)
        for _ in range(chance.randint(0, MOST_IMAGES)):
            if not finished(page):
                labeller.goes_on()
                images += 1
        end = KillSoon(profile, seconds=chance.uniform(0.0, LONGEST))
        try:
            while not finished(page):
                labeller.goes_on()
                images += 1
        except (Error, AssertionError):
            if not end.came:
                raise
        end.wait()
    resumed(open_browser(profile=profile).pages[0], visited_host, promises)
    with capsys.disabled():
        print(f"\n{KILLS} kills of the browser while {images} images were finished")


@pytest.mark.parametrize("thread", GOES_ON)
def test_what_was_said_to_be_saved_survives_every_kill_of_a_thread(
    sample: Page, thread: str
) -> None:
    promises = Promises()
    labeller = Labeller(sample, random.Random(thread), promises)
    sample.keyboard.press("m")
    for _ in range(max(1, KILLS // 2)):
        for _ in range(labeller.chance.randint(1, 3)):
            labeller.goes_on()
        # The thread dies under the command that was just sent.
        sample.keyboard.press("Shift+Space")
        end_thread(sample, thread)
        expect(status(sample)).to_contain_text(GOES_ON[thread], timeout=ANSWERS_WITHIN)
        promises.are_kept(sample)
        labeller.finish("g")
