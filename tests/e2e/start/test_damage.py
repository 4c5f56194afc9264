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
  const cache = await caches.open(`twoclick ${location.pathname}`);
  const address = new URL(`content/${hash}`, location.href);
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


def _damage(page: Page, dist: Path, path: str, how: str = "overwritten") -> None:
    """Do to the kept content of `path` what a failing disk or a hostile script would do."""
    file = next(file for file in read_manifest(dist)["files"] if file["path"] == path)
    assert hashlib.sha256((dist / path).read_bytes()).hexdigest() == file["sha256"]
    page.evaluate(_OVERWRITE, [file["sha256"], how])


@pytest.mark.parametrize("how", ["overwritten", "truncated"])
@pytest.mark.parametrize("path", ["main.js", "boot/view.js", "index.html"])
def test_damaged_file_is_mended_from_the_host(
    host: Host, new_page: Page, dist: Path, path: str, how: str
) -> None:
    new_page.goto(host.url)
    started(new_page)
    _damage(new_page, dist, path, how)
    host.requests.clear()
    new_page.reload()
    started(new_page)
    assert path in host.requests or f"{path}.gz" in host.requests
    host.stop()
    new_page.reload()
    started(new_page)


def test_mending_is_told(host: Host, new_page: Page, dist: Path) -> None:
    new_page.goto(host.url)
    started(new_page)
    _damage(new_page, dist, "main.js")
    new_page.reload()
    started(new_page)
    notice = new_page.get_by_text("main.js was damaged in this browser's storage")
    expect(notice).to_be_visible()
    new_page.get_by_role("button", name="Dismiss").click()
    expect(notice).to_be_hidden()


def test_damaged_file_is_named_offline_and_mended_later(
    host: Host, new_page: Page, dist: Path, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource", "StartFailure", "TypeError: Failed to fetch")
    new_page.goto(host.url)
    started(new_page)
    _damage(new_page, dist, "main.js")
    host.stop()
    new_page.reload()
    alert = failure(new_page)
    expect(alert).to_contain_text("A stored file is damaged")
    expect(alert).to_contain_text("main.js")
    host.start()
    alert.get_by_role("button", name="Check files and try again").click()
    started(new_page)


def test_damaged_boot_file_is_named_offline(
    host: Host, new_page: Page, dist: Path, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource")
    new_page.goto(host.url)
    started(new_page)
    _damage(new_page, dist, "boot/view.js")
    host.stop()
    new_page.reload()
    expect(new_page.get_by_role("heading", name="Twoclick cannot start")).to_be_visible()
    expect(new_page.get_by_text("boot/view.js").first).to_be_visible()
    host.start()
    new_page.get_by_role("link", name="try again").click()
    started(new_page)


def test_app_that_fails_to_start_offers_a_check_of_all_files(
    host: Host, new_page: Page, watch: Watch, dist: Path
) -> None:
    """Damage that a running page does not meet until it is asked to look for it."""
    watch.expect_errors(
        "Failed to load resource", "Manifest fetch", "Failed to fetch", "StartFailure"
    )
    new_page.goto(host.url)
    started(new_page)
    for path in ("main.js", "manifest.webmanifest"):
        _damage(new_page, dist, path)
    host.stop()
    new_page.reload()
    alert = failure(new_page)
    host.start()
    host.requests.clear()
    alert.get_by_role("button", name="Check files and try again").click()
    started(new_page)
    asked = {path.removesuffix(".gz") for path in host.requests}
    assert {"main.js", "manifest.webmanifest"} <= asked


def test_damage_that_is_met_before_the_app_can_mend_it_is_mended_too(
    host: Host, new_page: Page, watch: Watch, dist: Path
) -> None:
    """The browser asks for some files by itself, before the service worker has said what it has."""
    watch.expect_errors("Failed to load resource", "Manifest fetch", "StartFailure")
    new_page.goto(host.url)
    started(new_page)
    _damage(new_page, dist, "manifest.webmanifest")
    host.stop()
    new_page.add_init_script(f"({_HOLD_QUESTIONS_ONCE})()")
    new_page.reload()
    new_page.evaluate("fetch('manifest.webmanifest').then((answer) => answer.status)")
    alert = failure(new_page)
    expect(alert.get_by_role("button", name="Try again", exact=True)).to_be_visible()
    host.start()
    new_page.evaluate("letQuestionsThrough()")
    alert.get_by_role("button", name="Check files and try again").click()
    started(new_page)
    assert "manifest.webmanifest" in host.requests
