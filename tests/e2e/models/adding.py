"""Adding a model of one's own in Model Settings, by what a person does there."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.sample import button

READS_WITHIN = 60_000
"""Milliseconds in which a model file is read and loaded on a slow machine."""

STARTER = "Page layout v1"


def settings(page: Page) -> Locator:
    """Model Settings, open."""
    dialog = page.get_by_role("dialog", name="Model Settings")
    if not dialog.is_visible():
        button(page, "Model Settings").click()
    expect(dialog).to_be_visible()
    return dialog


def bring(page: Page, *paths: Path) -> Locator:
    """Chooses files in Model Settings; the dialog."""
    dialog = settings(page)
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Add model file").click()
    chooser.value.set_files(list(paths))
    return dialog


def added(page: Page, *paths: Path, iteration: int = 2) -> Locator:
    """Adds a model, which is then in use."""
    dialog = bring(page, *paths)
    radio = dialog.get_by_role("radio", name=f"{paths[0].stem} v{iteration}", exact=True)
    expect(radio).to_be_checked(timeout=READS_WITHIN)
    return dialog
