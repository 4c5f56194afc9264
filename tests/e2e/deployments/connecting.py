"""A deployment in Model Settings, as a person connects it."""

from playwright.sync_api import Locator, Page, expect

from e2e.sample import button


def settings(page: Page) -> Locator:
    """Model Settings, opened."""
    dialog = page.get_by_role("dialog", name="Model Settings", exact=True)
    if not dialog.is_visible():
        button(page, "Model Settings").click()
    expect(dialog).to_be_visible()
    return dialog


def connected(page: Page, address: str) -> Locator:
    """Model Settings, once the deployment at an address was recognised there."""
    dialog = settings(page)
    dialog.get_by_role("textbox", name="Address of the deployment").fill(address)
    dialog.get_by_role("button", name="Allow and connect").click()
    expect(dialog.get_by_role("status").filter(has_text="Found: ")).to_be_visible()
    return dialog


def deployed(page: Page, address: str) -> Page:
    """`page`, once the deployment at an address is in use."""
    dialog = connected(page, address)
    dialog.get_by_role("button", name="Add and use").click()
    expect(dialog.get_by_role("status").filter(has_text="was added and is in use")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button(page, "Model Assist")).to_be_enabled()
    return page
