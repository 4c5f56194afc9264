"""Keypoints: suggested by a pose model, mended point by point, drawn by hand; all is kept."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.drawing.board import chosen, drag, shapes_when, stored_shapes, tool
from e2e.images.own import new_project
from e2e.models.adding import added
from e2e.models.kinds import HEIGHT, WIDTH, Somebody, people_picture, pose_file
from e2e.sample import (
    annotations,
    annotator,
    assisted,
    button,
    leave,
    on_screen,
    reopened,
    select_in_list,
    status,
    suggestions,
)
from twoclick.domain.geometry import HIDDEN, NOT_THERE, VISIBLE, Keypoints, Shape
from twoclick.domain.rings import ring_points
from twoclick.models.keypoint_names import PERSON

UNDO, REDO = "Control+z", "Control+Shift+z"
LEFT_EYE, LEFT_EAR, LEFT_WRIST = (
    PERSON.index(name) for name in ("left_eye", "left_ear", "left_wrist")
)
PEOPLE = (
    Somebody(box=(40, 60, 220, 460), score=0.93, unsure=(LEFT_EAR,)),
    Somebody(box=(330, 100, 480, 420), score=0.81),
)


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the image is in the window."""
    left, top, _, _ = on_screen(page, (x, y, x, y), size=(WIDTH, HEIGHT))
    return left, top


def keypoints(shapes: list[Shape]) -> Keypoints:
    """The only shape in the store, which has keypoints."""
    (shape,) = shapes
    assert isinstance(shape, Keypoints)
    return shape


def tag_form(page: Page, name: str) -> Locator:
    """The form of a tag, open."""
    tags = page.get_by_role("list", name="Tags", exact=True)
    tags.get_by_role("button", name=re.compile(f"^{name}")).first.press("F2")
    return page.get_by_role("form", name=f"Tag {name}", exact=True)


@pytest.fixture
def people(booted_page: Page, tmp_path: Path) -> Iterator[Page]:
    """A project with an image of two people."""
    picture = people_picture(tmp_path / "people.png", PEOPLE)
    yield new_project(booted_page, [picture], tags=["person", "dog"])
    leave(booted_page)


@pytest.fixture
def posed(people: Page, tmp_path: Path) -> Page:
    """The same with what a pose model says of it."""
    added(people, pose_file(tmp_path / "pose.onnx", PEOPLE), iteration=1)
    people.keyboard.press("Escape")
    assert assisted(people) == len(PEOPLE)
    return people


def committed(page: Page) -> Keypoints:
    """The first of the two people, who is then an annotation and has the focus."""
    select_in_list(page, 0)
    annotator(page).focus()
    page.keyboard.press("Space")
    expect(annotations(page)).to_have_count(1)
    annotations(page).get_by_role("button").first.press("Enter")
    annotator(page).focus()
    return keypoints(stored_shapes(page))


def test_a_pose_is_committed_mended_by_keys_and_kept(posed: Page) -> None:
    expect(suggestions(posed).nth(0)).to_have_accessible_name("person 0.93, keypoints, 16 of 17")
    before = committed(posed)
    np.testing.assert_allclose(ring_points(before.points), PEOPLE[0].points, atol=0.01)
    assert before.visibility[LEFT_EAR] == NOT_THERE
    expect(annotations(posed)).to_contain_text(["keypoints, 16 of 17"])
    told = posed.locator(".stage > [aria-live]")
    expect(told).to_contain_text("Annotation 1 of 1: person, keypoints, 16 of 17")

    posed.keyboard.press("e")
    posed.keyboard.press("e")
    expect(status(posed)).to_contain_text("left eye, visible")
    posed.keyboard.press("Control+Shift+ArrowRight")
    x, y = ring_points(before.points)[LEFT_EYE]
    moved = (x + 10, y)
    shapes_when(
        posed, lambda found: np.allclose(ring_points(keypoints(found).points)[LEFT_EYE], moved)
    )
    posed.keyboard.press("n")
    expect(status(posed)).to_have_text("left eye, hidden")
    (hidden,) = shapes_when(posed, lambda found: keypoints(found).visibility[LEFT_EYE] == HIDDEN)
    posed.keyboard.press(UNDO)
    shapes_when(posed, lambda found: keypoints(found).visibility[LEFT_EYE] == VISIBLE)
    posed.keyboard.press(UNDO)
    shapes_when(posed, lambda found: found == [before])
    posed.keyboard.press(REDO)
    posed.keyboard.press(REDO)
    shapes_when(posed, lambda found: found == [hidden])

    posed.reload()
    reopened(posed)
    expect(annotations(posed)).to_contain_text(["keypoints, 16 of 17"])
    assert stored_shapes(posed) == [hidden]


def test_points_are_dragged_taken_away_and_brought_back(posed: Page) -> None:
    before = committed(posed)
    wrist = PEOPLE[0].points[LEFT_WRIST]
    drag(posed, at(posed, *wrist), at(posed, 300, 200))
    (after,) = shapes_when(posed, lambda found: found != [before])
    assert isinstance(after, Keypoints)
    assert after.box == before.box
    np.testing.assert_allclose(ring_points(after.points)[LEFT_WRIST], (300, 200), atol=1)

    posed.keyboard.down("Alt")
    posed.mouse.click(*at(posed, 300, 200))
    posed.keyboard.up("Alt")
    shapes_when(posed, lambda found: keypoints(found).visibility[LEFT_WRIST] == NOT_THERE)

    posed.mouse.move(*at(posed, *PEOPLE[0].points[LEFT_EAR]))
    posed.keyboard.press("n")
    shapes_when(posed, lambda found: keypoints(found).visibility[LEFT_EAR] == VISIBLE)

    waist = at(posed, 130, 300)
    drag(posed, waist, (waist[0], waist[1] - 3000))
    (raised,) = shapes_when(posed, lambda found: keypoints(found).box.y0 == 0)
    assert isinstance(raised, Keypoints)
    shift = np.subtract(ring_points(raised.points), ring_points(after.points))
    np.testing.assert_allclose(shift[: LEFT_WRIST - 1, 1], raised.box.y0 - before.box.y0)


def test_a_suggestion_with_a_moved_point_is_committed_as_it_is(posed: Page) -> None:
    points = PEOPLE[1].points
    posed.mouse.click(*at(posed, *points[0]))
    expect(suggestions(posed).nth(1)).to_be_checked()
    drag(posed, at(posed, *points[LEFT_WRIST]), at(posed, 500, 50))
    expect(suggestions(posed).nth(1)).to_have_accessible_name(
        "person 0.81, keypoints, 17 of 17, edited"
    )
    posed.keyboard.press("Space")
    expect(annotations(posed)).to_have_count(1)
    shape = keypoints(stored_shapes(posed))
    np.testing.assert_allclose(ring_points(shape.points)[LEFT_WRIST], (500, 50), atol=1)


def test_keypoints_are_drawn_by_hand_in_the_order_of_their_names(people: Page) -> None:
    people.keyboard.press("k")
    chosen(people, "Keypoints")
    expect(status(people)).to_contain_text("person has no keypoints")
    form = tag_form(people, "person")
    field = form.get_by_role("textbox", name="Keypoints")
    field.fill("head\nwaist\nhead - west")
    form.get_by_role("button", name="Close").focus()
    expect(status(people)).to_have_text('Line 3: no keypoint is named "west"')
    field.fill("head\nwaist\nfoot\nhead - waist\nwaist - foot")
    form.get_by_role("button", name="Close").click()
    expect(status(people)).to_have_text("Changed the tag person")

    tool(people, "Keypoints").click()
    expect(status(people)).to_contain_text("Drag the box of person")
    drag(people, at(people, 40, 60), at(people, 220, 460))
    expect(status(people)).to_have_text("head, 1 of 3. N: not there, Enter: no more")
    people.mouse.click(*at(people, 100, 100))
    people.mouse.click(*at(people, 130, 100))
    people.keyboard.press("Backspace")
    expect(status(people)).to_have_text("waist, 2 of 3. N: not there, Enter: no more")
    people.keyboard.press("n")
    people.mouse.click(*at(people, 130, 400))
    expect(annotations(people)).to_contain_text(["keypoints, 2 of 3"])
    shape = keypoints(stored_shapes(people))
    np.testing.assert_allclose(shape.box, (40, 60, 220, 460), atol=1)
    head, _, foot = ring_points(shape.points)
    np.testing.assert_allclose([head, foot], [(100, 100), (130, 400)], atol=1)
    assert list(shape.visibility) == [VISIBLE, NOT_THERE, VISIBLE]
    expect(button(people, "Undo")).to_have_accessible_description("Draw set of keypoints")

    people.keyboard.press("v")
    field = tag_form(people, "person").get_by_role("textbox", name="Keypoints")
    expect(field).to_have_value("head\nwaist\nfoot\nhead - waist\nwaist - foot")
    field.fill("head\nwaist")
    field.press("Tab")
    expect(status(people)).to_contain_text("1 annotation with the tag person may have its")


def test_keypoints_are_drawn_by_keys_alone(people: Page) -> None:
    form = tag_form(people, "person")
    form.get_by_role("textbox", name="Keypoints").fill("head\nfoot")
    form.get_by_role("button", name="Close").press("Enter")
    expect(status(people)).to_have_text("Changed the tag person")
    annotator(people).focus()
    people.keyboard.press("k")
    for key in ("ArrowRight", "Enter", *["Control+ArrowRight"] * 2, "Control+ArrowDown", "Enter"):
        people.keyboard.press(key)
    people.keyboard.press("Shift+ArrowLeft")
    people.keyboard.press("Enter")
    expect(status(people)).to_have_text("foot, 2 of 2. N: not there, Enter: no more")
    people.keyboard.press("Enter")
    expect(annotations(people)).to_contain_text(["keypoints, 1 of 2"])
    shape = keypoints(stored_shapes(people))
    assert list(shape.visibility) == [VISIBLE, NOT_THERE]
    assert ring_points(shape.points)[0] == (shape.box.x1 - 1, shape.box.y1)
