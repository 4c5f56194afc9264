"""Help: the guide in the page, beside an open project, and without a network."""

from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.host import HANGS_UP, Host
from e2e.sample import button, leave, opened
from e2e.screens import started
from e2e.watch import Watch


def opens(page: Page, name: str) -> Page:
    """The tab that a link into the Help opens."""
    with page.expect_popup() as popup:
        page.get_by_role("link", name=name, exact=True).click()
    popup.value.wait_for_load_state()
    return popup.value


def test_help_opens_beside_the_project_and_leads_back(sample: Page) -> None:
    page = sample
    guide = opens(page, "Help: everything about Twoclick")
    expect(guide.get_by_role("heading", level=1, name="Guide")).to_be_visible()
    guide.get_by_role("navigation").get_by_role("link", name="Keys").click()
    expect(guide.get_by_role("cell", name="Undo", exact=True)).to_be_visible()
    back = guide.get_by_role("link", name="Back to Twoclick")
    with guide.expect_event("close"):
        back.evaluate("link => { setTimeout(() => link.click()); }")  # after the answer to this
    opened(page, "page-001")
    button(page, "Model Settings").click()
    guide = opens(page, "Help: models")
    expect(guide.get_by_role("heading", level=1, name="Your own model")).to_be_visible()
    guide.close()


def test_a_second_link_takes_the_same_tab(booted_page: Page) -> None:
    page = leave(booted_page)
    guide = opens(page, "Help: everything about Twoclick")
    tabs = len(page.context.pages)
    page.get_by_role("link", name="Help: everything about Twoclick").click()
    assert len(page.context.pages) == tabs
    guide.close()


def test_text_is_there_from_the_first_load_on_and_pictures_from_the_first_look(
    visited_host: Host, visited_page: Page, watch: Watch
) -> None:
    watch.expect_errors("Failed to load resource")
    visited_page.goto(visited_host.url)
    started(visited_page)
    visited_host.intercept = lambda _path: HANGS_UP
    guide = opens(visited_page, "Help: everything about Twoclick")
    guide.get_by_role("navigation").get_by_role("link", name="First label").click()
    expect(guide.get_by_role("heading", level=1, name="First label")).to_be_visible()
    expect(guide.get_by_text("It is not kept in this browser yet").first).to_be_visible()
    expect(visited_page.get_by_text("A file could not be had")).to_have_count(0)
    visited_host.intercept = lambda _path: None
    guide.reload()
    shows_picture(guide)
    visited_host.stop()
    guide.reload()
    shows_picture(guide)


def shows_picture(guide: Page) -> None:
    """Wait until the first picture of the page is decoded."""
    picture = guide.get_by_role("img", name="The start screen", exact=False)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600


def test_the_host_alone_serves_help_too(host: Host, new_page: Page) -> None:
    """Before the page was ever started, from a link that somebody sent."""
    new_page.goto(f"{host.url}help/")
    expect(new_page.get_by_role("heading", level=1, name="Guide")).to_be_visible()


def test_every_page_of_the_help_is_in_the_first_load(dist: Path) -> None:
    listed = (dist / "sw.js").read_text(encoding="utf-8")
    pages = sorted((dist / "help").glob("*.html"))
    assert len(pages) > 10
    for page in pages:
        entry = listed.split(f'"path":"help/{page.name}"', 1)[1].split("}", 1)[0]
        assert '"set":"core"' in entry
