"""The states of the labelling screen that have looks and names of their own.

Each leads from an image with suggestions and annotations on it to the state and back. Another
dialog or panel is one more line of `STATES`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from e2e.sample import annotations, annotator, assisted, button, select_in_list, status

Step = Callable[[Page], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state of the screen by its name; `enter` and `leave` act as a person does."""

    name: str
    enter: Step
    leave: Step


def prepare(page: Page) -> None:
    """Two annotations, two selected suggestions, the others shown."""
    assisted(page)
    select_in_list(page, 0, 2)
    annotator(page).focus()
    page.keyboard.press("Space")
    expect(annotations(page)).to_have_count(2)
    select_in_list(page, 1, 3)
    annotator(page).focus()


def opener(name: str | re.Pattern[str]) -> Callable[[Page], Locator]:
    """The button that opens a dialog or panel."""
    return lambda page: page.get_by_role("button", name=name, exact=isinstance(name, str))


OPENED = {
    "Model Settings": opener("Model Settings"),
    "All keys": opener("All keys"),
    "Label state": opener(re.compile("^Label state: ")),
    "Work list": opener(re.compile(r"^\d+ of \d+, ")),
    "Storage": opener(re.compile("^Saved in this browser")),
    "Add images": opener("Add images"),
    "Skip this image": opener("Skip"),
    "Import labels": opener("Import"),
    "Export labels": opener("Export"),
}
"""Dialogs and panels by their accessible names, and the buttons that open them."""


def _dialog(name: str) -> State:
    def enter(page: Page) -> None:
        OPENED[name](page).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name=name, exact=True)).to_be_visible()

    def leave(page: Page) -> None:
        expect(page.get_by_role("dialog", name=name, exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name=name, exact=True)).to_be_hidden()
        expect(OPENED[name](page)).to_be_focused()
        annotator(page).focus()

    return State(name=name, enter=enter, leave=leave)


def _panel(page: Page, name: str, *, folded: bool) -> None:
    """Fold or unfold a side panel where they fold."""
    toggle = button(page, name)
    if toggle.is_visible() and toggle.get_attribute("aria-expanded") != str(not folded).lower():
        toggle.press("Enter")


def _focus_shape(page: Page) -> None:
    page.keyboard.press("z")


def _no_focus(page: Page) -> None:
    page.keyboard.press("Escape")


def _find_tag(page: Page) -> None:
    page.keyboard.press("z")
    page.keyboard.press("t")
    expect(page.get_by_role("combobox", name="Find a tag")).to_be_focused()


def _give_up_tag(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(annotator(page)).to_be_focused()


def _change_tag(page: Page) -> None:
    _panel(page, "Tags and shapes", folded=False)
    page.get_by_role("list", name="Tags", exact=True).get_by_role("button").first.press("F2")
    expect(page.get_by_role("form", name=re.compile("^Tag "))).to_be_visible()


def _tag_is_changed(page: Page) -> None:
    page.keyboard.press("Escape")
    _panel(page, "Tags and shapes", folded=True)
    annotator(page).focus()


def _add_tag(page: Page) -> None:
    _panel(page, "Tags and shapes", folded=False)
    button(page, "Add tag").press("Enter")
    expect(page.get_by_role("textbox", name="Name of the new tag")).to_be_focused()


def _draw(page: Page) -> None:
    page.keyboard.press("p")
    for key in ("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)


def _draw_keypoints(page: Page) -> None:
    _change_tag(page)
    form = page.get_by_role("form", name=re.compile("^Tag "))
    form.get_by_role("textbox", name="Keypoints").fill("head\nwaist\nfoot\nhead - waist")
    form.get_by_role("button", name="Close").press("Enter")
    _tag_is_changed(page)
    page.keyboard.press("1")
    page.keyboard.press("k")
    for key in ("ArrowRight", "Enter", "ArrowRight", "ArrowDown", "Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(status(page)).to_contain_text("waist, 2 of 3")


_WHOLE_IMAGE = re.compile("^Tag the whole image")


def _tag_whole_image(page: Page) -> None:
    page.keyboard.press("i")
    expect(button(page, "Undo")).to_have_accessible_description(_WHOLE_IMAGE)


def _untag_whole_image(page: Page) -> None:
    page.keyboard.press("Control+z")
    expect(button(page, "Undo")).not_to_have_accessible_description(_WHOLE_IMAGE)


def _stop_drawing(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("v")


def _hide(page: Page) -> None:
    page.keyboard.press("h")
    expect(page.get_by_text("Shapes are hidden: H shows them")).to_be_visible()


def _show(page: Page) -> None:
    page.keyboard.press("h")
    expect(page.get_by_text("Shapes are hidden: H shows them")).to_be_hidden()


def _unfold(name: str) -> Step:
    return lambda page: _panel(page, name, folded=False)


def _fold(name: str) -> Step:
    def leave(page: Page) -> None:
        _panel(page, name, folded=True)
        annotator(page).focus()

    return leave


STATES = (
    *(_dialog(name) for name in OPENED),
    State(name="a shape has the focus", enter=_focus_shape, leave=_no_focus),
    State(name="find a tag", enter=_find_tag, leave=_give_up_tag),
    State(name="change a tag", enter=_change_tag, leave=_tag_is_changed),
    State(name="add a tag", enter=_add_tag, leave=_tag_is_changed),
    State(name="a polygon is being drawn", enter=_draw, leave=_stop_drawing),
    State(name="keypoints are being drawn", enter=_draw_keypoints, leave=_stop_drawing),
    State(
        name="the whole image has a tag and the focus",
        enter=_tag_whole_image,
        leave=_untag_whole_image,
    ),
    State(name="shapes are hidden", enter=_hide, leave=_show),
    State(
        name="Assist settings",
        enter=_unfold("Assist settings"),
        leave=_fold("Assist settings"),
    ),
    State(
        name="Tags and shapes",
        enter=_unfold("Tags and shapes"),
        leave=_fold("Tags and shapes"),
    ),
)
"""Every state of the labelling screen, dialogs and panels first."""
