"""The images of a day: thirty drawn pages of which it is known where the model errs.

The model is asked by native onnxruntime; the seeds were chosen so that it is right on fourteen of
the pages and errs on the others in the way that their name says, with no candidate so close to the
threshold that another way of resampling would turn it. `faults_of` proves that it still does.
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from conformance.page_layout.golden_pages import fonts_folder
from conformance.page_layout.matching import match
from e2e.sample import READING_IOU
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import read_image
from twoclick.kernels.boxes import pairwise_iou
from twoclick.models.predictions import Keep
from twoclick_build.sample_pages import draw_page

CONFIDENCE = 0.5
SAME_BLOCK_IOU = 0.5


class Kind(StrEnum):
    """What a page asks of the person."""

    RIGHT = "all right"
    WRONG = "a wrong suggestion"
    MISSED = "a missed object"
    WRONG_TAG = "a wrong tag"
    READINGS = "two readings, the lower is right"
    OVERLOOKED = "a wrong tag that is seen later"
    NOTHING = "nothing on it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Something on a page: the model's name for its class, and its box in pixels of the image."""

    label: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An image file with what is truly on it."""

    kind: Kind
    path: Path
    truth: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Where the model errs on a sheet.

    `wrong`, `mistaken` and `readings` are places among what is shown by rising score, 0 the least
    sure: shapes with nothing true beneath; right shapes of a wrong class, with the true one; the
    same where a lower-scoring reading has it. `missed` has no shape at all.
    """

    wrong: tuple[int, ...] = ()
    mistaken: tuple[tuple[int, str], ...] = ()
    readings: tuple[tuple[int, str], ...] = ()
    missed: tuple[Block, ...] = ()


_SEEDS = {
    Kind.RIGHT: (
        3021,
        3032,
        3033,
        3042,
        3048,
        3052,
        3066,
        3068,
        3073,
        3081,
        3096,
        3112,
        3113,
        3116,
    ),
    Kind.WRONG: (3039, 3084, 3162, 3122, 3187, 3231),
    Kind.MISSED: (3192, 3216, 3205, 3181),
    Kind.WRONG_TAG: (3196, 3258),
    Kind.READINGS: (3058,),
    Kind.OVERLOOKED: (3144,),
}
_BLANK = (0, 1)
_PACKED = (("jpg", {"quality": 92}), ("png", {}), ("webp", {"quality": 92}))


def draw_day(folder: Path) -> list[Sheet]:
    """Draws the thirty images into `folder`, the kinds mixed, in the order of their names."""
    drawn = [(kind, seed) for kind, seeds in _SEEDS.items() for seed in seeds]
    drawn += [(Kind.NOTHING, seed) for seed in _BLANK]
    # A step that has no common divisor with 30 takes each of them once.
    mixed = [drawn[place * 7 % len(drawn)] for place in range(len(drawn))]
    return [_draw(kind, seed, number, folder) for number, (kind, seed) in enumerate(mixed, 1)]


def _draw(kind: Kind, seed: int, number: int, folder: Path) -> Sheet:
    suffix, packing = _PACKED[number % len(_PACKED)]
    path = folder / f"day-{number:02}.{suffix}"
    if kind is Kind.NOTHING:
        image, truth = _blank(seed), ()
    else:
        page = draw_page(seed=seed, fonts=fonts_folder())
        image = page.image.convert("RGB")
        truth = tuple(Block(label=str(name), box=box) for name, box in page.truth)
    content = BytesIO()
    image.save(content, {"jpg": "jpeg"}.get(suffix, suffix), **packing)
    path.write_bytes(content.getvalue())
    return Sheet(kind=kind, path=path, truth=truth)


def _blank(seed: int) -> Image.Image:
    """Empty paper, with its grain."""
    grain = np.random.default_rng(seed).normal(247, 2, (1754, 1240))
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8), "L").convert("RGB")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A suggestion as the page shows it, with its place by rising score.

    `lower` is the class of a reading of the same object that scores less, where there is one.
    """

    rank: int
    label: str
    lower: str | None
    box: NDArray[np.float64]


def faults_of(sheet: Sheet, predictor: NativePredictor) -> Faults:
    """Compares what is shown of the model's answer with what is on the sheet."""
    shown = _shown(sheet, predictor)
    boxes = np.array([one.box for one in shown]).reshape(-1, 4)
    truth = np.array([block.box for block in sheet.truth], dtype=np.float64).reshape(-1, 4)
    kinds = [block.label for block in sheet.truth]
    pairs = match(truth, kinds, boxes, [one.label for one in shown], minimum=SAME_BLOCK_IOU)
    left = set(range(len(kinds))) - {row for row, _, _ in pairs}
    right = {column for _, column, _ in pairs}
    overlaps = pairwise_iou(truth, boxes)
    wrong, mistaken, readings = [], [], []
    for place, one in enumerate(shown):
        if place in right:
            continue
        beneath = max(left, key=lambda row: overlaps[row, place], default=None)
        if beneath is None or overlaps[beneath, place] < SAME_BLOCK_IOU:
            wrong.append(one.rank)
            continue
        left.remove(beneath)
        mended = readings if one.lower == kinds[beneath] else mistaken
        mended.append((one.rank, kinds[beneath]))
    return Faults(
        wrong=tuple(wrong),
        mistaken=tuple(mistaken),
        readings=tuple(readings),
        missed=tuple(sheet.truth[row] for row in sorted(left)),
    )


def _shown(sheet: Sheet, predictor: NativePredictor) -> list[_Shown]:
    """By rising score; of two readings of one object the better alone."""
    keep = Keep(floor=CONFIDENCE, overlap=predictor.card.default_overlap)
    raw = predictor.predict(read_image(sheet.path.read_bytes(), name=sheet.path.name), keep=keep)
    kept: list[int] = []
    lower: dict[int, int] = {}
    for index in range(len(raw)):
        overlaps = pairwise_iou(raw.boxes[[index]], raw.boxes[kept])[0]
        if np.max(overlaps, initial=0) < READING_IOU:
            kept.append(index)
        else:
            lower[kept[int(np.argmax(overlaps))]] = index
    labels = [predictor.card.class_names[class_id] for class_id in raw.classes]
    return [
        _Shown(
            rank=rank,
            label=labels[index],
            lower=labels[lower[index]] if index in lower else None,
            box=raw.boxes[index],
        )
        for rank, index in enumerate(sorted(kept, key=lambda index: raw.scores[index]))
    ]
