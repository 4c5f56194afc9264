"""The browser's storage is full: editing stops, nothing is lost, it goes on once there is room."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Dialog, Locator, Page, expect

from e2e.access.audit import findings
from e2e.sample import HOME, annotations, assisted, button, film, open_newest, opened, saved
from e2e.screens import started

EDITING_IS_PAUSED = re.compile("Editing is paused")

_REFUSES = """async () => {
  const name = "room of the test";
  const latest = Date.now() + 120_000;
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => opening.result.createObjectStore("bytes");
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const isKept = () => new Promise((resolve) => {
    const transaction = database.transaction("bytes", "readwrite");
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
    transaction.objectStore("bytes").put(new Uint8Array(10_000), 1);
  });
  while (await isKept()) {
    if (Date.now() > latest) throw new Error("the browser still has room");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  database.close();
  await new Promise((resolve) => { indexedDB.deleteDatabase(name).onsuccess = resolve; });
}"""
"""Returns when this address has no room: every database of it counts on the same."""


@pytest.fixture
def browser(sample: Page) -> Iterator[CDPSession]:
    """The means to make its room small; afterwards it is as before."""
    session = sample.context.new_cdp_session(sample)
    yield session
    has_room(session, sample)
    if not_saved(sample).is_visible():
        button(sample, "Try again").click()
    session.detach()


def is_full(browser: CDPSession, page: Page) -> None:
    """No byte more can be stored at this address."""
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin(page), "quotaSize": 1})


def has_room(browser: CDPSession, page: Page) -> None:
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin(page)})


def origin(page: Page) -> str:
    return str(page.evaluate("() => location.origin"))


def not_saved(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has_text="Not saved: ")


def work_when_full(page: Page) -> None:
    """Commit once the browser refuses: it looks at its room every half minute or so."""
    page.evaluate(_REFUSES)
    page.keyboard.press("Shift+Space")
    expect(not_saved(page)).to_be_visible()


def test_what_could_not_be_saved_stays_and_is_saved_later(
    sample: Page, browser: CDPSession
) -> None:
    dialogs: list[str] = []

    def stay(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    sample.on("dialog", stay)
    assisted(sample)
    saved(sample)
    is_full(browser, sample)
    work_when_full(sample)
    expect(not_saved(sample)).to_contain_text("Not saved: the browser has no room left. ")
    expect(not_saved(sample)).to_contain_text("; editing is paused")
    assert findings(sample, "not saved") == []
    count = annotations(sample).count()

    for name in ("Done", "Skip", "Undo"):
        expect(button(sample, name)).to_be_disabled()
        expect(button(sample, name)).to_have_accessible_description(EDITING_IS_PAUSED)
    sample.keyboard.press("g")
    sample.keyboard.press("Control+z")
    film(sample, "page-003").click()
    opened(sample, "page-003")
    film(sample, "page-001").click()
    opened(sample, "page-001")
    expect(annotations(sample)).to_have_count(count)

    with sample.expect_event("dialog"):
        sample.evaluate("() => { setTimeout(() => location.reload()); }")
    assert dialogs == ["beforeunload"]
    button(sample, "Free space").click()
    room = sample.get_by_role("dialog", name="Storage").get_by_text("are taken")
    expect(room).to_be_visible()
    sample.keyboard.press("Escape")

    button(sample, "Try again").click()
    expect(button(sample, "Try again")).to_be_enabled()
    expect(not_saved(sample)).to_be_visible()
    has_room(browser, sample)
    button(sample, "Try again").click()
    expect(not_saved(sample)).to_be_hidden()
    saved(sample)
    expect(button(sample, "Done")).to_be_enabled()

    undo = button(sample, "Undo").get_attribute("title") or ""
    button(sample, HOME).click()
    open_newest(started(sample))
    expect(annotations(sample)).to_have_count(count)
    expect(button(sample, "Undo")).to_have_attribute("title", undo)
    sample.remove_listener("dialog", stay)
