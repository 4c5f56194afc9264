"""Polygons of many lines at once."""

import numpy as np
from numpy.typing import NDArray

from twoclick.domain.shape_problems import LEAST_AREA, LEAST_SIDE
from twoclick.kernels.ring_columns import RingColumns
from twoclick.models.outlines import POLYGON, Shape

Bounds = tuple[float, float, float, float]


def polygons(
    rings: RingColumns, owners: NDArray[np.intp], *, count: int
) -> list[tuple[Shape, Bounds] | None]:
    """The `count` polygons of lines in pixels of the image, and their bounds x0, y0, x1, y1.

    `owners` (k,) says which polygon each line is of: they rise, and every polygon has a line; holes
    run the other way round than the others.  None where a polygon would be less than a pixel wide
    or high, or have less area than that: no person could draw it.
    """
    areas = np.abs(np.bincount(owners, weights=rings.signed_areas(), minlength=count))
    firsts = np.searchsorted(owners, np.arange(count + 1))
    opens = rings.starts[firsts[:-1]]
    low = np.minimum.reduceat(rings.points, opens)
    high = np.maximum.reduceat(rings.points, opens)
    large = (areas >= LEAST_AREA) & (high - low >= LEAST_SIDE).all(axis=1)
    bounds: list[Bounds] = [tuple(row) for row in np.hstack((low, high)).tolist()]
    parts, stops = rings.split(), firsts.tolist()
    return [
        (Shape(kind=POLYGON, rings=tuple(parts[stops[place] : stops[place + 1]])), bounds[place])
        if fits
        else None
        for place, fits in enumerate(large.tolist())
    ]
