"""Fixtures of the end-to-end tests: a real browser against the built `dist/` on a plain host.

- `host`: a static host over `dist/` at the root of a fresh port; `sub_path_host`: below a path;
  `serve(folder, mount=...)`: any other. They count requests, can be stopped, started and made to
  fail (`Host`).
- `open_browser(profile=..., **options)`: a browser with a profile on disk, which a second call with
  the same profile continues, as after a restart (`context.close()` first).
- `new_page`: a page in a fresh profile, for what is about a first visit: one takes several times as
  long as a later one. `visited_page`: a page in a profile of the test's own in which the page of
  `visited_host` was visited before, with no project (`e2e.visited`); `copy_visited` gives more such
  profiles. `booted_page`: one page for the whole session, at the start screen, for tests that leave
  it as they found it (`e2e.screens.started` waits for it); `first_visit`: what its first visit did.
- `sample`: that page with the sample opened as a project of the test's own (`e2e.sample`).
- `watch`: every request and console error of what the two open. At the end of the test, one to
  another origin fails it, and so does an error that `watch.expect_errors` did not name.

The page's policy allows no evaluation of text, so `page.wait_for_function` cannot work in it: wait
by `expect(...)`, or by a promise in `page.evaluate`.
"""

import json
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from e2e.host import Host
from e2e.openers import Booted, CopyVisited, FirstVisit, OpenBrowser, Serve
from e2e.sample import leave, open_sample
from e2e.screens import started
from e2e.visited import Visited, close_when_all_is_kept, port_of_this_process
from e2e.watch import Watch, loads_of

# A file is asked for up to four times before a fault is told, and tests run side by side.
expect.set_options(timeout=40_000)

FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def dist() -> Path:
    """The built page; `python3 build.py test` builds it before the tests."""
    folder = Path(__file__).parents[2] / "dist"
    assert (folder / "sw.js").is_file(), "dist/ is missing: run python3 build.py build"
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser in TWOCLICK_CHROMIUM, else the system's, else Playwright's own."""
    executable = os.environ.get("TWOCLICK_CHROMIUM") or shutil.which("chromium")
    arguments = {**browser_type_launch_args, "args": list(FLAGS)}
    return {**arguments, "executable_path": executable} if executable else arguments


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the browsers of this test do."""
    watch = Watch()
    yield watch
    assert watch.off_origin == []
    assert watch.unexpected_errors == []


@pytest.fixture
def serve(watch: Watch) -> Iterator[Serve]:
    """Starts further hosts that stop with the test."""
    hosts: list[Host] = []

    def start(folder: Path, *, mount: str = "/", port: int = 0) -> Host:
        host = Host(folder, mount=mount, port=port).start()
        hosts.append(host)
        watch.allow(host.origin)
        return host

    yield start
    for host in hosts:
        host.stop()


@pytest.fixture
def host(serve: Serve, dist: Path) -> Host:
    """`dist/` at the root of a host."""
    return serve(dist)


@pytest.fixture
def sub_path_host(serve: Serve, dist: Path) -> Host:
    """`dist/` in a folder of a host that has other things too."""
    return serve(dist, mount="/some/where/twoclick/")


@pytest.fixture
def open_browser(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
    watch: Watch,
) -> Iterator[OpenBrowser]:
    """Opens browsers that close with the test."""
    contexts: list[BrowserContext] = []

    def launch(
        *,
        profile: Path | None = None,
        settings: dict[str, Any] | None = None,
        flags: tuple[str, ...] = (),
        **options: Any,
    ) -> BrowserContext:
        profile = profile or tmp_path / "profile"
        if settings is not None:
            (profile / "Default").mkdir(parents=True)
            (profile / "Default" / "Preferences").write_text(json.dumps(settings))
        arguments = {**browser_type_launch_args, **options}
        arguments["args"] = [*browser_type_launch_args["args"], *flags]
        context = browser_type.launch_persistent_context(profile, **arguments)
        watch.attach(context)
        contexts.append(context)
        return context

    yield launch
    for context in contexts:
        context.close()


@pytest.fixture
def new_page(open_browser: OpenBrowser) -> Page:
    """A page of a browser that has never seen Twoclick."""
    return open_browser().pages[0]


@pytest.fixture(scope="session")
def _visited(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
    dist: Path,
) -> Visited:
    host = Host(dist, port=port_of_this_process()).start()
    profile = tmp_path_factory.mktemp("visited")
    context = browser_type.launch_persistent_context(profile, **browser_type_launch_args)
    page = context.pages[0]
    page.goto(host.url)
    close_when_all_is_kept(context, started(page))
    host.stop()
    return Visited(profile=profile, port=host.port)


@pytest.fixture
def visited_host(serve: Serve, dist: Path, _visited: Visited) -> Host:
    """`dist/` at the root of the host that `visited_page` knows."""
    return serve(dist, port=_visited.port)


@pytest.fixture
def copy_visited(_visited: Visited, tmp_path: Path) -> CopyVisited:
    """Gives profiles to open by `open_browser`, each its own."""
    numbers = count(1)
    return lambda: _visited.copy_to(tmp_path / f"visited-{next(numbers)}")


@pytest.fixture
def visited_page(open_browser: OpenBrowser, copy_visited: CopyVisited) -> Page:
    """A page of a browser that has seen Twoclick at `visited_host`, and has no project."""
    return open_browser(profile=copy_visited()).pages[0]


@pytest.fixture(scope="session")
def _booted(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
    dist: Path,
) -> Iterator[Booted]:
    host = Host(dist).start()
    profile = tmp_path_factory.mktemp("profile")
    context = browser_type.launch_persistent_context(profile, **browser_type_launch_args)
    watch = Watch()
    watch.allow(host.origin)
    watch.attach(context)
    page = context.pages[0]
    loads = loads_of(page)
    page.goto(host.url)
    started(page)
    visit = FirstVisit(
        requests=tuple(host.requests),
        loads=loads(),
        isolated=page.evaluate("crossOriginIsolated"),
    )
    yield Booted(page=page, watch=watch, visit=visit)
    context.close()
    host.stop()


@pytest.fixture
def booted_page(_booted: Booted) -> Iterator[Page]:
    """The session's page, at the start screen."""
    yield _booted.page
    assert _booted.watch.off_origin == []
    assert _booted.watch.unexpected_errors == []


@pytest.fixture
def first_visit(_booted: Booted) -> FirstVisit:
    """What the first visit of the session's page did."""
    return _booted.visit


@pytest.fixture
def sample(booted_page: Page) -> Iterator[Page]:
    """The session's page at the first image of the sample, in a project that nobody else has."""
    yield open_sample(booted_page)
    leave(booted_page)
