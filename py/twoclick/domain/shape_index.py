"""Finding the shapes that overlap another by half or more without trying all."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from twoclick.domain.geometry import (
    Box,
    Region,
    Shape,
    bounds,
    box_iou,
    region_iou,
    region_of,
)

LEAST_INDEXED_IOU = 0.5
"""What a ShapeIndex finds: every overlap of this IoU or more."""

_MOST_BANDS = 64


class Overlap(NamedTuple):
    """The shape at `place` in a sequence of shapes overlaps another by `iou`."""

    place: int
    iou: float


class _Entry(NamedTuple):
    """A shape in a band: its place, the first band that it reaches, and its bounds."""

    place: int
    first: int
    bounds: Box
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class _Band:
    """The shapes that reach a band, by their left ends; the widest has `reach` pixels."""

    starts: tuple[float, ...]
    entries: tuple[_Entry, ...]
    reach: float

    def between(self, left: float, right: float) -> tuple[_Entry, ...]:
        """Every shape that has something between two x, and perhaps others."""
        # A hair wider than the bound, which rounding could otherwise cut.
        slack = 1e-9 * (1.0 + abs(left))
        first = bisect_left(self.starts, left - self.reach - slack)
        return self.entries[first : bisect_right(self.starts, right, first)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeIndex:
    """Shapes in level bands of `height` pixels from `top` on, each in every band that it reaches:
    lines of text, which are many and wide, have few others in theirs."""

    top: float
    height: float
    bands: tuple[_Band, ...]

    def overlaps(self, shape: Shape) -> tuple[Overlap, ...]:
        """Every shape whose IoU with `shape` is LEAST_INDEXED_IOU or more, in no stated order."""
        if not self.bands:
            return ()
        around = bounds(shape)
        left, top, right, bottom = around
        first, last = _bands_of(around, top=self.top, height=self.height, count=len(self.bands))
        found = []
        for at in range(first, last + 1):
            for place, start, box, other in self.bands[at].between(left, right):
                # A pair that meets in several bands is looked at in the first of them.
                if box.y0 < bottom and box.y1 > top and at == (start if start > first else first):
                    # Of a box, shape and bounds are one.
                    if shape is around and other is box:
                        shared = box_iou(box, around)
                    else:
                        shared = _shape_overlap(shape, other)
                    if shared >= LEAST_INDEXED_IOU:
                        found.append(Overlap(place, shared))
        return tuple(found)


def _shape_overlap(a: Shape, b: Shape) -> float:
    """The IoU of two shapes, or 0 where it is quick to see that it is below LEAST_INDEXED_IOU."""
    one, other = region_of(a), region_of(b)
    return region_iou(one, other) if _may_overlap(one, other) else 0.0


def _may_overlap(a: Region, b: Region) -> bool:
    """False where the IoU cannot be LEAST_INDEXED_IOU: no more is shared than the bounds share, and
    the union is no less than the larger of the two."""
    ax0, ay0, ax1, ay1 = a.bounds
    bx0, by0, bx1, by1 = b.bounds
    width = (ax1 if ax1 < bx1 else bx1) - (ax0 if ax0 > bx0 else bx0)
    height = (ay1 if ay1 < by1 else by1) - (ay0 if ay0 > by0 else by0)
    if width <= 0.0 or height <= 0.0:
        return False
    # A hair more than is shared, which rounding could otherwise cut.
    most = width * height * (1.0 + 1e-9)
    return most >= LEAST_INDEXED_IOU * (a.area if a.area > b.area else b.area)


def _bands_of(box: Box, *, top: float, height: float, count: int) -> tuple[int, int]:
    first = int((box.y0 - top) / height)
    last = int((box.y1 - top) / height)
    return min(max(first, 0), count - 1), min(max(last, 0), count - 1)


def index_shapes(shapes: Sequence[Shape]) -> ShapeIndex:
    """The index of `shapes`; an overlap's `place` is that in `shapes`."""
    boxes = [bounds(shape) for shape in shapes]
    top = min((box.y0 for box in boxes), default=0.0)
    bottom = max((box.y1 for box in boxes), default=0.0)
    count = min(_MOST_BANDS, len(boxes))
    height = (bottom - top) / count if bottom > top else 1.0
    bands: list[list[_Entry]] = [[] for _ in range(count)]
    for place, (shape, box) in enumerate(zip(shapes, boxes, strict=True)):
        first, last = _bands_of(box, top=top, height=height, count=count)
        entry = _Entry(place, first, box, shape)
        for at in range(first, last + 1):
            bands[at].append(entry)
    return ShapeIndex(top=top, height=height, bands=tuple(map(_band, bands)))


def _band(entries: list[_Entry]) -> _Band:
    ordered = sorted(entries, key=lambda entry: entry.bounds.x0)
    return _Band(
        starts=tuple(entry.bounds.x0 for entry in ordered),
        entries=tuple(ordered),
        reach=max((entry.bounds.x1 - entry.bounds.x0 for entry in ordered), default=0.0),
    )
