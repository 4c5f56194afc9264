"""One shape as COCO has it: box, area, and an outline as polygons or as run lengths.

Boxes are [x, y, width, height]; polygons are the parts of one object, each a list x, y, x, y ...;
what several of them enclose is joined.  Run lengths (see `kernels.rle`) are a mask of the image.
All in pixels of the oriented image.
"""

from collections.abc import Sequence
from itertools import chain
from operator import mul
from typing import NamedTuple

import numpy as np

from twoclick.domain.geometry import Box, Keypoints, Shape, WholeImage, extent, rings_of
from twoclick.domain.rings import ring_numbers
from twoclick.formats.arriving import LEAST_AREA, fitted
from twoclick.formats.coco_files.keypoints import point_numbers
from twoclick.kernels.contours import Ring
from twoclick.kernels.raster import TooLargeError, filled, joined
from twoclick.kernels.rle import (
    compressed,
    runs_of,
)

DIGITS = 3
"""Digits behind the point of what is written: a thousandth of a pixel."""

TOLERANCE = 10.0**-DIGITS


class WrittenShape(NamedTuple):
    """What is written of a shape: `box` x, y, width, height; then either `rings`, or the text of
    run lengths, or x, y, v of `keypoints`, or, of a box, none of these."""

    box: tuple[float, float, float, float]
    area: float
    rings: Sequence[Sequence[float]] = ()
    runs: str | None = None
    keypoints: Sequence[float] = ()


def written_shape(shape: Shape, *, width: int, height: int) -> WrittenShape | None:
    """The shape as it is written for an image of `width` x `height`; None where nothing of it is on
    the image, and for a whole image.

    Holes cannot be said in polygons: a polygon with holes becomes run lengths, in whole pixels.
    The area is that of what is written; of a ring that crosses itself, what its loops leave when
    those that run the other way are taken off.
    """
    if isinstance(shape, WholeImage):
        return None
    around = extent(shape)
    if around.x0 < 0.0 or around.y0 < 0.0 or around.x1 > width or around.y1 > height:
        cut = fitted(shape, width=width, height=height).shape
        if cut is None:
            return None
        shape = cut
    written = _written(shape, width=width, height=height)
    # What encloses nothing is not written: no reader would take it.
    if written is not None and written.area < LEAST_AREA:
        return written if fitted(shape, width=width, height=height).shape else None
    return written


def _written(shape: Shape, *, width: int, height: int) -> WrittenShape | None:
    if isinstance(shape, Box):
        return _written_box(shape)
    if isinstance(shape, Keypoints):
        points = point_numbers(shape, digits=DIGITS)
        return _written_box(shape.box)._replace(keypoints=points)
    rings = [_rounded(ring) for ring in rings_of(shape)]
    numbers = [ring.numbers for ring in rings]
    if len(rings) == 1 or apart(numbers):
        return _written_rings(rings)
    arrays = ring_arrays(numbers)
    try:
        if joined(arrays, width=width, height=height)[1]:
            return written_mask(arrays, width=width, height=height)
    except TooLargeError:
        # Then nobody can tell whether rings overlap, and trainers take them as parts.
        return _written_rings(rings)
    return _written_rings(rings)


def written_mask(rings: Sequence[Ring], *, width: int, height: int) -> WrittenShape | None:
    """What an odd number of rings encloses, in whole pixels; None where no pixel's centre is in it.

    Raises TooLargeError.
    """
    patch = filled(rings, width=width, height=height)
    rows, columns = (np.flatnonzero(patch.pixels.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    x, y = float(patch.x + columns[0]), float(patch.y + rows[0])
    box = (x, y, float(columns[-1] - columns[0] + 1), float(rows[-1] - rows[0] + 1))
    return WrittenShape(
        box=box,
        area=int(patch.pixels.sum()),
        runs=compressed(runs_of(patch, width=width, height=height)),
    )


def shape_rings(shape: Shape) -> list[Ring]:
    """The rings of a shape as arrays of points."""
    return [np.frombuffer(ring, dtype=np.float64).reshape(-1, 2) for ring in rings_of(shape)]


def _written_box(box: Box) -> WrittenShape:
    x0, y0, x1, y1 = box
    # Rounding must not take a small box away.
    if x1 - x0 >= 1.0 and y1 - y0 >= 1.0:
        x0, y0 = round(x0, DIGITS), round(y0, DIGITS)
        width, height = round(x1 - x0, DIGITS), round(y1 - y0, DIGITS)
        return WrittenShape((x0, y0, width, height), round(width * height, DIGITS))
    width, height = x1 - x0, y1 - y0
    return WrittenShape((x0, y0, width, height), width * height)


class _Ring(NamedTuple):
    """A ring as it is written, x, y, x, y ..., and the area in it."""

    numbers: list[float]
    area: float


def _rounded(ring: bytes) -> _Ring:
    numbers = np.round(np.frombuffer(ring, dtype=np.float64), DIGITS).tolist()
    xs, ys = numbers[0::2], numbers[1::2]
    area = _ring_area(xs, ys)
    # Rounding must not take a small or thin ring away.
    if area < 1.0 + 0.01 * (max(xs) - min(xs) + max(ys) - min(ys)):
        exact = ring_numbers(ring).tolist()
        return _Ring(exact, _ring_area(exact[0::2], exact[1::2]))
    return _Ring(numbers, area)


def _written_rings(rings: Sequence[_Ring]) -> WrittenShape:
    all_numbers = list(chain.from_iterable(ring.numbers for ring in rings))
    xs, ys = all_numbers[0::2], all_numbers[1::2]
    x, y = min(xs), min(ys)
    width, height = round(max(xs) - x, 2 * DIGITS), round(max(ys) - y, 2 * DIGITS)
    area = sum(ring.area for ring in rings)
    return WrittenShape(
        box=(x, y, width, height),
        area=round(area, DIGITS) if area >= 1.0 else area,
        rings=[ring.numbers for ring in rings],
    )


def _ring_area(xs: Sequence[float], ys: Sequence[float]) -> float:
    twice: float = sum(map(mul, xs, (*ys[1:], ys[0]))) - sum(map(mul, (*xs[1:], xs[0]), ys))
    return abs(twice) / 2


def apart(rings: Sequence[Sequence[float]]) -> bool:
    """Whether the boxes around the rings have nothing in common, so that the rings have not."""
    bounds = sorted(
        (min(ring[0::2]), max(ring[0::2]), min(ring[1::2]), max(ring[1::2])) for ring in rings
    )
    reaching: list[tuple[float, float, float]] = []
    for left, right, top, bottom in bounds:
        reaching = [one for one in reaching if one[0] > left]
        if any(high < bottom and top < low for _, high, low in reaching):
            return False
        reaching.append((right, top, bottom))
    return True


def ring_arrays(rings: Sequence[Sequence[float]]) -> list[Ring]:
    return [np.array(ring, dtype=np.float64).reshape(-1, 2) for ring in rings]
