"""Damaged content in the browser's storage: it never runs, is fetched again, and else named."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.host import Host
from e2e.screens import failure, started
from e2e.start.deployment import read_manifest
from e2e.watch import Watch

_OVERWRITE = """async ([hash, damage]) => {
  const { scope } = await navigator.serviceWorker.ready;
  const cache = await caches.open(`twoclick ${new URL(scope).pathname}`);
  const address = new URL(`content/${hash}`, scope);
  const kept = await (await cache.match(address)).text();
  await cache.put(address, new Response(damage === "truncated" ? kept.slice(0, 20) : "damage();"));
}"""

_HOLD_QUESTIONS_ONCE = """() => {
  if (sessionStorage.getItem("held")) return;
  sessionStorage.setItem("held", "once");
  const send = ServiceWorker.prototype.postMessage;
  const held = [];
  ServiceWorker.prototype.postMessage = function (...message) {
    held.push(() => send.apply(this, message));
  };
  window.letQuestionsThrough = () => {
    ServiceWorker.prototype.postMessage = send;
    for (const question of held) question();
  };
}"""


@pytest.fixture
def page(visited_page: Page, visited_host: Host) -> Page:
    """A page of the Help in a browser that has visited: it starts nothing, and can do damage."""
    visited_page.goto(f"{visited_host.url}help/keys.html")
    return visited_page


def _damage(page: Page, dist: Path, path: str, how: str = "overwritten") -> None:
    """Do to the kept content of `path` what a failing disk or a hostile script would do."""
    file = next(file for file in read_manifest(dist)["files"] if file["path"] == path)
    assert hashlib.sha256((dist / path).read_bytes()).hexdigest() == file["sha256"]
    page.evaluate(_OVERWRITE, [file["sha256"], how])


@pytest.mark.parametrize(
    "damage",
    [
        {"main.js": "overwritten"},
        {"boot/view.js": "overwritten", "index.html": "truncated"},
    ],
    ids=" and ".join,
)
def test_damaged_files_are_mended_from_the_host(
    visited_host: Host, page: Page, dist: Path, damage: dict[str, str]
) -> None:
    for path, how in damage.items():
        _damage(page, dist, path, how)
    visited_host.requests.clear()
    page.goto(visited_host.url)
    started(page)
    asked = {path.removesuffix(".gz") for path in visited_host.requests}
    assert damage.keys() <= asked
    visited_host.stop()
    page.reload()
    started(page)


def test_mending_is_told(visited_host: Host, page: Page, dist: Path) -> None:
    _damage(page, dist, "main.js", "truncated")
    page.goto(visited_host.url)
    started(page)
    notice = page.get_by_text("main.js was damaged in this browser's storage")
    expect(notice).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(notice).to_be_hidden()


def test_damaged_file_is_named_offline_and_mended_later(
    visited_host: Host, page: Page, dist: Path, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource", "StartFailure", "TypeError: Failed to fetch")
    _damage(page, dist, "main.js")
    visited_host.stop()
    page.goto(visited_host.url)
    alert = failure(page)
    expect(alert).to_contain_text("A stored file is damaged")
    expect(alert).to_contain_text("main.js")
    visited_host.start()
    alert.get_by_role("button", name="Check files and try again").click()
    started(page)


def test_damaged_boot_file_is_named_offline(
    visited_host: Host, page: Page, dist: Path, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource")
    _damage(page, dist, "boot/view.js")
    visited_host.stop()
    page.goto(visited_host.url)
    expect(page.get_by_role("heading", name="Twoclick cannot start")).to_be_visible()
    expect(page.get_by_text("boot/view.js").first).to_be_visible()
    visited_host.start()
    page.get_by_role("link", name="try again").click()
    started(page)


def test_app_that_fails_to_start_offers_a_check_of_all_files(
    visited_host: Host, page: Page, watch: Watch, dist: Path
) -> None:
    """Damage that a running page does not meet until it is asked to look for it."""
    watch.expect_errors(
        "Failed to load resource", "Manifest fetch", "Failed to fetch", "StartFailure"
    )
    for path in ("main.js", "manifest.webmanifest"):
        _damage(page, dist, path)
    visited_host.stop()
    page.goto(visited_host.url)
    alert = failure(page)
    visited_host.requests.clear()
    visited_host.start()
    with page.expect_event("domcontentloaded"):  # the start may go on while files are checked
        alert.get_by_role("button", name="Check files and try again").click()
    started(page)
    asked = {path.removesuffix(".gz") for path in visited_host.requests}
    assert {"main.js", "manifest.webmanifest"} <= asked


def test_damage_that_is_met_before_the_app_can_mend_it_is_mended_too(
    visited_host: Host, page: Page, watch: Watch, dist: Path
) -> None:
    """The browser asks for some files by itself, before the service worker has said what it has."""
    watch.expect_errors("Failed to load resource", "Manifest fetch", "StartFailure")
    _damage(page, dist, "manifest.webmanifest")
    visited_host.stop()
    page.add_init_script(f"({_HOLD_QUESTIONS_ONCE})()")
    page.goto(visited_host.url)
    page.evaluate("fetch('manifest.webmanifest').then((answer) => answer.status)")
    alert = failure(page)
    expect(alert.get_by_role("button", name="Try again", exact=True)).to_be_visible()
    visited_host.requests.clear()
    visited_host.start()
    page.evaluate("letQuestionsThrough()")
    with page.expect_event("domcontentloaded"):  # the start goes on meanwhile
        alert.get_by_role("button", name="Check files and try again").click()
    started(page)
    asked = {path.removesuffix(".gz") for path in visited_host.requests}
    assert "manifest.webmanifest" in asked
