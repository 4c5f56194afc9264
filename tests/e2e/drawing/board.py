"""Where points of the image are in the window at any zoom, and which shapes are stored.

The camera is followed from outside, by what is documented: the image is fitted into the view, a
wheel zooms about the pointer. What was drawn is read from the store, past the page.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page, expect

from e2e.images.own import after_paint
from e2e.sample import PAGE_HEIGHT, PAGE_WIDTH, annotator, saved
from e2e.stored import records
from twoclick.domain.annotation import Annotation
from twoclick.domain.geometry import Box, Shape, bounds, rings_of
from twoclick.domain.rings import ring_numbers
from twoclick.domain.shape_problems import kind_noun
from twoclick.session.document_records import document_value

Point = tuple[float, float]

STORED_WITHIN = 30
"""Seconds in which a change is in the store on a slow machine."""

_FIT_MARGIN = 12
_ZOOM_PER_WHEEL_PIXEL = 0.0015


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What the view shows: pixels of the image at its corner, and how large they are."""

    left: float
    top: float
    x: float
    y: float
    scale: float

    def at(self, point: Point) -> Point:
        """Where a point of the image is in the window."""
        x, y = point
        return self.left + (x - self.x) * self.scale, self.top + (y - self.y) * self.scale

    def image(self, point: Point) -> Point:
        """Which point of the image lies at a point of the window."""
        x, y = point
        return self.x + (x - self.left) / self.scale, self.y + (y - self.top) / self.scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An annotation in the store."""

    kind: str
    box: tuple[float, ...]
    rings: tuple[tuple[float, ...], ...]
    edited: bool
    revision: int


def fitted(page: Page) -> Sight:
    """The sight of an image of the sample that is fitted into the view."""
    area = annotator(page).bounding_box()
    assert area is not None
    scale = min(
        (area["width"] - 2 * _FIT_MARGIN) / PAGE_WIDTH,
        (area["height"] - 2 * _FIT_MARGIN) / PAGE_HEIGHT,
    )
    return Sight(
        left=area["x"],
        top=area["y"],
        x=(PAGE_WIDTH - area["width"] / scale) / 2,
        y=(PAGE_HEIGHT - area["height"] / scale) / 2,
        scale=scale,
    )


def zoomed(page: Page, sight: Sight, point: Point, scale: float) -> Sight:
    """Zoom by the wheel about a point of the image, until a pixel has that size."""
    x, y = sight.at(point)
    at = (round(x), round(y))  # a wheel event says whole pixels only
    page.mouse.move(*at)
    # The browser is given pixels of the screen and tells CSS pixels.
    ratio = page.evaluate("() => window.devicePixelRatio")
    page.mouse.wheel(0, -ratio * math.log(scale / sight.scale) / _ZOOM_PER_WHEEL_PIXEL)
    expect(page.get_by_title("Zoom", exact=True)).to_have_text(f"{round(scale * 100)}%")
    fixed = sight.image(at)
    return replace(
        sight,
        x=fixed[0] - (at[0] - sight.left) / scale,
        y=fixed[1] - (at[1] - sight.top) / scale,
        scale=scale,
    )


def drag(page: Page, *points: Point) -> None:
    """Press at the first point of the window, go by the others, let go at the last."""
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=3)
    page.mouse.up()


def draw_box(page: Page, sight: Sight, corner: Point, opposite: Point) -> None:
    """Draw a box by a drag, from corner to corner on the image."""
    page.keyboard.press("r")
    drag(page, sight.at(corner), sight.at(opposite))


def draw_polygon(page: Page, sight: Sight, *corners: Point) -> None:
    """Draw a polygon by clicks and Enter."""
    page.keyboard.press("p")
    for corner in corners:
        page.mouse.click(*sight.at(corner))
    page.keyboard.press("Enter")


def tool(page: Page, name: str) -> Locator:
    """A button of the tool bar; the chosen one is pressed."""
    tools = page.get_by_role("toolbar", name="Tools", exact=True)
    return tools.get_by_role("button", name=name, exact=True)


def chosen(page: Page, name: str) -> None:
    """Wait until a tool is the chosen one."""
    expect(tool(page, name)).to_have_attribute("aria-pressed", "true")


def stored(page: Page) -> list[Stored]:
    """The annotations of the project in the order of their making, once all is saved."""
    saved(page)
    documents = (document_value(_with_bytes(one)) for one in records(page, "documents"))
    return [_stored(one) for document in documents for one in document.annotations.values()]


def stored_shapes(page: Page) -> list[Shape]:
    """The shapes of the annotations in the order of their making, once all is saved."""
    saved(page)
    documents = (document_value(_with_bytes(one)) for one in records(page, "documents"))
    return [one.shape for document in documents for one in document.annotations.values()]


def shapes_when(page: Page, holds: Callable[[list[Shape]], bool]) -> list[Shape]:
    """The shapes in the store, once they are as expected."""
    latest = monotonic() + STORED_WITHIN
    while not holds(found := stored_shapes(page)):
        assert monotonic() < latest, f"never in the store: {found}"
        after_paint(page)
    return found


def stored_when(page: Page, holds: Callable[[list[Stored]], bool]) -> list[Stored]:
    """The annotations in the store, once they are as expected."""
    latest = monotonic() + STORED_WITHIN
    while not holds(found := stored(page)):
        assert monotonic() < latest, f"never in the store: {found}"
        after_paint(page)
    return found


def near(found: Sequence[float], expected: Sequence[float], *, within: float) -> bool:
    """Whether numbers are as close to others as that."""
    return len(found) == len(expected) and bool(
        np.abs(np.subtract(found, expected)).max() <= within
    )


def _stored(annotation: Annotation) -> Stored:
    shape = annotation.shape
    return Stored(
        kind=kind_noun(shape),
        box=tuple(bounds(shape)),
        rings=()
        if isinstance(shape, Box)
        else tuple(tuple(ring_numbers(ring)) for ring in rings_of(shape)),
        edited=annotation.edited,
        revision=annotation.revision,
    )


def _with_bytes(record: dict[str, Any]) -> dict[str, Any]:
    packed = ("boxes", "kinds", "rings", "points", "visibility")
    return {**record, **{name: bytes(record[name]) for name in packed}}
