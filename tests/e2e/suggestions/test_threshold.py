"""The sliders: what is shown changes at once, without asking the model again."""

import re

from playwright.sync_api import Page, expect

from e2e.sample import (
    assisted,
    falls,
    hidden_reasons,
    listed,
    paints,
    select_in_list,
    suggestions,
    threshold,
)


def shows(page: Page) -> int:
    """How many suggestions the slider says are shown."""
    slider = threshold(page)
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"shows \d+"))
    text = slider.get_attribute("aria-valuetext") or ""
    return int(text.rpartition(" ")[2])


def test_higher_never_shows_more(sample: Page) -> None:
    assisted(sample)
    slider = threshold(sample)
    counts = []
    slider.focus()
    sample.keyboard.press("Home")
    for value in range(0, 101, 10):
        slider.fill(f"{value / 100}")
        expect(slider).to_have_attribute(
            "aria-valuetext", re.compile(rf"^{value / 100:.2f}, shows")
        )
        counts.append(shows(sample))
        expect(suggestions(sample)).to_have_count(counts[-1])
        assert all(one.score >= value / 100 for one in listed(sample))
    assert falls(counts)
    assert counts[0] > counts[5] > counts[-1] == 0


def test_keyboard_on_the_slider(sample: Page) -> None:
    at_half = assisted(sample)
    slider = threshold(sample)
    expect(slider).to_have_value("0.5")
    slider.focus()
    sample.keyboard.press("ArrowLeft")
    expect(slider).to_have_value("0.49")
    sample.keyboard.press("Home")
    expect(slider).to_have_value("0")
    expect(suggestions(sample).nth(at_half)).to_be_attached()
    sample.keyboard.press("End")
    paints(sample, 0)
    expect(sample.get_by_text("Nothing above 1.00")).to_be_visible()


def test_keys_move_it_by_a_twentieth(sample: Page) -> None:
    assisted(sample)
    sample.keyboard.press("q")
    expect(threshold(sample)).to_have_value("0.45")
    sample.keyboard.press("w")
    sample.keyboard.press("w")
    expect(threshold(sample)).to_have_value("0.55")


def test_pointer_shows_while_it_drags(sample: Page) -> None:
    at_half = assisted(sample)
    box = threshold(sample).bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    sample.mouse.move(box["x"] + box["width"] / 2, middle)
    sample.mouse.down()
    sample.mouse.move(box["x"] + box["width"] * 0.3, middle, steps=4)
    expect(suggestions(sample).nth(at_half)).to_be_attached()
    more = suggestions(sample).count()
    sample.mouse.move(box["x"] + box["width"] * 0.9, middle, steps=4)
    expect(suggestions(sample).nth(more - 1)).not_to_be_attached()
    expect(suggestions(sample).nth(at_half)).not_to_be_attached()
    sample.mouse.up()
    value = float(threshold(sample).input_value())
    assert 0.8 < value < 1
    assert all(one.score >= value for one in listed(sample))


def test_hidden_ones_are_counted_with_their_reason(sample: Page) -> None:
    at_half = assisted(sample)
    expect(hidden_reasons(sample).filter(has_text="below the threshold")).to_have_count(1)
    threshold(sample).fill("0")
    expect(suggestions(sample).nth(at_half)).to_be_attached()
    expect(hidden_reasons(sample).filter(has_text="below the threshold")).to_have_count(0)
    expect(hidden_reasons(sample).filter(has_text="overlapping a better one")).to_have_count(1)


def test_overlap_shows_more_when_it_is_higher(sample: Page) -> None:
    assisted(sample)
    threshold(sample).fill("0.05")
    overlap = sample.get_by_role("slider", name="Overlap", exact=True)
    counts = []
    for value in ("0.9", "0.5", "0.1"):
        overlap.fill(value)
        expect(overlap).to_have_attribute("aria-valuetext", f"{float(value):.2f}")
        counts.append(shows(sample))
    assert falls(counts)
    assert counts[0] > counts[-1]


def test_a_tag_has_a_threshold_of_its_own(sample: Page) -> None:
    assisted(sample)
    others = [one for one in listed(sample) if one.tag != "Text"]
    assert len(others) < suggestions(sample).count()
    sample.get_by_text("Threshold per tag").click()
    slider = sample.get_by_role("slider", name="Text threshold", exact=True)
    slider.fill("1")
    paints(sample, len(others))
    assert listed(sample) == others
    threshold(sample).fill("0.4")
    expect(slider).to_have_value("1")


def test_a_selected_one_stays_below_the_threshold(sample: Page) -> None:
    count = assisted(sample)
    select_in_list(sample, count - 1)
    threshold(sample).fill("1")
    paints(sample, 1)
    suggestions(sample).first.click()
    paints(sample, 0)
