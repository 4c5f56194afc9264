"""Model Assist: asked by one key, the model's answer is shown, and the next images are ready."""

from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.sample import (
    agree,
    assisted,
    button,
    found_natively,
    listed,
    opened,
    painted,
    paints,
    suggestions,
)
from e2e.stored import count_stored

RECORD_WAITS = """() => {
  self.waits = [];
  const note = () => {
    for (const bar of document.querySelectorAll("progress"))
      if (!bar.ariaHidden && bar.ariaLabel?.startsWith("Model Assist")) waits.push(bar.ariaLabel);
  };
  new MutationObserver(note).observe(document.body, {
    subtree: true, attributes: true, childList: true,
  });
}"""


def test_nothing_is_suggested_before_the_key(sample: Page) -> None:
    expect(suggestions(sample)).to_have_count(0)
    expect(sample.get_by_role("switch", name="Assist on open")).not_to_be_checked()
    expect(button(sample, "Model Assist")).to_be_enabled()


def test_first_press_shows_what_the_model_finds(sample: Page, dist: Path) -> None:
    sample.keyboard.press("m")
    progress = sample.get_by_role("progressbar", name="Model Assist on page-001")
    expect(progress).to_be_visible()
    painted(sample)
    expect(progress).to_be_hidden()
    assert agree(listed(sample), found_natively(dist, "page-001"))


def test_the_button_does_what_the_key_does(sample: Page) -> None:
    button(sample, "Model Assist").click()
    count = painted(sample)
    button(sample, "Model Assist").click()
    paints(sample, 0)
    button(sample, "Model Assist").click()
    paints(sample, count)


def test_second_press_hides_and_the_third_shows(sample: Page) -> None:
    count = assisted(sample)
    sample.keyboard.press("m")
    paints(sample, 0)
    expect(sample.get_by_text("Suggestions are hidden. Press M to show them.")).to_be_visible()
    sample.keyboard.press("m")
    paints(sample, count)


def test_first_press_turns_assist_on_open_on(sample: Page) -> None:
    assisted(sample)
    switch = sample.get_by_role("switch", name="Assist on open")
    expect(switch).to_be_checked()
    switch.uncheck()
    expect(switch).not_to_be_checked()
    sample.keyboard.press("m")
    paints(sample, 0)
    expect(switch).not_to_be_checked()


def test_shift_asks_anew_and_gets_the_same(sample: Page) -> None:
    count = assisted(sample)
    before = listed(sample)
    sample.keyboard.press("Shift+m")
    expect(sample.get_by_role("progressbar", name="Model Assist on page-001")).to_be_visible()
    paints(sample, count)
    assert listed(sample) == before


def test_next_images_are_ready_before_they_are_opened(sample: Page, dist: Path) -> None:
    assisted(sample)
    count_stored(sample, "predictions", 4)
    sample.evaluate(RECORD_WAITS)
    for name in ("page-002", "page-003"):
        sample.keyboard.press("d")
        opened(sample, name)
        painted(sample)
        assert agree(listed(sample), found_natively(dist, name)), name
    waits = sample.evaluate("waits")
    assert [wait for wait in waits if "page-002" in wait or "page-003" in wait] == []


def test_two_readings_of_one_object_are_one_suggestion(sample: Page, dist: Path) -> None:
    assisted(sample)
    for name in ("page-002", "page-003", "page-004", "page-005"):
        sample.keyboard.press("d")
        opened(sample, name)
    painted(sample)
    assert agree(listed(sample), found_natively(dist, "page-005"))
    names = suggestions(sample).evaluate_all("rows => rows.map(row => row.ariaLabel)")
    assert any(", or " in name for name in names)


def test_off_means_that_other_images_wait_for_the_key(sample: Page) -> None:
    assisted(sample)
    count_stored(sample, "predictions", 4)
    sample.get_by_role("switch", name="Assist on open").uncheck()
    for _ in range(5):
        sample.keyboard.press("d")
    opened(sample, "page-006")
    expect(sample.get_by_text("Press M to ask the model.")).to_be_visible()
    assisted(sample)
