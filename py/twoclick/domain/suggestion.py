"""Raw predictions: the candidates that a predictor proposed for an asset, as columns."""

import hashlib
import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from twoclick.domain.geometry import Box, BoxIndex, Overlap, index_boxes

Buffer = bytes | bytearray | memoryview
N = TypeVar("N", int, float)


class InvalidPredictionsError(ValueError):
    """Columns that are not raw predictions; the text says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Raw predictions as they travel and are stored: little-endian, packed.

    `boxes` float64 (n, 4) x0 y0 x1 y1 in pixels of the oriented image; `scores` float64 (n,);
    `classes` int32 (n,); `pairs` int32 (m, 2) of candidates that overlap, `pair_ious` float64 (m,).
    """

    boxes: Buffer
    scores: Buffer
    classes: Buffer
    pairs: Buffer
    pair_ious: Buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Checked columns, by falling score; a candidate's place is its identity within `digest`.

    `overlaps` lists, for each candidate, the others that it overlaps; `index` finds candidates by
    place; `digest` is the SHA-256 of boxes, scores and classes.
    """

    digest: str
    columns: Columns
    boxes: tuple[Box, ...]
    scores: tuple[float, ...]
    classes: tuple[int, ...]
    overlaps: tuple[tuple[Overlap, ...], ...]
    index: BoxIndex

    def __len__(self) -> int:
        return len(self.scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """One predictor's stored answer for one asset.

    At most `cap` candidates that scored `floor` or more, for an oriented image of `width` x
    `height` pixels; it took `milliseconds`.
    """

    asset_id: str
    predictor_id: str
    width: int
    height: int
    floor: float
    cap: int
    milliseconds: float
    candidates: Candidates


def read_columns(columns: Columns, *, classes: int, cap: int) -> Candidates:
    """Checks `columns` of a predictor with `classes` classes and unpacks them.

    Raises InvalidPredictionsError where lengths disagree, a number is not finite, a box is inside
    out, a score is outside 0..1 or higher than the one before, or a class or pair does not exist.
    """
    scores = _floats(columns.scores, "scores")
    count = len(scores)
    numbers = _floats(columns.boxes, "boxes")
    class_ids = _integers(columns.classes, "classes")
    if len(numbers) != 4 * count or len(class_ids) != count:
        raise InvalidPredictionsError(
            f"{count} scores came with {len(class_ids)} classes and {len(numbers)} box numbers"
        )
    if count > cap:
        raise InvalidPredictionsError(f"{count} candidates are more than the cap of {cap}")
    boxes = tuple(Box(*numbers[at : at + 4]) for at in range(0, 4 * count, 4))
    _check_boxes(numbers, boxes)
    _check_scores(scores)
    wrong = next((class_id for class_id in class_ids if not 0 <= class_id < classes), None)
    if wrong is not None:
        raise InvalidPredictionsError(f"class {wrong} is not one of the model's {classes}")
    digest = hashlib.sha256()
    for part in (columns.boxes, columns.scores, columns.classes):
        digest.update(part)
    return Candidates(
        digest=digest.hexdigest(),
        columns=columns,
        boxes=boxes,
        scores=tuple(scores),
        classes=tuple(class_ids),
        overlaps=_neighbours(columns, count=count),
        index=index_boxes(boxes),
    )


def pack_boxes(boxes: Sequence[Box]) -> bytes:
    """Boxes as float64 (n, 4)."""
    return array("d", [number for box in boxes for number in box]).tobytes()


def _floats(buffer: Buffer, name: str) -> "array[float]":
    return _filled(array("d"), buffer, name)


def _integers(buffer: Buffer, name: str) -> "array[int]":
    return _filled(array("i"), buffer, name)


def _filled(numbers: "array[N]", buffer: Buffer, name: str) -> "array[N]":
    # Columns are little-endian, and so is every machine that this runs on.
    raw = memoryview(buffer).cast("B")
    if len(raw) % numbers.itemsize:
        raise InvalidPredictionsError(f"{name} end in the middle of a number")
    numbers.frombytes(raw)
    return numbers


def _check_boxes(numbers: Sequence[float], boxes: Sequence[Box]) -> None:
    if not all(map(math.isfinite, numbers)):
        raise InvalidPredictionsError("a box has a number that is not finite")
    if any(box.x1 < box.x0 or box.y1 < box.y0 for box in boxes):
        raise InvalidPredictionsError("a box is inside out")


def _check_scores(scores: Sequence[float]) -> None:
    previous = 1.0
    for score in scores:
        if not 0.0 <= score <= 1.0:
            raise InvalidPredictionsError(f"a score is {score}, outside 0 to 1")
        if score > previous:
            raise InvalidPredictionsError("the scores do not fall")
        previous = score


def _neighbours(columns: Columns, *, count: int) -> tuple[tuple[Overlap, ...], ...]:
    pairs = _integers(columns.pairs, "pairs")
    ious = _floats(columns.pair_ious, "pair overlaps")
    if len(pairs) != 2 * len(ious):
        raise InvalidPredictionsError(f"{len(pairs)} ends of pairs came with {len(ious)} overlaps")
    if not all(0 <= end < count for end in pairs):
        raise InvalidPredictionsError("a pair names a candidate that does not exist")
    if not all(0.0 <= shared <= 1.0 for shared in ious):
        raise InvalidPredictionsError("a pair overlap is outside 0 to 1")
    found: list[list[Overlap]] = [[] for _ in range(count)]
    for at, shared in enumerate(ious):
        first, second = pairs[2 * at], pairs[2 * at + 1]
        found[first].append(Overlap(second, shared))
        found[second].append(Overlap(first, shared))
    return tuple(tuple(overlaps) for overlaps in found)
