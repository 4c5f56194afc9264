"""Going from image to image and looking closer loses nothing."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.sample import (
    alone,
    annotator,
    assisted,
    button,
    click_middle,
    film,
    film_says,
    found_natively,
    opened,
    painted,
    paints,
    select_in_list,
    selected,
    status,
    threshold,
)


def zoom(page: Page) -> int:
    """The percentage that the view bar tells."""
    return int((page.get_by_title("Zoom").text_content() or "").rstrip("%"))


def test_keys_and_buttons_step(sample: Page) -> None:
    sample.keyboard.press("d")
    opened(sample, "page-002")
    sample.keyboard.press("ArrowRight")
    opened(sample, "page-003")
    sample.keyboard.press("a")
    opened(sample, "page-002")
    sample.keyboard.press("ArrowLeft")
    opened(sample, "page-001")
    button(sample, "Next image").click()
    opened(sample, "page-002")
    button(sample, "Previous image").click()
    opened(sample, "page-001")
    expect(sample.get_by_text("1 of 24, All")).to_be_visible()


def test_the_ends_do_not_meet(sample: Page) -> None:
    expect(button(sample, "Previous image")).to_be_disabled()
    sample.keyboard.press("a")
    expect(status(sample)).to_have_text("This is the first image of the list")
    opened(sample, "page-001")


def test_the_film_strip_opens_any(sample: Page) -> None:
    film(sample, "page-007").click()
    opened(sample, "page-007")
    expect(film(sample, "page-007")).to_have_attribute("aria-current", "true")
    expect(film(sample, "page-001")).not_to_have_attribute("aria-current", "true")
    expect(annotator(sample)).to_be_focused()


def test_arrows_in_the_film_strip_reach_the_last(sample: Page) -> None:
    film(sample, "page-001").focus()
    sample.keyboard.press("End")
    expect(film(sample, "page-024")).to_be_focused()
    sample.keyboard.press("Enter")
    opened(sample, "page-024")
    expect(button(sample, "Next image")).to_be_disabled()


def test_back_to_the_image_last_worked_on(sample: Page) -> None:
    assisted(sample)
    sample.keyboard.press("Shift+Space")
    film_says(sample, "page-001", r"started, \d+ annotations")
    film(sample, "page-009").click()
    opened(sample, "page-009")
    sample.keyboard.press("Shift+a")
    opened(sample, "page-001")


def test_selected_suggestions_stay_behind_and_it_is_said(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, 0, 1, 2, 3)
    annotator(sample).focus()
    sample.keyboard.press("d")
    opened(sample, "page-002")
    expect(status(sample)).to_contain_text("4 suggestions selected, not committed on page-001")
    film_says(sample, "page-001", "to do, 4 selected, not committed")
    sample.keyboard.press("a")
    opened(sample, "page-001")
    paints(sample, count)
    expect(selected(sample)).to_have_count(4)


def test_zoom_pan_and_fit_lose_nothing(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, 0)
    fitted = zoom(sample)
    area = annotator(sample).bounding_box()
    assert area is not None
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    sample.mouse.move(x, y)
    sample.mouse.wheel(0, -300)
    expect(sample.get_by_title("Zoom")).not_to_have_text(f"{fitted}%")
    assert zoom(sample) > fitted
    sample.keyboard.down("Space")
    sample.mouse.down()
    sample.mouse.move(x + 80, y + 40, steps=3)
    sample.mouse.up()
    sample.keyboard.up("Space")
    expect(selected(sample)).to_have_count(1)
    paints(sample, count)
    sample.keyboard.press("f")
    expect(sample.get_by_title("Zoom")).to_have_text(f"{fitted}%")
    expect(selected(sample)).to_have_count(1)


def test_after_zoom_and_fit_a_click_means_the_same(sample: Page, dist: Path) -> None:
    assisted(sample)
    one = alone(found_natively(dist, "page-001"))[0]
    sample.mouse.wheel(0, -300)
    sample.keyboard.press("0")
    click_middle(sample, one)
    expect(selected(sample)).to_have_count(1)
    expect(selected(sample)).to_have_accessible_name(re.compile(f"^{one.tag} "))


def test_settings_and_suggestions_are_the_same_on_the_way_back(sample: Page) -> None:
    assisted(sample)
    threshold(sample).fill("0.8")
    expect(threshold(sample)).to_have_attribute("aria-valuetext", re.compile("^0.80, shows"))
    count = painted(sample)
    film(sample, "page-002").click()
    opened(sample, "page-002")
    painted(sample)
    expect(threshold(sample)).to_have_value("0.8")
    film(sample, "page-001").click()
    opened(sample, "page-001")
    paints(sample, count)


def test_every_image_can_be_opened_in_a_row(sample: Page) -> None:
    for place in range(2, 25):
        sample.keyboard.press("d")
        opened(sample, f"page-{place:03}")
    expect(button(sample, "Next image")).to_be_disabled()
