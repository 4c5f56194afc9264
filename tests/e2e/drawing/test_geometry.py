"""What is stored is what was pointed at: to half a pixel of the screen at every zoom and density,
and to the number where the pointer is on the edge of a pixel."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from e2e.drawing.board import (
    Point,
    Sight,
    drag,
    draw_box,
    draw_polygon,
    fitted,
    near,
    stored,
    stored_when,
    zoomed,
)
from e2e.sample import annotations

SCALES = (1.0, 2.7, 16.0, 40.0)
ABOUT = (620, 870)


@contextmanager
def on_a_screen_of(page: Page, ratio: float) -> Iterator[None]:
    """The page as on a screen that has so many pixels to a CSS pixel."""
    session = page.context.new_cdp_session(page)
    size = page.viewport_size
    assert size is not None
    screen = {**size, "deviceScaleFactor": ratio, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", screen)
    assert page.evaluate("() => window.devicePixelRatio") == ratio
    try:
        yield
    finally:
        session.send("Emulation.setDeviceMetricsOverride", {**screen, "deviceScaleFactor": 1})
        session.detach()


def corners_about(sight: Sight, middle: Point) -> tuple[Point, Point]:
    """Two points of the image 90 and 70 CSS pixels apart, on no edge of a pixel."""
    x, y = sight.at(middle)
    return sight.image((x - 41.37, y - 30.61)), sight.image((x + 48.83, y + 39.29))


def draws_between_pixels(page: Page, sight: Sight, ratio: float) -> None:
    a, b = corners_about(sight, ABOUT)
    within = 0.5 / ratio / sight.scale + 1e-9
    count = annotations(page).count()
    draw_box(page, sight, a, b)
    expect(annotations(page)).to_have_count(count + 1)
    assert near(stored(page)[-1].box, (*a, *b), within=within), sight

    corners = (a, (b[0], a[1]), b, (a[0] + (b[0] - a[0]) / 3, b[1]))
    draw_polygon(page, sight, *corners)
    expect(annotations(page)).to_have_count(count + 2)
    (ring,) = stored(page)[-1].rings
    assert near(ring, [number for corner in corners for number in corner], within=within), sight


def draws_on_pixels(page: Page, sight: Sight) -> None:
    """Whole numbers, and the handle of a corner goes to others."""
    reach = round(60 / sight.scale)
    x, y = ABOUT
    box = (x - reach, y - reach, x + reach + 1, y + reach + 2)
    count = annotations(page).count()
    draw_box(page, sight, (box[0], box[1]), (box[2], box[3]))
    expect(annotations(page)).to_have_count(count + 1)
    assert stored(page)[-1].box == box
    page.keyboard.press("v")
    away = math.ceil(8 / sight.scale)
    corner = (box[2] - away, box[3] + away)
    drag(page, sight.at((box[2], box[3])), sight.at(corner))
    found = stored_when(page, lambda found: found[-1].revision == 2)
    assert found[-1].box == (box[0], box[1], *corner)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_stored_geometry_is_what_was_pointed_at(sample: Page, ratio: float) -> None:
    with on_a_screen_of(sample, ratio):
        sight = fitted(sample)
        draws_between_pixels(sample, sight, ratio)
        draws_on_pixels(sample, sight)
        for scale in SCALES:
            sight = zoomed(sample, sight, ABOUT, scale)
            draws_between_pixels(sample, sight, ratio)
            draws_on_pixels(sample, sight)
