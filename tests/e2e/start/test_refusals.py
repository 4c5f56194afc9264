"""Addresses and windows in which Twoclick cannot run: each gets one page that says why."""

from playwright.sync_api import expect

from e2e.access.audit import findings
from e2e.host import Host
from e2e.openers import OpenBrowser
from e2e.screens import failure
from e2e.watch import Watch

BLOCK = 2
"""The browser's content setting for "no site may store anything"."""


def test_insecure_address(host: Host, open_browser: OpenBrowser, watch: Watch) -> None:
    watch.expect_errors("StartFailure", "Cross-Origin")
    origin = f"http://labels.example:{host.port}"
    watch.allow(origin)
    context = open_browser(flags=("--host-resolver-rules=MAP labels.example 127.0.0.1",))
    page = context.pages[0]
    page.goto(f"{origin}/")
    alert = failure(page)
    expect(alert).to_contain_text("Twoclick needs a secure address")
    expect(alert).to_contain_text(f"https://labels.example:{host.port}/")
    expect(alert).to_contain_text("http://127.0.0.1")
    assert not [path for path in host.requests if path == "sw.js" or path.startswith("vendor/")]


def test_browser_that_refuses_the_service_worker(
    host: Host, open_browser: OpenBrowser, watch: Watch
) -> None:
    watch.expect_errors("StartFailure")
    page = open_browser(service_workers="block").pages[0]
    page.goto(host.url)
    alert = failure(page)
    expect(alert).to_contain_text("The browser refused to keep Twoclick")
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    assert findings(page, "the service worker is refused") == []
    assert not [path for path in host.requests if path.startswith("vendor/")]


def test_window_without_service_workers(
    host: Host, open_browser: OpenBrowser, watch: Watch
) -> None:
    watch.expect_errors("StartFailure")
    page = open_browser().pages[0]
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(host.url)
    expect(failure(page)).to_contain_text("This window cannot keep Twoclick")


def test_storage_refused_by_the_browsers_settings(
    host: Host, open_browser: OpenBrowser, watch: Watch
) -> None:
    watch.expect_errors("StartFailure")
    settings = {"profile": {"default_content_setting_values": {"cookies": BLOCK}}}
    page = open_browser(settings=settings).pages[0]
    page.goto(host.url)
    alert = failure(page)
    expect(alert).to_contain_text("This window may not store anything")
    assert not [path for path in host.requests if path.startswith("vendor/")]
