"""What a screen reader is told while a person works by keys on the canvas: enough, and once."""

import re

from playwright.sync_api import Page, expect

from e2e.sample import annotator, assisted, listed, paints, status, threshold

_LISTEN = """() => {
  window.told = [];
  new MutationObserver((changes) => {
    const regions = new Set(changes.map(({target}) =>
      (target.nodeType === 1 ? target : target.parentElement)?.closest(
        "[role=status], [role=alert], [aria-live]")));
    for (const one of regions) if (one?.textContent) window.told.push(one.textContent);
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def test_each_key_is_answered(sample: Page) -> None:
    told = sample.locator(".stage > [aria-live]")
    count = assisted(sample)
    expect(told).to_have_text(re.compile(f"{count} suggestions shown"))
    sample.keyboard.press("Shift+z")
    expect(told).to_have_text(re.compile(rf"^Suggestion \d+ of {count}: \w.* 0\.\d\d$"))
    sample.keyboard.press("Enter")
    expect(told).to_have_text(re.compile(r"0\.\d\d, selected$"))
    sample.keyboard.press("h")
    expect(told).to_have_text("Shapes are hidden")
    sample.keyboard.press("h")
    expect(told).to_have_text(f"{count} suggestions shown")
    sample.keyboard.press("p")
    expect(told).to_have_text("Polygon tool")
    sample.keyboard.press("v")
    expect(told).to_have_text("Select tool")
    sample.keyboard.press("Space")
    expect(status(sample)).to_have_text("Committed 1 suggestion")
    sample.keyboard.press("d")
    expect(told).to_have_text(re.compile(r"^page-002\.\w+, 2 of 24, To do"))


def test_a_held_key_tells_its_end_only(sample: Page) -> None:
    assisted(sample)
    found = listed(sample)
    annotator(sample).focus()
    sample.evaluate(_LISTEN)
    for _ in range(6):
        sample.keyboard.press("w")
    expect(threshold(sample)).to_have_value("0.8")
    shown = sum(one.score >= 0.8 for one in found)
    paints(sample, shown)
    told = sample.locator(".stage > [aria-live]")
    expect(told).to_have_text(f"{shown} suggestions shown")
    assert len(sample.evaluate("() => window.told")) <= 2
