"""The page can be installed as an app, wherever it is hosted, and starts without its host.

The host of these tests has Twoclick below a path, beside other things.
"""

import json
import struct
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from e2e.host import Host
from e2e.screens import started


def asked(page: Page, method: str) -> dict[str, Any]:
    """What the browser itself says of the page as an app."""
    session = page.context.new_cdp_session(page)
    answer: dict[str, Any] = session.send(method)
    session.detach()
    return answer


def test_the_browser_would_install_it_from_a_sub_path(sub_path_host: Host, new_page: Page) -> None:
    new_page.goto(f"{sub_path_host.url}?from=a%20link")
    started(new_page)
    assert new_page.evaluate("crossOriginIsolated") is True
    errors = asked(new_page, "Page.getInstallabilityErrors")["installabilityErrors"]
    # A profile of tests is a private window, in which nothing can be installed.
    assert [one["errorId"] for one in errors if one["errorId"] != "in-incognito"] == []
    manifest = asked(new_page, "Page.getAppManifest")
    assert manifest["errors"] == []
    # Two copies on one host are two apps: each goes by the address where it starts.
    assert asked(new_page, "Page.getAppId")["appId"] == sub_path_host.url

    start = urljoin(manifest["url"], json.loads(manifest["data"])["start_url"])
    sub_path_host.stop()
    app = new_page.context.new_page()
    app.goto(start)
    expect(started(app)).to_have_title("Twoclick")


def test_the_manifest_names_icons_that_are_as_it_says(dist: Path) -> None:
    manifest = json.loads((dist / "manifest.webmanifest").read_text(encoding="utf-8"))
    purposes = {one.get("purpose", "any") for one in manifest["icons"]}
    assert purposes == {"any", "maskable"}
    for icon in manifest["icons"]:
        content = (dist / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", content[16:24])
            assert icon["sizes"] == f"{width}x{height}"
    assert {"192x192", "512x512"} <= {one["sizes"] for one in manifest["icons"]}
