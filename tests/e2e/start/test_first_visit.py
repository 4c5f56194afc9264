"""The first visit: one download with its progress, which can be cut short and continued."""

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.host import HANGS_UP, Host, Reply
from e2e.openers import FirstVisit, Serve
from e2e.screens import failure, started
from e2e.start.deployment import copy_of, core_paths, replace
from e2e.watch import Watch

WASM = "vendor/pyodide/pyodide.asm.wasm"


def test_download_shows_progress_with_sizes(host: Host, new_page: Page) -> None:
    the_rest = threading.Event()

    def hold_back(path: str) -> None:
        if path.startswith("vendor/pyodide/numpy"):
            the_rest.wait()

    host.intercept = hold_back
    new_page.goto(host.url)
    bar = new_page.get_by_role("progressbar", name="One-time download")
    expect(bar).to_be_visible()
    expect(new_page.get_by_text(re.compile(r"^\d+\.\d of 1\d\.\d MB$"))).to_be_visible()
    expect(new_page.get_by_role("status")).to_contain_text("One-time download")
    expect(new_page.get_by_text("Nothing you open leaves this computer")).to_be_visible()
    the_rest.set()
    started(new_page)
    expect(bar).to_be_hidden()


def test_page_is_isolated_and_each_file_is_asked_for_once(first_visit: FirstVisit) -> None:
    assert first_visit.isolated
    vendor = [path for path in first_visit.requests if path.startswith("vendor/")]
    assert len(vendor) == len(set(vendor))
    assert f"{WASM}.gz" in vendor
    assert WASM not in vendor


def test_nothing_of_the_runtime_is_loaded_before_the_service_worker_controls(
    first_visit: FirstVisit,
) -> None:
    controlled = first_visit.requests.index("sw.js")
    before = first_visit.requests[:controlled]
    assert not [path for path in before if path.startswith("vendor/")]


def test_it_reloads_once(first_visit: FirstVisit) -> None:
    assert first_visit.loads == 2


def test_second_visit_asks_the_host_for_no_file(visited_host: Host, visited_page: Page) -> None:
    visited_page.goto(visited_host.url)
    started(visited_page)
    # The look for an update fetches the service worker and what it imports, nothing else; while the
    # worker starts, the browser may ask for the document beside it, and takes the worker's.
    looked = ("sw.js", "service-worker/", "vendor/idb/")
    asked = [path for path in visited_host.requests if not path.startswith(looked)]
    assert set(asked) <= {""}


def test_interrupted_download_continues_with_the_missing_files(
    host: Host, new_page: Page, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource", "AssetError")
    host.intercept = lambda path: HANGS_UP if path.startswith("vendor/pyodide/numpy") else None
    new_page.goto(host.url)
    alert = failure(new_page)
    expect(alert).to_contain_text("The download did not finish")
    expect(alert).to_contain_text("numpy")
    arrived = set(host.requests)
    host.intercept = lambda _path: None
    host.requests.clear()
    alert.get_by_role("button", name="Try again").click()
    started(new_page)
    again = {path for path in host.requests if path.startswith("vendor/")}
    assert any(path.startswith("vendor/pyodide/numpy") for path in again)
    assert f"{WASM}.gz" in arrived
    assert f"{WASM}.gz" not in again


def test_passing_fault_of_the_host_is_retried(host: Host, new_page: Page, watch: Watch) -> None:
    watch.expect_errors("Failed to load resource")
    faults = [Reply(status=503), HANGS_UP]

    def fail_twice(path: str) -> Reply | None:
        return faults.pop() if path == f"{WASM}.gz" and faults else None

    host.intercept = fail_twice
    new_page.goto(host.url)
    started(new_page)
    assert faults == []


def test_host_without_twins_serves_the_plain_files(
    host: Host, new_page: Page, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource")
    host.intercept = lambda path: Reply(status=404) if path.endswith(".gz") else None
    new_page.goto(host.url)
    started(new_page)
    assert WASM in host.requests


def test_host_that_declares_the_twins_encoded(host: Host, new_page: Page, dist: Path) -> None:
    """Some hosts send a .gz file with Content-Encoding, and the browser inflates it on the way."""

    def encoded(path: str) -> Reply | None:
        if not path.endswith(".gz"):
            return None
        body = (dist / path).read_bytes()
        return Reply(status=200, body=body, headers={"Content-Encoding": "gzip"})

    host.intercept = encoded
    new_page.goto(host.url)
    started(new_page)
    assert WASM not in host.requests


def test_altered_file_is_named_and_not_kept(host: Host, new_page: Page, watch: Watch) -> None:
    watch.expect_errors("AssetError")
    altered = Reply(status=200, body=b"export function start() {}")
    host.intercept = lambda path: altered if path in ("main.js", "main.js.gz") else None
    new_page.goto(host.url)
    alert = failure(new_page)
    expect(alert).to_contain_text("A file on the host is not the right one")
    expect(alert).to_contain_text("main.js")
    host.intercept = lambda _path: None
    alert.get_by_role("button", name="Try again").click()
    started(new_page)


def test_half_uploaded_deployment_is_refused_by_name(
    serve: Serve, dist: Path, tmp_path: Path, new_page: Page, watch: Watch
) -> None:
    watch.expect_errors("AssetError", "StartFailure")
    folder = copy_of(dist, tmp_path / "half")
    replace(folder / "boot.css", b"/* of another version */")
    (folder / "boot.css.gz").unlink()
    new_page.goto(serve(folder).url)
    alert = failure(new_page)
    expect(alert).to_contain_text("A file on the host is not the right one")
    expect(alert).to_contain_text("boot.css")


@pytest.mark.parametrize("query", ["", "?project=1", "index.html"])
def test_offline_after_a_restart_of_the_browser(
    visited_host: Host, visited_page: Page, query: str
) -> None:
    visited_host.stop()
    visited_page.goto(f"{visited_host.url}{query}")
    started(visited_page)
    assert visited_page.evaluate("crossOriginIsolated") is True


def test_whole_core_set_is_kept(
    visited_host: Host, visited_page: Page, dist: Path, watch: Watch
) -> None:
    watch.expect_errors("help/pictures/")  # those are asked for when Help is looked at
    visited_host.stop()
    visited_page.goto(f"{visited_host.url}help/keys.html")
    missing = visited_page.evaluate(
        """async (paths) => {
          const answers = paths.map(async (path) => (await fetch(`../${path}`)).ok);
          return (await Promise.all(answers)).filter((ok) => !ok).length;
        }""",
        sorted(core_paths(dist)),
    )
    assert missing == 0
