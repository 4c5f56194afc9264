"""From an image painted to the next one painted, all suggestions right: two clicks, or one key."""

import pytest
from playwright.sync_api import Page, expect

from e2e.sample import annotations, assisted, button, film_says, opened, painted
from e2e.stored import count_stored

COUNT_GESTURES = """() => {
  const gestures = { clicks: 0, keys: 0 };
  addEventListener("pointerdown", () => { gestures.clicks += 1; }, true);
  addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.repeat) gestures.keys += 1;
  }, true);
  self.gestures = gestures;
}"""


@pytest.fixture
def counted(sample: Page) -> Page:
    """The first image painted with its suggestions, the next one's computed, gestures counted."""
    assisted(sample)
    count_stored(sample, "predictions", 2)
    sample.evaluate(COUNT_GESTURES)
    return sample


def test_by_mouse(counted: Page, capsys: pytest.CaptureFixture[str]) -> None:
    button(counted, "Commit All and Next").click()
    finished(counted, capsys, clicks=1, keys=0)


def test_by_mouse_in_two_steps(counted: Page, capsys: pytest.CaptureFixture[str]) -> None:
    button(counted, "Commit All").click()
    expect(annotations(counted)).not_to_have_count(0)
    button(counted, "Done").click()
    finished(counted, capsys, clicks=2, keys=0)


def test_by_key(counted: Page, capsys: pytest.CaptureFixture[str]) -> None:
    counted.keyboard.press("Shift+g")
    finished(counted, capsys, clicks=0, keys=1)


def finished(page: Page, capsys: pytest.CaptureFixture[str], *, clicks: int, keys: int) -> None:
    """The first image is finished, the next one painted, and no more was done than that."""
    opened(page, "page-002")
    painted(page)
    film_says(page, "page-001", r"labelled, \d\d annotations")
    assert page.evaluate("gestures") == {"clicks": clicks, "keys": keys}
    with capsys.disabled():
        print(f"\nan image finished and the next one painted: {clicks} clicks, {keys} keys")
