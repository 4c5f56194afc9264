"""Outlines of the regions of a map, finer than its pixels (marching squares by contourpy)."""

from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]
"""(n, 2) points x, y of a closed line; the last point is not the first one again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One connected region: its outer ring, then its holes, which run the other way round."""

    rings: tuple[Ring, ...]


def regions_above(values: NDArray[np.floating] | NDArray[np.bool_], level: float) -> list[Region]:
    """The regions where `values` (rows, columns) reaches `level`.

    Coordinates are those of images: the value of a pixel stands at its centre, (column + 0.5,
    row + 0.5), and between centres values change linearly.  Beyond the edge of the map values fall
    to 0, and rings are cut off at the edge: x within 0..columns, y within 0..rows.  `level` is
    greater than 0.
    """
    # Imported here: it takes a moment that the start of the page's compute thread need not wait.
    from contourpy import FillType, contour_generator

    rows, columns = values.shape
    framed = np.zeros((rows + 2, columns + 2), dtype=np.float64)
    framed[1:-1, 1:-1] = values
    generator = contour_generator(z=framed, name="serial", fill_type=FillType.OuterOffset)
    # What `filled` gives depends on the fill type, which the library's types do not follow.
    found = cast("tuple[list[Ring], list[NDArray[np.integer]]]", generator.filled(level, np.inf))
    regions = []
    for points, offsets in zip(*found, strict=True):
        # The frame is one pixel wide, and a centre half a pixel from its pixel's corner.
        outline = np.clip(points - 0.5, 0, (columns, rows))
        parts = pairwise(offsets.tolist())
        regions.append(Region(rings=tuple(outline[start : end - 1] for start, end in parts)))
    return regions
