"""Boxes and polygons are drawn; a gesture that goes wrong loses nothing and breaks nothing."""

from playwright.sync_api import Page, expect

from e2e.drawing.board import (
    Sight,
    chosen,
    drag,
    draw_box,
    draw_polygon,
    fitted,
    near,
    stored,
    stored_when,
    tool,
)
from e2e.sample import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    annotations,
    annotator,
    assisted,
    button,
    opened,
    status,
)

UNDO = "Control+z"
SQUARE = ((300, 300), (500, 300), (500, 500), (300, 500))


def pixel(sight: Sight) -> float:
    """Half a pixel of the screen, in pixels of the image."""
    return 0.5 / sight.scale


def test_two_clicks_draw_a_box_and_the_new_shape_has_the_focus(sample: Page) -> None:
    sight = fitted(sample)
    tool(sample, "Box").click()
    sample.mouse.click(*sight.at((200, 300)))
    sample.mouse.click(*sight.at((700, 800)))
    expect(annotations(sample)).to_have_count(1)
    assert near(stored(sample)[0].box, (200, 300, 700, 800), within=pixel(sight))
    expect(annotations(sample).nth(0)).to_have_attribute("data-focus", "")
    sample.keyboard.press("3")
    expect(annotations(sample).nth(0)).to_contain_text("Figure")
    sample.keyboard.press(UNDO)
    expect(annotations(sample).nth(0)).to_contain_text("Text")
    sample.keyboard.press(UNDO)
    expect(annotations(sample)).to_have_count(0)


def test_while_suggestions_show_a_tool_draws_one_shape(sample: Page) -> None:
    assisted(sample)
    sight = fitted(sample)
    draw_box(sample, sight, (20, 20), (120, 90))
    chosen(sample, "Select")
    sample.keyboard.press("Shift+r")
    drag(sample, sight.at((20, 120)), sight.at((120, 200)))
    drag(sample, sight.at((20, 220)), sight.at((120, 300)))
    expect(annotations(sample)).to_have_count(3)
    chosen(sample, "Box")


def test_a_drag_that_leaves_the_window_ends_on_the_border(sample: Page) -> None:
    sight = fitted(sample)
    sample.keyboard.press("r")
    size = sample.viewport_size
    assert size is not None
    drag(sample, sight.at((900, 1500)), (size["width"] - 4, size["height"] - 4), (5000, 4000))
    expect(annotations(sample)).to_have_count(1)
    box = stored(sample)[0].box
    assert near(box, (900, 1500, PAGE_WIDTH, PAGE_HEIGHT), within=pixel(sight))


def test_undo_during_a_drag_ends_the_drag_alone(sample: Page) -> None:
    sight = fitted(sample)
    draw_box(sample, sight, (100, 100), (300, 300))
    expect(annotations(sample)).to_have_count(1)
    sample.mouse.move(*sight.at((400, 400)))
    sample.mouse.down()
    sample.mouse.move(*sight.at((600, 600)), steps=3)
    sample.keyboard.press(UNDO)
    sample.mouse.move(*sight.at((650, 650)), steps=3)
    sample.mouse.up()
    sample.keyboard.press("v")
    expect(annotations(sample)).to_have_count(1)
    expect(button(sample, "Undo")).to_have_accessible_description("Draw box")

    x, y = sight.at((200, 300))
    sample.mouse.move(x, y)
    sample.mouse.down()
    sample.mouse.move(x, y + 50, steps=3)
    sample.keyboard.press(UNDO)
    sample.mouse.up()
    assert stored(sample)[0].revision == 1
    sample.keyboard.press(UNDO)
    expect(annotations(sample)).to_have_count(0)


def test_a_pointer_that_is_cancelled_draws_nothing(sample: Page) -> None:
    sight = fitted(sample)
    sample.keyboard.press("r")
    sample.mouse.move(*sight.at((100, 100)))
    sample.mouse.down()
    sample.mouse.move(*sight.at((300, 300)), steps=3)
    annotator(sample).dispatch_event("pointercancel", {"pointerId": 1})
    sample.mouse.up()
    draw_box(sample, sight, (400, 400), (600, 600))
    expect(annotations(sample)).to_have_count(1)
    assert near(stored(sample)[0].box, (400, 400, 600, 600), within=pixel(sight))


def test_escape_gives_a_shape_up_and_undo_brings_it_back(sample: Page) -> None:
    sight = fitted(sample)
    sample.keyboard.press("p")
    for corner in SQUARE[:3]:
        sample.mouse.click(*sight.at(corner))
    sample.keyboard.press("Escape")
    sample.keyboard.press("Enter")
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press("Escape")
    sample.keyboard.press("Escape")
    chosen(sample, "Select")
    sample.keyboard.press(UNDO)
    chosen(sample, "Polygon")
    sample.mouse.click(*sight.at(SQUARE[3]))
    sample.keyboard.press("Enter")
    expect(annotations(sample)).to_have_count(1)
    (ring,) = stored(sample)[0].rings
    assert near(ring, [number for corner in SQUARE for number in corner], within=pixel(sight))


def test_a_polygon_closes_by_a_double_click_and_on_its_first_corner(sample: Page) -> None:
    sight = fitted(sample)
    sample.keyboard.press("p")
    for corner in SQUARE[:3]:
        sample.mouse.click(*sight.at(corner))
    sample.mouse.dblclick(*sight.at(SQUARE[3]))
    expect(annotations(sample)).to_have_count(1)
    for corner in (*SQUARE[:3], SQUARE[0]):
        sample.mouse.click(*sight.at((corner[0] + 300, corner[1] + 300)))
    expect(annotations(sample)).to_have_count(2)
    assert [len(one.rings[0]) for one in stored(sample)] == [8, 6]


def test_a_polygon_that_crosses_itself_is_refused_and_goes_on(sample: Page) -> None:
    sight = fitted(sample)
    a, b, c, d = SQUARE
    draw_polygon(sample, sight, a, c, b, d)
    expect(status(sample)).to_have_text("The polygon crosses itself")
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press("Backspace")
    sample.keyboard.press("Enter")
    expect(annotations(sample)).to_have_count(1)
    assert len(stored(sample)[0].rings[0]) == 6


def test_a_box_without_height_is_refused_and_goes_on(sample: Page) -> None:
    sight = fitted(sample)
    draw_box(sample, sight, (300, 300), (600, 300))
    expect(status(sample)).to_contain_text("The box is too small")
    sample.mouse.click(*sight.at((600, 450)))
    expect(annotations(sample)).to_have_count(1)
    assert near(stored(sample)[0].box, (300, 300, 600, 450), within=pixel(sight))


def test_a_draft_waits_where_it_was_begun(sample: Page) -> None:
    sight = fitted(sample)
    sample.keyboard.press("p")
    for corner in SQUARE[:2]:
        sample.mouse.click(*sight.at(corner))
    sample.keyboard.press("d")
    opened(sample, "page-002")
    sample.keyboard.press("Enter")
    sample.keyboard.press("a")
    opened(sample, "page-001")
    expect(annotations(sample)).to_have_count(0)
    sample.keyboard.press(UNDO)
    sample.mouse.click(*sight.at(SQUARE[2]))
    sample.keyboard.press("Enter")
    expect(annotations(sample)).to_have_count(1)


def test_a_rotated_box_is_drawn_from_its_edge(sample: Page) -> None:
    sight = fitted(sample)
    sample.keyboard.press("o")
    drag(sample, sight.at((300, 600)), sight.at((700, 900)))
    sample.mouse.click(*sight.at((640, 980)))
    expect(annotations(sample)).to_have_count(1)
    (one,) = stored(sample)
    assert one.kind == "rotated box"
    assert near(one.rings[0][:4], (300, 600, 700, 900), within=pixel(sight))


def test_keys_alone_draw_a_box(sample: Page) -> None:
    annotator(sample).focus()
    sample.keyboard.press("r")
    sample.keyboard.press("ArrowLeft")
    sample.keyboard.press("Enter")
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowDown", "Control+ArrowRight"):
        sample.keyboard.press(key)
    sample.keyboard.press("Enter")
    expect(annotations(sample)).to_have_count(1)
    x0, y0, x1, y1 = stored(sample)[0].box
    assert (x0, y0, x1, y1) == tuple(map(round, (x0, y0, x1, y1)))
    scale = fitted(sample).scale
    assert x1 - x0 == round(16 / scale) + round(80 / scale)
    assert y1 - y0 == round(16 / scale) + 1
    sample.keyboard.press("2")
    expect(annotations(sample).nth(0)).to_contain_text("Title")
    sample.keyboard.press("Shift+ArrowLeft")
    found = stored_when(sample, lambda found: found[0].box[0] == x0 - 1)
    assert found[0].box == (x0 - 1, y0, x1 - 1, y1)


def test_keys_alone_draw_a_polygon(sample: Page) -> None:
    annotator(sample).focus()
    sample.keyboard.press("p")
    for moves in (("ArrowUp",), ("Control+ArrowRight",), ("Control+ArrowDown", "ArrowDown")):
        for key in moves:
            sample.keyboard.press(key)
        sample.keyboard.press("Enter")
    sample.keyboard.press("Enter")
    expect(annotations(sample)).to_have_count(1)
    assert len(stored(sample)[0].rings[0]) == 6


def test_a_draft_given_up_does_not_take_undo_from_other_images(sample: Page) -> None:
    sample.keyboard.press("p")
    for key in ("Enter", "ArrowRight", "Enter", "Escape", "d"):
        sample.keyboard.press(key)
    opened(sample, "page-002")
    sample.keyboard.press("g")
    opened(sample, "page-003")
    sample.keyboard.press(UNDO)
    opened(sample, "page-002")
