"""Raw predictions: the candidates that a predictor proposed for an asset, as columns."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from twoclick.domain.geometry import Box, Shape, bounds
from twoclick.domain.outlines import (
    Buffer,
    InvalidColumnsError,
    Outlines,
    read_floats,
    read_integers,
    read_outlines,
)
from twoclick.domain.shape_index import Overlap, ShapeIndex, index_shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Raw predictions as they travel and are stored: little-endian, packed.

    `scores` float64 (n,); `classes` int32 (n,); `pairs` int32 (m, 2) of candidates that overlap,
    `pair_ious` float64 (m,); the others are the shapes: see `Outlines`.
    """

    boxes: Buffer
    scores: Buffer
    classes: Buffer
    pairs: Buffer
    pair_ious: Buffer
    kinds: Buffer = b""
    rings: Buffer = b""
    points: Buffer = b""
    visibility: Buffer = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Checked columns, by falling score; a candidate's place is its identity within `digest`.

    `boxes` are the bounds of `shapes`; `overlaps` lists, for each candidate, the others that it
    overlaps; `index` finds candidates by place; `digest` is the SHA-256 of boxes, scores, classes,
    kinds, rings, points and visibility.
    """

    digest: str
    columns: Columns
    shapes: tuple[Shape, ...]
    boxes: tuple[Box, ...]
    scores: tuple[float, ...]
    classes: tuple[int, ...]
    overlaps: tuple[tuple[Overlap, ...], ...]
    index: ShapeIndex

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

    Raises InvalidColumnsError where lengths disagree, a number is not finite, a shape is not
    one, a score is outside 0..1 or higher than the one before, or a class or pair does not exist.
    """
    scores = read_floats(columns.scores, "scores")
    count = len(scores)
    class_ids = read_integers(columns.classes, "classes")
    if len(class_ids) != count:
        raise InvalidColumnsError(f"{count} scores came with {len(class_ids)} classes")
    if count > cap:
        raise InvalidColumnsError(f"{count} candidates are more than the cap of {cap}")
    outlines = Outlines(
        boxes=columns.boxes,
        kinds=columns.kinds,
        rings=columns.rings,
        points=columns.points,
        visibility=columns.visibility,
    )
    shapes = read_outlines(outlines, count=count)
    _check_scores(scores)
    wrong = next((class_id for class_id in class_ids if not 0 <= class_id < classes), None)
    if wrong is not None:
        raise InvalidColumnsError(f"class {wrong} is not one of the model's {classes}")
    return Candidates(
        digest=_digest(columns),
        columns=columns,
        shapes=shapes,
        boxes=tuple(map(bounds, shapes)),
        scores=tuple(scores),
        classes=tuple(class_ids),
        overlaps=_neighbours(columns, count=count),
        index=index_shapes(shapes),
    )


def _digest(columns: Columns) -> str:
    digest = hashlib.sha256()
    for part in (
        columns.boxes,
        columns.scores,
        columns.classes,
        columns.kinds,
        columns.rings,
        columns.points,
        columns.visibility,
    ):
        digest.update(part)
    return digest.hexdigest()


def _check_scores(scores: Sequence[float]) -> None:
    previous = 1.0
    for score in scores:
        if not 0.0 <= score <= 1.0:
            raise InvalidColumnsError(f"a score is {score}, outside 0 to 1")
        if score > previous:
            raise InvalidColumnsError("the scores do not fall")
        previous = score


def _neighbours(columns: Columns, *, count: int) -> tuple[tuple[Overlap, ...], ...]:
    pairs = read_integers(columns.pairs, "pairs")
    ious = read_floats(columns.pair_ious, "pair overlaps")
    if len(pairs) != 2 * len(ious):
        raise InvalidColumnsError(f"{len(pairs)} ends of pairs came with {len(ious)} overlaps")
    if not all(0 <= end < count for end in pairs):
        raise InvalidColumnsError("a pair names a candidate that does not exist")
    if not all(0.0 <= shared <= 1.0 for shared in ious):
        raise InvalidColumnsError("a pair overlap is outside 0 to 1")
    found: list[list[Overlap]] = [[] for _ in range(count)]
    for at, shared in enumerate(ious):
        first, second = pairs[2 * at], pairs[2 * at + 1]
        found[first].append(Overlap(second, shared))
        found[second].append(Overlap(first, shared))
    return tuple(tuple(overlaps) for overlaps in found)
