"""A project of a person's own images, with the starter model and the tags of its classes."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.images.own import choose, create, dialog, taken_in
from e2e.sample import ANSWERS_WITHIN, assisted, button, opened
from e2e.stored import count_stored, records
from twoclick.domain.tag import same_name

STARTER = "Page layout"
AHEAD = 3
"""Images whose suggestions are computed while the first is looked at."""


def begin(page: Page, paths: Sequence[Path]) -> Page:
    """From the start screen to the first image, with its suggestions and those of the next."""
    choose(page, "Open images", paths)
    choice = dialog(page).get_by_role("combobox", name="Model")
    expect(choice.get_by_role("option", name=STARTER)).to_be_attached()
    choice.select_option(STARTER)
    create(page)
    taken_in(page)
    opened(page, paths[0].stem)
    expect(button(page, "Model Assist")).to_be_enabled(timeout=ANSWERS_WITHIN)
    assisted(page)
    count_stored(page, "predictions", min(1 + AHEAD, len(paths)))
    return page


def tag_key(page: Page, label: str) -> str:
    """The digit that gives the tag made of a class of the model."""
    (project,) = records(page, "projects")
    key: str = next(tag["key"] for tag in project["tags"] if same_name(tag["name"], label))
    return key
