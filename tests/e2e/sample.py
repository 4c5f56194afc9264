"""The labelling screen with the sample project on it, by what a person sees and does there.

The functions act and wait for states by roles and accessible names; images are named without the
ends of their names, which say how they are packed ("page-001"). What the model finds on a page
is known apart from the page: `found_natively` asks the same file of native onnxruntime.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from playwright.sync_api import Locator, Page, Worker, expect

from e2e.screens import started
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import read_image
from twoclick.kernels.boxes import pairwise_iou
from twoclick.models.predictions import Keep

ANSWERS_WITHIN = 60_000
"""Milliseconds in which a model has answered, or a thread has started again, on a slow machine."""

HOME = "Twoclick, all projects"
"""The button that closes the project."""

PAGE_WIDTH, PAGE_HEIGHT = 1240, 1754
"""Pixels of every image of the sample."""

READING_IOU = 0.85
"""Shapes of different tags that overlap this much are readings of one object."""

SCORE_AGREES = 0.02
"""The list cuts scores to two digits; resampling and JPEG decoding differ a little as well."""

_FIT_MARGIN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A suggestion: its tag's name, its score and, where known, its box in pixels of the image."""

    tag: str
    score: float
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


# Screens ------------------------------------------------------------------------------------------


def open_sample(page: Page) -> Page:
    """From the start screen to the first image of a new project of the sample."""
    button(page, "Open sample: Pages").click()
    expect(button(page, "Model Assist")).to_be_visible(timeout=ANSWERS_WITHIN)
    return opened(page, "page-001")


def open_newest(page: Page) -> Page:
    """From the start screen to the project that was opened last."""
    page.get_by_role("list", name="Projects").get_by_role("button").first.click()
    return reopened(page)


def reopened(page: Page) -> Page:
    """`page`, once the project that it was to open shows the image last open."""
    expect(button(page, "Model Assist")).to_be_visible(timeout=ANSWERS_WITHIN)
    expect(annotator(page)).not_to_have_attribute("aria-busy", "true", timeout=ANSWERS_WITHIN)
    return page


def leave(page: Page) -> Page:
    """Back to the start screen, from wherever a test has ended."""
    if page.get_by_role("dialog").count():
        page.keyboard.press("Escape")
    if button(page, HOME).is_visible():
        saved(page)
        button(page, HOME).click()
    return started(page)


def opened(page: Page, name: str) -> Page:
    """`page`, once the image of that name is open and painted."""
    expect(page.get_by_role("navigation", name="Current image")).to_contain_text(f"{name}.")
    expect(annotator(page)).not_to_have_attribute("aria-busy", "true", timeout=ANSWERS_WITHIN)
    return page


def saved(page: Page) -> Page:
    """`page`, once it says that everything is saved."""
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    return page


# Parts of the labelling screen --------------------------------------------------------------------


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def annotator(page: Page) -> Locator:
    """The canvas; its description says what is painted."""
    return page.get_by_role("region", name="Annotator", exact=True)


def threshold(page: Page) -> Locator:
    return page.get_by_role("slider", name="Confidence threshold", exact=True)


def suggestions(page: Page) -> Locator:
    """One checkbox a suggestion that is shown, by falling score."""
    return page.get_by_role("list", name="Suggestions", exact=True).get_by_role("checkbox")


def selected(page: Page) -> Locator:
    """The checkboxes of the selected suggestions."""
    shown = page.get_by_role("list", name="Suggestions", exact=True)
    return shown.get_by_role("checkbox", checked=True)


def annotations(page: Page) -> Locator:
    """One item an annotation of the open image."""
    return page.get_by_role("list", name="Annotations", exact=True).get_by_role("listitem")


def hidden_reasons(page: Page) -> Locator:
    """What was hidden and why, one item a reason."""
    return page.get_by_role("list", name="Hidden suggestions", exact=True).get_by_role("listitem")


def film(page: Page, name: str) -> Locator:
    """An image in the film strip."""
    images = page.get_by_role("list", name="Images", exact=True)
    return images.get_by_role("button", name=re.compile(rf"^{name}\.\w+, "))


def film_says(page: Page, name: str, words: str) -> None:
    """Wait until the film strip says that of an image; a pattern."""
    expect(film(page, name)).to_have_accessible_name(re.compile(rf"^{name}\.\w+, {words}$"))


def status(page: Page) -> Locator:
    """The line that tells what was just done, or why not."""
    return page.get_by_role("status")


# What a person does -------------------------------------------------------------------------------


def assisted(page: Page) -> int:
    """Press Model Assist by its key; how many suggestions are then painted."""
    page.keyboard.press("m")
    return painted(page)


def painted(page: Page) -> int:
    """How many suggestions are painted on the open image, once there are any and all are listed."""
    expect(annotator(page)).to_have_accessible_description(
        re.compile(r": [1-9]\d* suggestions"), timeout=ANSWERS_WITHIN
    )
    count = suggestions(page).count()
    paints(page, count)
    return count


def paints(page: Page, count: int) -> None:
    """Wait until that many suggestions are painted on the open image."""
    expect(annotator(page)).to_have_accessible_description(
        re.compile(f": {count} suggestions"), timeout=ANSWERS_WITHIN
    )
    expect(suggestions(page)).to_have_count(count)


def select_in_list(page: Page, *places: int) -> None:
    """Select suggestions by their places in the list."""
    for place in places:
        suggestions(page).nth(place).click()
        expect(suggestions(page).nth(place)).to_be_checked()


def listed(page: Page) -> list[Found]:
    """What the list of suggestions says."""
    names = suggestions(page).evaluate_all("rows => rows.map(row => row.ariaLabel)")
    matches = [re.match(r"(.+?) (\d\.\d\d)(?:, |$)", name) for name in names]
    return [Found(tag=match[1], score=float(match[2])) for match in matches if match]


def worker(page: Page, thread: str) -> Worker:
    """The thread of that name."""
    return next(one for one in page.workers if f"/workers/{thread}/" in one.url)


def end_thread(page: Page, thread: str) -> None:
    """The thread ends without a word, as if out of memory; returns when another starts."""
    with page.expect_event("worker", lambda one: f"/workers/{thread}/" in one.url):
        worker(page, thread).evaluate("() => { self.close(); }")


# Where things are ---------------------------------------------------------------------------------


def on_screen(
    page: Page, box: Sequence[float], *, size: tuple[int, int] = (PAGE_WIDTH, PAGE_HEIGHT)
) -> tuple[float, float, float, float]:
    """Where a box of an image of that size is in the window while it is fitted into the view."""
    area = annotator(page).bounding_box()
    assert area is not None
    width, height = size
    scale = min(
        (area["width"] - 2 * _FIT_MARGIN) / width, (area["height"] - 2 * _FIT_MARGIN) / height
    )
    left = area["x"] + (area["width"] - scale * width) / 2
    top = area["y"] + (area["height"] - scale * height) / 2
    x0, y0, x1, y1 = (float(side) for side in box)
    return left + scale * x0, top + scale * y0, left + scale * x1, top + scale * y1


def click_middle(page: Page, found: Found) -> None:
    """A click in the middle of a suggestion on the canvas."""
    x0, y0, x1, y1 = on_screen(page, found.box)
    page.mouse.click((x0 + x1) / 2, (y0 + y1) / 2)


# What the model finds -----------------------------------------------------------------------------


def found_natively(dist: Path, name: str, *, confidence: float = 0.5) -> list[Found]:
    """What is shown on an image of the sample, as `found_in_file` says."""
    (path,) = (dist / "samples/pages").glob(f"{name}.*g")
    return found_in_file(dist, path, confidence=confidence)


def found_in_file(dist: Path, path: Path, *, confidence: float = 0.5) -> list[Found]:
    """What is shown on an image by falling score: the file asked of native onnxruntime, of two
    readings of one object the better."""
    predictor = _predictor(dist)
    keep = Keep(floor=confidence, overlap=predictor.card.default_overlap)
    raw = predictor.predict(read_image(path.read_bytes(), name=path.name), keep=keep)
    kept: list[int] = []
    for index in range(len(raw)):
        overlaps = pairwise_iou(raw.boxes[[index]], raw.boxes[kept])
        if np.max(overlaps, initial=0) < READING_IOU:
            kept.append(index)
    return [
        Found(
            tag=_tag_of(predictor.card.class_names[raw.classes[index]]),
            score=float(raw.scores[index]),
            box=tuple(raw.boxes[index].tolist()),
        )
        for index in kept
    ]


def agree(shown: Sequence[Found], expected: Sequence[Found]) -> bool:
    """Whether two answers have the same tags with the same scores, in whatever order."""
    if len(shown) != len(expected):
        return False
    ours, theirs = (
        sorted(one, key=lambda each: (each.tag, each.score)) for one in (shown, expected)
    )
    return all(
        a.tag == b.tag and abs(a.score - b.score) <= SCORE_AGREES
        for a, b in zip(ours, theirs, strict=True)
    )


def alone(found: Sequence[Found]) -> list[Found]:
    """Those whose middle no other box covers, so that a click there can mean nothing else."""
    return [
        one
        for one in found
        if not any(other is not one and _covers(other.box, _middle(one.box)) for other in found)
    ]


def falls(numbers: Sequence[float]) -> bool:
    """Whether each number is at most the one before."""
    return all(later <= earlier for earlier, later in pairwise(numbers))


def _middle(box: Sequence[float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _covers(box: Sequence[float], point: tuple[float, float]) -> bool:
    slack = 20  # the reach of a border in pixels of the image, at the scale of a fitted page
    x, y = point
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


def _tag_of(class_name: str) -> str:
    return class_name.replace("_", " ").capitalize()


@cache
def _predictor(dist: Path) -> NativePredictor:
    return NativePredictor(dist / "starter-models/page-layout.onnx")
