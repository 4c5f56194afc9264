"""16-bit grey keeps its values: a person sees them through a window, the model through its own."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from e2e.images.files import write, write_grey
from e2e.images.own import after_paint, go_to, new_project, seen, showing, thumbnail
from e2e.sample import leave
from e2e.stored import records
from twoclick.kernels.window import auto_window

WIDTH, HEIGHT = 640, 400
LEAST, GREATEST = 500, 4500

SEEN_WITHIN = 20
"""Seconds in which a window is applied on a slow machine."""


@pytest.fixture
def page(booted_page: Page) -> Iterator[Page]:
    yield booted_page
    leave(booted_page)


def ramp() -> NDArray[np.uint16]:
    """Values that rise evenly from left to right."""
    row = np.linspace(LEAST, GREATEST, WIDTH).round().astype(np.uint16)
    return np.tile(row, (HEIGHT, 1))


LOW, HIGH = auto_window(ramp())


def window(page: Page) -> Locator:
    return page.get_by_role("region", name="Window", exact=True)


def slider(page: Page, name: str) -> Locator:
    return window(page).get_by_role("slider", name=name, exact=True)


def grey_at(page: Page, value: float) -> float:
    """How bright that value is seen, 0 to 255."""
    pixels = seen(page, WIDTH, HEIGHT)
    height, width = pixels.shape[:2]
    place = (value - LEAST) / (GREATEST - LEAST) * width
    return float(pixels[height // 4, min(int(place), width - 1)].mean())


def expect_grey(page: Page, value: float, *, low: int, high: int) -> None:
    """Wait until the value is as bright as it is in that window."""
    wanted = min(max((value - low) * 255 / (high - low), 0), 255)
    latest = monotonic() + SEEN_WITHIN
    after_paint(page)
    while (found := grey_at(page, value)) != pytest.approx(wanted, abs=3):
        assert monotonic() < latest, f"{value} is as bright as {found}, not {wanted}"
        after_paint(page)


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_values_are_seen_through_a_window(page: Page, ending: str, tmp_path: Path) -> None:
    deep = write_grey(tmp_path / f"deep.{ending}", ramp())
    new_project(page, [deep, write(tmp_path / "plain.png")])
    showing(page, f"deep.{ending}")
    asset = next(one for one in records(page, "assets") if one["name"] == deep.name)
    assert (asset["width"], asset["height"], asset["depth"]) == (WIDTH, HEIGHT, 16)

    expect(slider(page, "Black at")).to_have_value(str(LOW))
    expect(slider(page, "White at")).to_have_value(str(HIGH))
    expect(window(page)).to_contain_text(f"The model sees {LOW}-{HIGH} as 0-255")
    for value in (1000, 2500, 4000):
        expect_grey(page, value, low=LOW, high=HIGH)
    assert np.ptp(thumbnail(page, deep.name)[10].mean(axis=1)) > 230

    go_to(page, "plain.png")
    expect(window(page)).to_be_hidden()


def test_the_window_is_set_by_keys_and_given_back(page: Page, tmp_path: Path) -> None:
    deep = write_grey(tmp_path / "deep.png", ramp())
    new_project(page, [deep, write(tmp_path / "plain.png")])
    showing(page, "deep.png")
    auto = window(page).get_by_role("button", name="Auto 1-99 %")
    expect(auto).to_have_attribute("aria-pressed", "true")
    slider(page, "White at").focus()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    expect(auto).to_have_attribute("aria-pressed", "false")
    low = int(slider(page, "Black at").input_value())
    high = int(slider(page, "White at").input_value())
    assert LEAST <= low < high < 1500
    expect(window(page)).to_contain_text(f"The model sees {LOW}-{HIGH} as 0-255")
    for value in (low, 3000):
        expect_grey(page, value, low=low, high=high)

    go_to(page, "plain.png")
    go_to(page, "deep.png")
    expect(slider(page, "White at")).to_have_value(str(high))
    expect_grey(page, 3000, low=low, high=high)
    auto.click()
    expect(auto).to_have_attribute("aria-pressed", "true")
    expect_grey(page, 3000, low=LOW, high=HIGH)
