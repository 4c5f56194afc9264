"""Thirty own images from the first to the last, as the flow says, with every key counted."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from conformance.page_layout.matching import match
from e2e.day.hand import Hand
from e2e.day.own_project import begin, tag_key
from e2e.day.sheets import SAME_BLOCK_IOU, Faults, Kind, Sheet, draw_day, faults_of
from e2e.host import Host
from e2e.sample import ANSWERS_WITHIN, film_says, opened, painted, saved, suggestions
from e2e.screens import started
from e2e.stored import outlines, records
from twoclick.adapters.onnxruntime_native import NativePredictor


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    """The images of the day."""
    return draw_day(tmp_path_factory.mktemp("day"))


@pytest.fixture(scope="module")
def faults(sheets: Sequence[Sheet], dist: Path) -> dict[str, Faults]:
    """Where the model errs, by the name of the image."""
    predictor = NativePredictor(dist / "starter-models/page-layout.onnx")
    return {sheet.path.name: faults_of(sheet, predictor) for sheet in sheets}


def test_the_day_is_what_it_says(sheets: Sequence[Sheet], faults: dict[str, Faults]) -> None:
    """Each image has the fault of its kind and no other."""
    for sheet in sheets:
        found = faults[sheet.path.name]
        assert bool(found.wrong) == (sheet.kind is Kind.WRONG)
        assert bool(found.missed) == (sheet.kind is Kind.MISSED)
        assert bool(found.mistaken) == (sheet.kind in (Kind.WRONG_TAG, Kind.OVERLOOKED))
        assert bool(found.readings) == (sheet.kind is Kind.READINGS)


def test_thirty_images_key_by_key(
    visited_page: Page,
    visited_host: Host,
    sheets: Sequence[Sheet],
    faults: dict[str, Faults],
    capsys: pytest.CaptureFixture[str],
) -> None:
    visited_page.goto(visited_host.url)
    page = begin(started(visited_page), [sheet.path for sheet in sheets])
    hand = Hand(page)
    for sheet, after in zip(sheets, [*sheets[1:], None], strict=True):
        hand.takes_up(sheet.kind)
        _label(page, hand, sheet, faults[sheet.path.name])
        if after is not None:
            opened(page, after.path.stem)
        if sheet.kind is Kind.OVERLOOKED and after is not None:
            _mend_what_was_overlooked(page, hand, sheet, after, faults[sheet.path.name])
    saved(page)
    with capsys.disabled():
        print(f"\n{hand.account()}")
    for sheet in sheets:
        _is_as_drawn(page, sheet)


def _label(page: Page, hand: Hand, sheet: Sheet, found: Faults) -> None:
    """What a person does on an image of that kind, to the key that leads to the next one."""
    if sheet.kind is Kind.NOTHING:
        expect(page.get_by_text("G finishes the image")).to_be_visible(timeout=ANSWERS_WITHIN)
        hand.press("g")
        return
    painted(page)
    focused = -1
    for rank in found.wrong:
        hand.press(*["z"] * (rank - focused), "x")
        focused = rank + 1  # a rejection leads to the next one
    for rank, label in found.mistaken:
        if sheet.kind is Kind.WRONG_TAG:
            hand.press(*["z"] * (rank + 1), tag_key(page, label))
    for rank, label in found.readings:
        hand.press(*["z"] * (rank + 1), "c")
        expect(suggestions(page).and_(page.get_by_label(label))).not_to_have_count(0)
        painted(page)  # what is listed but not yet seen is not committed
    for block in found.missed:
        hand.press("r")
        hand.drag(block.box, _size(sheet))
        hand.press(tag_key(page, block.label))
    hand.press("Shift+g")


def _mend_what_was_overlooked(
    page: Page, hand: Hand, sheet: Sheet, after: Sheet, found: Faults
) -> None:
    """Back to the image that was just finished, another tag, and on again."""
    hand.press("Shift+a")
    opened(page, sheet.path.stem)
    for _, label in found.mistaken:
        block = next(one for one in sheet.truth if one.label == label)
        hand.points_at(block.box, _size(sheet))
        hand.press(tag_key(page, label))
    film_says(page, sheet.path.stem, r"started, \d+ annotations")
    hand.press("g")
    opened(page, after.path.stem)


def _size(sheet: Sheet) -> tuple[int, int]:
    with Image.open(sheet.path) as image:
        return image.size


def _is_as_drawn(page: Page, sheet: Sheet) -> None:
    """What is stored of an image is what was drawn on it, block by block, and nothing else."""
    (project,) = records(page, "projects")
    assets = {asset["name"]: asset for asset in records(page, "assets")}
    asset = assets[sheet.path.name]
    assert asset["labelState"] == "labelled"
    documents = {one["assetId"]: one for one in outlines(page)}
    document = documents.get(asset["id"], {"tagIds": [], "boxes": []})
    names = {tag["id"]: tag["name"] for tag in project["tags"]}
    labels = [names[tag_id] for tag_id in document["tagIds"]]
    boxes = np.array(document["boxes"], dtype=np.float64).reshape(-1, 4)
    truth = np.array([block.box for block in sheet.truth], dtype=np.float64).reshape(-1, 4)
    kinds = [block.label for block in sheet.truth]
    pairs = match(truth, kinds, boxes, labels, minimum=SAME_BLOCK_IOU)
    assert len(pairs) == len(kinds) == len(labels), (sheet, labels)
