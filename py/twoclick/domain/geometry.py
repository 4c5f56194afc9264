"""Boxes in pixels of the oriented image and how much they overlap.

(0, 0) is the top-left corner of the top-left pixel; x grows to the right, y downwards.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """An axis-aligned box: x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float


def iou(a: Box, b: Box) -> float:
    """Intersection over union, 0..1; 0 where neither has an area."""
    ax0, ay0, ax1, ay1 = a
    bx0, by0, bx1, by1 = b
    width = (ax1 if ax1 < bx1 else bx1) - (ax0 if ax0 > bx0 else bx0)
    if width <= 0.0:
        return 0.0
    height = (ay1 if ay1 < by1 else by1) - (ay0 if ay0 > by0 else by0)
    if height <= 0.0:
        return 0.0
    shared = width * height
    return shared / ((ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - shared)


class Overlap(NamedTuple):
    """The box at `place` in a sequence of boxes overlaps another by `iou`."""

    place: int
    iou: float


LEAST_INDEXED_IOU = 0.5
"""What a BoxIndex finds: every overlap of this IoU or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxIndex:
    """Boxes ordered by the x of their centres, to find overlaps of half or more without trying all.

    Where IoU is 0.5 or more, the shared part covers at least half the width of either box, so the
    centres are at most half the narrower width apart.
    """

    centres: tuple[float, ...]
    entries: tuple[tuple[int, Box], ...]

    def overlaps(self, box: Box) -> tuple[Overlap, ...]:
        """Every box whose IoU with `box` is LEAST_INDEXED_IOU or more, in no stated order."""
        reach = (box.x1 - box.x0) / 2
        centre = (box.x0 + box.x1) / 2
        # A hair wider than the bound, which rounding could otherwise cut.
        slack = 1e-9 * (1.0 + abs(centre))
        first = bisect_left(self.centres, centre - reach - slack)
        last = bisect_right(self.centres, centre + reach + slack)
        if first == last:
            return ()
        top, bottom = box.y0, box.y1
        found = []
        for index, other in self.entries[first:last]:
            if other.y0 < bottom and other.y1 > top:
                shared = iou(other, box)
                if shared >= LEAST_INDEXED_IOU:
                    found.append(Overlap(index, shared))
        return tuple(found)


def index_boxes(boxes: Sequence[Box]) -> BoxIndex:
    """The index of `boxes`; an overlap's `place` is that in `boxes`."""
    ordered = sorted(((box.x0 + box.x1) / 2, index) for index, box in enumerate(boxes))
    return BoxIndex(
        centres=tuple(centre for centre, _ in ordered),
        entries=tuple((index, boxes[index]) for _, index in ordered),
    )
