"""A server of this computer, asked by a page that is elsewhere: the browser's permission."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.access.audit import findings
from e2e.deployments.connecting import settings
from e2e.deployments.server import DeploymentServer
from e2e.host import Host
from e2e.openers import OpenBrowser
from e2e.sample import button, hidden_reasons, open_sample
from e2e.screens import started
from e2e.watch import Watch

PUBLIC = "labels.example.test"
"""The name that the page is under; its port is taken for one of the internet."""


@pytest.fixture
def server(watch: Watch) -> Iterator[DeploymentServer]:
    server = DeploymentServer()
    watch.allow(server.url)
    yield server
    server.stop()


@pytest.fixture
def origin(host: Host, watch: Watch) -> str:
    origin = f"http://{PUBLIC}:{host.port}"
    watch.allow(origin)
    return origin


@pytest.fixture
def page(host: Host, origin: str, open_browser: OpenBrowser) -> Page:
    flags = (
        f"--ip-address-space-overrides=127.0.0.1:{host.port}=public",
        f"--host-resolver-rules=MAP {PUBLIC} 127.0.0.1",
        f"--unsafely-treat-insecure-origin-as-secure={origin}",
    )
    page = open_browser(flags=flags).pages[0]
    page.goto(f"{origin}/")
    return open_sample(started(page))


def test_a_page_of_the_internet_asks_before_it_reaches_a_server_here(
    page: Page, origin: str, server: DeploymentServer, watch: Watch
) -> None:
    watch.expect_errors(server.url, "net::ERR", "Content Security Policy")
    dialog = settings(page)
    dialog.get_by_role("textbox", name="Address of the deployment").fill(server.url)
    dialog.get_by_role("button", name="Allow and connect").click()
    expect(dialog.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()
    said = dialog.get_by_role("status")
    expect(said.filter(has_text="keeps web pages from servers on this computer")).to_be_visible()
    assert server.sent == []

    with page.context.expect_page() as opened:
        dialog.get_by_role("button", name="Let the browser ask").click()
    window = opened.value
    state = window.get_by_role("status")
    expect(state).to_have_text("Not allowed yet.")
    expect(window.get_by_text(server.url, exact=True)).to_be_visible()
    assert findings(window, "the window that asks") == []
    # It may ask the allowed address, and nothing else.
    other = DeploymentServer()
    assert window.evaluate("(url) => fetch(url).then(() => 1, () => 0)", other.url) == 0
    assert other.sent == []
    other.stop()

    # A browser without a screen takes the question for refused.
    window.get_by_role("button", name="Let the browser ask").click()
    expect(state).to_contain_text("Blocked.")
    expect(said.filter(has_text="blocks Twoclick from servers on this computer")).to_be_visible()
    assert server.sent == []

    page.context.grant_permissions(["local-network-access"], origin=origin)
    expect(state).to_contain_text("Allowed.")
    # The form goes on by itself.
    expect(said.filter(has_text="Found: Datature")).to_be_visible()
    expect(said.filter(has_text="lets Twoclick reach servers on this computer")).to_be_visible()
    dialog.get_by_role("button", name="Add and use").click()
    expect(said.filter(has_text="was added and is in use")).to_be_visible()
    dialog.get_by_role("button", name="What left this browser").click()
    left = page.get_by_role("dialog", name="What left this browser")
    asking = left.get_by_role("row").filter(has_text="asking permission")
    expect(asking).to_have_count(1)
    expect(asking).to_contain_text(f"GET {server.url}/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(button(page, "Model Assist")).to_be_enabled()
    page.keyboard.press("m")
    expect(hidden_reasons(page)).to_have_text(["3 of classes without a tag"])


def test_the_window_says_what_it_is_for_where_nobody_asked(
    visited_host: Host, visited_page: Page, server: DeploymentServer
) -> None:
    visited_page.goto(visited_host.url)
    started(visited_page)
    for address in ("", f"#{server.url}", "#nonsense"):
        visited_page.goto(f"{visited_host.url}connect.html{address}")
        visited_page.reload()
        state = visited_page.get_by_role("status")
        expect(state).to_contain_text("Open Model Settings")
        expect(visited_page.get_by_role("button")).to_be_disabled()
    assert server.sent == []
