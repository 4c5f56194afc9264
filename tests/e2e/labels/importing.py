"""The import of labels, by what a person does and sees."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.sample import ANSWERS_WITHIN, button, saved, status

READS_WITHIN = 60_000
"""Milliseconds in which small label files are read on a slow machine: Python starts for it."""


def import_dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Import labels", exact=True)


def bring(page: Page, paths: Sequence[Path] | Path, *, folder: bool = False) -> None:
    """Opens the dialog and chooses label files in it, or a folder."""
    button(page, "Import").click()
    with page.expect_file_chooser() as chooser:
        button(page, "Choose a label folder" if folder else "Choose label files").click()
    chooser.value.set_files(paths)


def previewed(page: Page, source: str) -> list[str]:
    """What the preview says, once the files are read: its facts, without what opens on request."""
    dialog = import_dialog(page)
    expect(dialog.get_by_role("heading", name=source, exact=True)).to_be_focused(
        timeout=READS_WITHIN
    )
    facts = dialog.locator(".import-facts > li")
    summary = """items => items.map(item => {
      const summary = item.querySelector("summary");
      return (summary ?? item).textContent;
    })"""
    return list(facts.evaluate_all(summary))


def refused(page: Page) -> str:
    """Why nothing can be imported, once that is known; closes the dialog."""
    alert = import_dialog(page).get_by_role("alert")
    expect(alert).not_to_be_empty(timeout=READS_WITHIN)
    text = alert.inner_text()
    expect(button(page, "Choose label files")).to_be_focused()
    page.keyboard.press("Escape")
    return text


def take(page: Page, said: str) -> None:
    """Presses Import; at its end the status says that."""
    import_dialog(page).get_by_role("button", name="Import", exact=True).click()
    expect(import_dialog(page)).to_be_hidden(timeout=ANSWERS_WITHIN)
    expect(status(page).filter(has_text=said)).to_be_visible(timeout=ANSWERS_WITHIN)
    saved(page)


def state_of(page: Page, name: str) -> str:
    """What the film strip says of an image."""
    images = page.get_by_role("list", name="Images", exact=True)
    label = images.get_by_role("button", name=f"{name}, ").get_attribute("aria-label")
    assert label is not None
    return label.removeprefix(f"{name}, ")
