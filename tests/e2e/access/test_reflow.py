"""Small windows and large text: nothing is lost, and nothing has to be scrolled sideways.

A window of 1280 x 1024 zoomed to 400 % is one of 320 x 256 CSS pixels; 1280 x 800 at 200 % is one
of 640 x 400.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.access.audit import WIDE, resize
from e2e.access.states import STATES, prepare
from e2e.sample import annotator, button

SIZES = ((320, 256), (375, 720), (640, 400), (1024, 768), WIDE)

LABELLING = (
    "Model Assist", "Commit", "Commit All", "Commit All and Next", "Done", "Skip", "Undo",
    "Next image", "Select", "Box", "Polygon", "Rotated box", "Keypoints", "Whole image",
    "Model Settings", "Save project file", "Import", "Export",
)  # fmt: skip

_OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".visually-hidden, .film, .annotator")) return false;
  const {left, right, width} = one.getBoundingClientRect();
  return width > 1 && (left < -1 || right > document.documentElement.clientWidth + 1);
}).map((one) => one.outerHTML.slice(0, 100))"""

_SMALL = """() => [...document.querySelectorAll(
  "button, select, summary, input, label"
)].filter((one) => {
  if (!one.checkVisibility() || (one.matches("input") && one.closest("label"))) return false;
  const {width, height} = one.getBoundingClientRect();
  return width > 1 && (width < 23.5 || height < 23.5);
}).map((one) => one.outerHTML.slice(0, 100))"""

_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                         word-spacing: 0.16em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture
def page(sample: Page) -> Iterator[Page]:
    resize(sample, WIDE)
    prepare(sample)
    yield sample
    sample.evaluate("() => { document.adoptedStyleSheets = []; }")
    resize(sample, WIDE)


def test_everything_is_within_a_small_window_and_large_enough(page: Page) -> None:
    for size in SIZES:
        resize(page, size)
        for state in STATES:
            state.enter(page)
            assert page.evaluate(_OUTSIDE) == [], (state.name, size)
            assert page.evaluate(_SMALL) == [], (state.name, size)
            state.leave(page)
        for name in LABELLING:
            button(page, name).scroll_into_view_if_needed()
            expect(button(page, name)).to_be_in_viewport(ratio=1)
        area = annotator(page).bounding_box()
        assert area is not None
        assert area["height"] >= 160
        assert area["width"] >= 240


def test_text_that_a_person_spaces_is_not_cut(page: Page) -> None:
    page.evaluate(_SPACED)
    for size in ((375, 720), WIDE):
        resize(page, size)
        assert page.evaluate(_OUTSIDE) == []
        for name in LABELLING:
            button(page, name).scroll_into_view_if_needed()
            expect(button(page, name)).to_be_in_viewport(ratio=1)
