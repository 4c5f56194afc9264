"""Selecting suggestions on the canvas, in the list and by keys: the selected have a colour."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, expect

from e2e.sample import (
    Found,
    alone,
    assisted,
    click_middle,
    found_natively,
    hidden_reasons,
    listed,
    on_screen,
    opened,
    painted,
    paints,
    select_in_list,
    selected,
    suggestions,
)

NEAR = 24
"""How far, of 255, a channel may be from a colour and still be that colour, smoothed as it is."""

DARK = 190
"""What paper never is: a line of dashes and their casing is darker from end to end."""


def border_has(page: Page, box: Sequence[float], color: str) -> bool:
    """Whether the upper border of a box on the canvas is dashed in a colour."""
    wanted = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)])
    like = np.abs(_upper_border(page, box) - wanted).max(axis=2) <= NEAR
    return bool(like.any(axis=0).mean() > 0.25)


def border_is_grey(page: Page, box: Sequence[float], *, above: float = 0) -> bool:
    """Whether the upper border of a box, or a line that far above it, is cased without a colour."""
    line = _upper_border(page, box, above=above)
    neutral = line.max(axis=2) - line.min(axis=2) <= NEAR
    dark = (line.max(axis=2) <= DARK) & neutral
    return bool(dark.any(axis=0).mean() > 0.9)


def _upper_border(page: Page, box: Sequence[float], *, above: float = 0) -> NDArray[np.int64]:
    """Pixels (height, width, 3) where the upper border is, its ends left out."""
    x0, y0, x1, _ = on_screen(page, box)
    clip = {"x": x0 + 12, "y": y0 - above - 3.5, "width": x1 - x0 - 24, "height": 5}
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip)))
    return np.asarray(picture.convert("RGB")).astype(np.int64)


def look_away(page: Page) -> None:
    """Pointer and focus go elsewhere: the ring of a focused shape would cover its line."""
    page.mouse.move(0, 0)
    page.keyboard.press("z")


def color_of(dist: Path, tag: str) -> str:
    """The colour that the sample gives a tag."""
    sample = json.loads((dist / "samples/pages/pages.json").read_text())
    return next(one["color"] for one in sample["tags"] if one["name"] == tag)


@pytest.fixture
def found(sample: Page, dist: Path) -> list[Found]:
    """Suggestions of the first image that a click in their middle can mean, the largest first.

    The page has been assisted.
    """
    assisted(sample)
    singles = alone(found_natively(dist, "page-001"))
    assert len(singles) > 3
    return sorted(singles, key=lambda one: (one.box[0] - one.box[2]) * (one.box[3] - one.box[1]))


def test_a_shown_one_is_grey_where_the_model_found_it(sample: Page, found: list[Found]) -> None:
    sample.keyboard.press("l")
    for one in found[:3]:
        assert border_is_grey(sample, one.box), one
    assert not border_is_grey(sample, found[0].box, above=7)
    sample.keyboard.press("l")


def test_a_click_gives_it_the_colour_of_its_tag(
    sample: Page, found: list[Found], dist: Path
) -> None:
    one = found[0]
    color = color_of(dist, one.tag)
    assert not border_has(sample, one.box, color)
    click_middle(sample, one)
    expect(selected(sample)).to_have_count(1)
    look_away(sample)
    assert border_has(sample, one.box, color)
    click_middle(sample, one)
    expect(selected(sample)).to_have_count(0)
    look_away(sample)
    assert not border_has(sample, one.box, color)
    assert border_is_grey(sample, one.box)


def test_every_click_means_what_lies_there(sample: Page, found: list[Found]) -> None:
    for count, one in enumerate(found, start=1):
        click_middle(sample, one)
        expect(selected(sample)).to_have_count(count)
        names = selected(sample).evaluate_all("rows => rows.map(row => row.ariaLabel)")
        assert any(name.startswith(f"{one.tag} ") for name in names), one


def test_the_list_selects_as_well(sample: Page, found: list[Found], dist: Path) -> None:
    one = found[0]
    place = min(range(len(found)), key=lambda at: abs(listed(sample)[at].score - one.score))
    select_in_list(sample, place)
    look_away(sample)
    assert border_has(sample, one.box, color_of(dist, one.tag))
    suggestions(sample).nth(place).click()
    expect(selected(sample)).to_have_count(0)


def test_keys_select_the_least_sure_first(sample: Page) -> None:
    count = assisted(sample)
    sample.keyboard.press("z")
    sample.keyboard.press("Enter")
    expect(suggestions(sample).nth(count - 1)).to_be_checked()
    sample.keyboard.press("z")
    sample.keyboard.press("Enter")
    expect(suggestions(sample).nth(count - 2)).to_be_checked()
    sample.keyboard.press("Shift+z")
    sample.keyboard.press("Enter")
    expect(suggestions(sample).nth(count - 1)).not_to_be_checked()
    expect(selected(sample)).to_have_count(1)


def test_arrows_and_space_select_in_the_list(sample: Page) -> None:
    assisted(sample)
    suggestions(sample).first.focus()
    sample.keyboard.press("ArrowDown")
    expect(suggestions(sample).nth(1)).to_be_focused()
    sample.keyboard.press("Space")
    expect(suggestions(sample).nth(1)).to_be_checked()
    expect(selected(sample)).to_have_count(1)


def test_a_hand_that_slips_selects_nothing(sample: Page, found: list[Found]) -> None:
    x0, y0, x1, y1 = on_screen(sample, found[0].box)
    sample.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    sample.mouse.down()
    sample.mouse.move((x0 + x1) / 2 + 15, (y0 + y1) / 2, steps=3)
    sample.mouse.up()
    click_middle(sample, found[1])
    expect(selected(sample)).to_have_count(1)


def test_c_takes_the_other_reading(sample: Page) -> None:
    assisted(sample)
    for name in ("page-002", "page-003", "page-004", "page-005"):
        sample.keyboard.press("d")
        opened(sample, name)
    count = painted(sample)
    either = suggestions(sample).and_(sample.locator("[aria-label*=', or ']")).first
    better, _, other = (either.get_attribute("aria-label") or "").partition(", or ")
    either.click()
    expect(either).to_be_checked()
    sample.keyboard.press("c")
    swapped = sample.get_by_role("checkbox", name=f"{other}, or {better}", exact=True)
    expect(swapped).to_be_checked()
    paints(sample, count)


def test_x_rejects_what_is_focused(sample: Page) -> None:
    count = assisted(sample)
    worst = listed(sample)[-1]
    sample.keyboard.press("z")
    sample.keyboard.press("x")
    paints(sample, count - 1)
    assert worst not in listed(sample)
    expect(hidden_reasons(sample).filter(has_text="rejected before")).to_have_count(1)
