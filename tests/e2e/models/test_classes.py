"""The image as a whole has a tag: by a classification model, or by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.drawing.board import shapes_when, stored_shapes
from e2e.images.own import new_project
from e2e.models.adding import added
from e2e.models.kinds import HEIGHT, WIDTH, classes_file, people_picture
from e2e.sample import (
    annotations,
    assisted,
    button,
    leave,
    on_screen,
    reopened,
    selected,
    status,
    suggestions,
)
from twoclick.domain.geometry import Box, WholeImage

WHOLE = WholeImage(box=Box(0, 0, WIDTH, HEIGHT))
UNDO = "Control+z"


@pytest.fixture
def animals(booted_page: Page, tmp_path: Path) -> Iterator[Page]:
    """A project with an image and three tags."""
    picture = people_picture(tmp_path / "animals.png", [])
    yield new_project(booted_page, [picture], tags=["cat", "dog", "cow"])
    leave(booted_page)


def test_a_class_is_suggested_mended_by_its_other_reading_and_kept(
    animals: Page, tmp_path: Path
) -> None:
    said = {"cat": 0.52, "dog": 0.45, "cow": 0.03}
    added(animals, classes_file(tmp_path / "animals.onnx", said), iteration=1)
    animals.keyboard.press("Escape")
    animals.keyboard.press("q")
    animals.keyboard.press("q")
    assert assisted(animals) == 1
    row = suggestions(animals)
    expect(row).to_have_accessible_name("cat 0.51, whole image, or dog 0.44")

    x0, y0, x1, y1 = on_screen(animals, WHOLE.box, size=(WIDTH, HEIGHT))
    animals.mouse.click((x0 + x1) / 2, (y0 + y1) / 2)
    expect(selected(animals)).to_have_count(0)
    animals.mouse.click(x0 + 3, (y0 + y1) / 2)
    expect(selected(animals)).to_have_count(1)
    animals.mouse.click(x0 + 24, y0 + 20)  # its chip
    expect(selected(animals)).to_have_count(0)
    animals.keyboard.press("c")
    expect(row).to_have_accessible_name("dog 0.44, whole image, or cat 0.51")
    animals.keyboard.press("Shift+Space")
    expect(annotations(animals)).to_contain_text(["dog"])
    expect(annotations(animals)).to_contain_text(["whole image"])
    assert stored_shapes(animals) == [WHOLE]

    animals.reload()
    reopened(animals)
    expect(annotations(animals)).to_contain_text(["dog"])
    assert stored_shapes(animals) == [WHOLE]


def test_the_whole_image_has_a_tag_by_hand(animals: Page) -> None:
    button(animals, "Whole image").click()
    expect(status(animals)).to_have_text("The whole image is cat")
    expect(annotations(animals)).to_contain_text(["whole image"])
    button(animals, "Whole image").click()
    expect(status(animals)).to_have_text("The whole image is cat already")
    animals.keyboard.press("Escape")
    animals.keyboard.press("2")
    animals.keyboard.press("i")
    expect(status(animals)).to_have_text("The whole image is dog")
    expect(annotations(animals)).to_have_count(2)
    expect(button(animals, "Undo")).to_have_accessible_description("Tag the whole image dog")

    # The chips of both lie in the corner, one below the other: a click finds each.
    x0, y0, x1, y1 = on_screen(animals, WHOLE.box, size=(WIDTH, HEIGHT))
    told = animals.locator(".stage > [aria-live]")
    animals.mouse.click(x0 + 30, y0 + 25)
    expect(told).to_contain_text("Annotation 1 of 2: cat, whole image")
    animals.mouse.click(x0 + 30, y0 + 44)
    expect(told).to_contain_text("Annotation 2 of 2: dog, whole image")
    animals.keyboard.press("3")
    expect(annotations(animals)).to_contain_text(["cat", "cow"])
    animals.keyboard.press("e")
    expect(status(animals)).to_contain_text("A whole image has no handles")
    animals.keyboard.press("x")
    expect(annotations(animals)).to_have_count(1)
    animals.keyboard.press(UNDO)
    shapes_when(animals, lambda found: found == [WHOLE, WHOLE])
    animals.mouse.click((x0 + x1) / 2, (y0 + y1) / 2)
    animals.keyboard.press("x")
    expect(annotations(animals)).to_have_count(2)
