"""Annotations and suggestions are moved, resized, turned and reshaped; each change is one step."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.drawing.board import (
    Stored,
    chosen,
    drag,
    draw_box,
    draw_polygon,
    fitted,
    near,
    stored,
    stored_when,
)
from e2e.sample import (
    Found,
    alone,
    annotations,
    assisted,
    button,
    click_middle,
    found_natively,
    on_screen,
    painted,
    selected,
    status,
    suggestions,
)

UNDO, REDO = "Control+z", "Control+Shift+z"
TRIANGLE = ((300, 300), (700, 300), (300, 700))


def undone(page: Page, before: Stored, after: Stored) -> None:
    """Undo brings the one back, redo the other."""
    page.keyboard.press(UNDO)
    stored_when(page, lambda found: found[-1] == before)
    page.keyboard.press(REDO)
    stored_when(page, lambda found: found[-1] == after)


@pytest.mark.parametrize(
    ("grip", "to", "expected"),
    [
        ((400, 500), (450, 520), (250, 320, 650, 720)),
        ((600, 700), (660, 740), (200, 300, 660, 740)),
        ((200, 500), (150, 400), (150, 300, 600, 700)),
        ((400, 300), (500, 800), (200, 700, 600, 800)),
        ((400, 500), (-2000, 400), (0, 200, 400, 600)),
    ],
    ids=["inside", "corner", "edge", "edge beyond the other", "off the image"],
)
def test_a_box_is_moved_and_resized(
    sample: Page,
    grip: tuple[float, float],
    to: tuple[float, float],
    expected: tuple[float, ...],
) -> None:
    sight = fitted(sample)
    draw_box(sample, sight, (200, 300), (600, 700))
    expect(annotations(sample)).to_have_count(1)
    sample.keyboard.press("v")
    before = stored(sample)[0]
    drag(sample, sight.at(grip), sight.at(to))
    (after,) = stored_when(sample, lambda found: found[0].revision == 2)
    assert near(after.box, expected, within=1 / sight.scale)
    assert after.edited
    undone(sample, before, after)


def test_a_click_moves_nothing(sample: Page) -> None:
    sight = fitted(sample)
    draw_box(sample, sight, (200, 300), (600, 700))
    expect(annotations(sample)).to_have_count(1)
    sample.keyboard.press("v")
    x, y = sight.at((400, 500))
    drag(sample, (x, y), (x + 2, y + 1))
    drag(sample, (x, y), (x + 9, y + 9), (x, y))
    expect(button(sample, "Undo")).to_have_accessible_description("Draw box")


def test_points_of_a_polygon_are_moved_added_and_removed(sample: Page) -> None:
    sight = fitted(sample)
    within = 1 / sight.scale
    draw_polygon(sample, sight, *TRIANGLE)
    expect(annotations(sample)).to_have_count(1)
    sample.keyboard.press("v")
    history = stored(sample)

    drag(sample, sight.at((700, 300)), sight.at((800, 350)))
    history += stored_when(sample, lambda found: found[0].revision == 2)
    assert near(history[-1].rings[0], (300, 300, 800, 350, 300, 700), within=within)

    drag(sample, sight.at((550, 525)), sight.at((700, 650)))
    history += stored_when(sample, lambda found: found[0].revision == 3)
    assert near(history[-1].rings[0], (300, 300, 800, 350, 700, 650, 300, 700), within=within)

    sample.mouse.click(*sight.at((300, 500)))
    history += stored_when(sample, lambda found: found[0].revision == 4)
    assert len(history[-1].rings[0]) == 10

    sample.keyboard.press("Delete")
    history += stored_when(sample, lambda found: found[0].revision == 5)
    assert near(history[-1].rings[0], history[2].rings[0], within=within)

    sample.keyboard.down("Alt")
    sample.mouse.click(*sight.at((700, 650)))
    sample.keyboard.up("Alt")
    history += stored_when(sample, lambda found: found[0].revision == 6)
    assert near(history[-1].rings[0], (300, 300, 800, 350, 300, 700), within=within)

    for earlier in reversed(history[:-1]):
        sample.keyboard.press(UNDO)
        stored_when(sample, lambda found, earlier=earlier: found == [earlier])


def test_a_crossing_is_refused_and_can_be_mended(sample: Page) -> None:
    sight = fitted(sample)
    square = ((300, 300), (700, 300), (700, 700), (300, 700))
    draw_polygon(sample, sight, *square)
    expect(annotations(sample)).to_have_count(1)
    sample.keyboard.press("v")
    drag(sample, sight.at((700, 300)), sight.at((200, 600)))
    expect(status(sample)).to_have_text("The polygon crosses itself")
    drag(sample, sight.at((200, 600)), sight.at((800, 200)))
    (after,) = stored_when(sample, lambda found: found[0].revision == 2)
    expected = (300, 300, 800, 200, 700, 700, 300, 700)
    assert near(after.rings[0], expected, within=1 / sight.scale)
    expect(status(sample)).to_have_text("The shape was changed")

    drag(sample, sight.at((800, 200)), sight.at((200, 600)))
    expect(status(sample)).to_have_text("The polygon crosses itself")
    sample.keyboard.press(UNDO)
    expect(button(sample, "Undo")).to_have_accessible_description("Change shape")
    assert stored(sample) == [after]


def test_a_rotated_box_turns_and_keeps_its_size(sample: Page) -> None:
    sight = fitted(sample)
    sample.keyboard.press("o")
    drag(sample, sight.at((400, 800)), sight.at((800, 800)))
    sample.mouse.click(*sight.at((600, 1000)))
    expect(annotations(sample)).to_have_count(1)
    sample.keyboard.press("v")
    before = stored(sample)[0]
    x, y = sight.at((600, 800))
    drag(sample, (x, y - 24), sight.at((900, 900)))
    (after,) = stored_when(sample, lambda found: found[0].revision == 2)
    assert near(after.box, (500, 700, 700, 1100), within=3 / sight.scale)
    undone(sample, before, after)


def test_keys_take_handles_and_move_them(sample: Page) -> None:
    sight = fitted(sample)
    draw_box(sample, sight, (200, 300), (600, 700))
    expect(annotations(sample)).to_have_count(1)
    sample.keyboard.press("v")
    x0, y0, x1, y1 = stored(sample)[0].box
    for _ in range(5):
        sample.keyboard.press("e")
    expect(status(sample)).to_contain_text("bottom right corner")
    sample.keyboard.press("Shift+ArrowRight")
    stored_when(sample, lambda found: found[0].box == (x0, y0, x1 + 1, y1))
    sample.keyboard.press("Control+Shift+ArrowUp")
    stored_when(sample, lambda found: found[0].box == (x0, y0, x1 + 1, y1 - 10))
    sample.keyboard.press("Escape")
    sample.keyboard.press("Shift+ArrowRight")
    stored_when(sample, lambda found: found[0].box == (x0 + 1, y0, x1 + 2, y1 - 10))


def test_nudges_in_a_row_are_one_step(sample: Page) -> None:
    draw_box(sample, fitted(sample), (200, 300), (600, 700))
    expect(annotations(sample)).to_have_count(1)
    x0, y0, x1, y1 = stored(sample)[0].box
    sample.keyboard.press("v")
    for _ in range(3):
        sample.keyboard.press("Shift+ArrowRight")
    sample.keyboard.press("Control+Shift+ArrowDown")
    stored_when(sample, lambda found: found[0].box == (x0 + 3, y0 + 10, x1 + 3, y1 + 10))
    sample.keyboard.press(UNDO)
    stored_when(sample, lambda found: found[0].box == (x0, y0, x1, y1))


@pytest.fixture
def one(sample: Page, dist: Path) -> Found:
    """The largest suggestion that a click in its middle can mean; the page has been assisted."""
    assisted(sample)
    found = alone(found_natively(dist, "page-001"))
    return max(found, key=lambda one: (one.box[2] - one.box[0]) * (one.box[3] - one.box[1]))


def test_a_moved_suggestion_is_marked_selected_and_committed_as_it_is(
    sample: Page, one: Found
) -> None:
    count = painted(sample)
    sight = fitted(sample)
    click_middle(sample, one)
    expect(selected(sample)).to_have_count(1)
    x0, y0, x1, y1 = on_screen(sample, one.box)
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    drag(sample, middle, (middle[0] - 20, middle[1] + 30))
    edited = suggestions(sample).and_(sample.locator("[aria-label*=', edited']"))
    expect(edited).to_have_count(1)
    expect(edited).to_be_checked()
    expect(suggestions(sample)).to_have_count(count)
    expect(annotations(sample)).to_have_count(0)

    sample.keyboard.press("Space")
    expect(annotations(sample)).to_contain_text(["edited"])
    by = (-20 / sight.scale, 30 / sight.scale)
    expected = [side + by[at % 2] for at, side in enumerate(one.box)]
    (after,) = stored(sample)
    assert near(after.box, expected, within=2 / sight.scale)
    sample.keyboard.press(UNDO)
    expect(edited).to_have_count(1)
    sample.keyboard.press(UNDO)
    expect(edited).to_have_count(0)
    expect(suggestions(sample)).to_have_count(count)


def test_a_drag_moves_only_what_is_focused(sample: Page, one: Found) -> None:
    x0, y0, x1, y1 = on_screen(sample, one.box)
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    drag(sample, middle, (middle[0] + 40, middle[1]))
    click_middle(sample, one)
    expect(selected(sample)).to_have_count(1)
    expect(suggestions(sample).and_(sample.locator("[aria-label*='edited']"))).to_have_count(0)
    chosen(sample, "Select")


def test_suggestions_are_retagged_and_rejected_from_the_list(sample: Page, one: Found) -> None:
    count = painted(sample)
    row = suggestions(sample).last
    sample.keyboard.press("Tab")
    row.focus()
    sample.keyboard.press("5")
    expect(row).to_have_accessible_name(re.compile(r"^Table .*edited"))
    sample.keyboard.press("x")
    expect(suggestions(sample)).to_have_count(count - 1)
    sample.keyboard.press(UNDO)
    sample.keyboard.press(UNDO)
    expect(row).not_to_have_accessible_name(re.compile("edited"))
