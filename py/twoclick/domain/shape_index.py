"""Finding the shapes that overlap another by half or more without trying all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from twoclick.domain.geometry import Box, Region, Shape, region_iou, region_of

LEAST_INDEXED_IOU = 0.5
"""What a ShapeIndex finds: every overlap of this IoU or more."""

_MOST_BANDS = 64


class Overlap(NamedTuple):
    """The shape at `place` in a sequence of shapes overlaps another by `iou`."""

    place: int
    iou: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeIndex:
    """Shapes in level bands of `height` pixels from `top` on, each in every band that it reaches:
    lines of text, which are many and wide, have few others in theirs."""

    top: float
    height: float
    bands: tuple[tuple[tuple[int, int, Region], ...], ...]

    def overlaps(self, shape: Shape) -> tuple[Overlap, ...]:
        """Every shape whose IoU with `shape` is LEAST_INDEXED_IOU or more, in no stated order."""
        if not self.bands:
            return ()
        region = region_of(shape)
        first, last = self._reach(region.bounds)
        found = []
        for at in range(first, last + 1):
            for place, start, other in self.bands[at]:
                # A pair that meets in several bands is looked at in the first of them.
                if at == (start if start > first else first) and _may_overlap(region, other):
                    shared = region_iou(region, other)
                    if shared >= LEAST_INDEXED_IOU:
                        found.append(Overlap(place, shared))
        return tuple(found)

    def _reach(self, box: Box) -> tuple[int, int]:
        return _bands_of(box, top=self.top, height=self.height, count=len(self.bands))


def _may_overlap(a: Region, b: Region) -> bool:
    """False where the IoU cannot be LEAST_INDEXED_IOU: no more is shared than the bounds share, and
    the union is no less than the larger of the two."""
    ax0, ay0, ax1, ay1 = a.bounds
    bx0, by0, bx1, by1 = b.bounds
    width = (ax1 if ax1 < bx1 else bx1) - (ax0 if ax0 > bx0 else bx0)
    if width <= 0.0:
        return False
    height = (ay1 if ay1 < by1 else by1) - (ay0 if ay0 > by0 else by0)
    if height <= 0.0:
        return False
    # A hair more than is shared, which rounding could otherwise cut.
    most = width * height * (1.0 + 1e-9)
    least = a.area if a.area > b.area else b.area
    return most >= LEAST_INDEXED_IOU * least


def _bands_of(box: Box, *, top: float, height: float, count: int) -> tuple[int, int]:
    first = int((box.y0 - top) / height)
    last = int((box.y1 - top) / height)
    return min(max(first, 0), count - 1), min(max(last, 0), count - 1)


def index_shapes(shapes: Sequence[Shape]) -> ShapeIndex:
    """The index of `shapes`; an overlap's `place` is that in `shapes`."""
    regions = [region_of(shape) for shape in shapes]
    top = min((region.bounds.y0 for region in regions), default=0.0)
    bottom = max((region.bounds.y1 for region in regions), default=0.0)
    count = min(_MOST_BANDS, len(regions))
    height = (bottom - top) / count if bottom > top else 1.0
    bands: list[list[tuple[int, int, Region]]] = [[] for _ in range(count)]
    for place, region in enumerate(regions):
        first, last = _bands_of(region.bounds, top=top, height=height, count=count)
        for at in range(first, last + 1):
            bands[at].append((place, first, region))
    return ShapeIndex(top=top, height=height, bands=tuple(map(tuple, bands)))
