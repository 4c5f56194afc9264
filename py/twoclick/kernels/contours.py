"""Outlines of the regions of a map, finer than its pixels (marching squares by contourpy)."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.ring_columns import RingColumns

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
    rows, columns = values.shape
    framed = np.zeros((rows + 2, columns + 2), dtype=np.float64)
    framed[1:-1, 1:-1] = values
    regions = []
    for region in regions_on_grid(framed, level, x=np.arange(columns + 2), y=np.arange(rows + 2)):
        # The frame is one pixel wide, and a centre half a pixel from its pixel's corner.
        rings = (np.clip(ring - 0.5, 0, (columns, rows)) for ring in region.rings)
        regions.append(Region(rings=tuple(rings)))
    return regions


def regions_on_grid(
    values: NDArray[np.floating], level: float, *, x: NDArray[Any], y: NDArray[Any]
) -> list[Region]:
    """The regions where `values` (rows, columns), at least 2 x 2, reaches `level`.

    The values stand at the places `x` (columns,) and `y` (rows,), which rise; between them values
    change linearly, and beyond the first and the last place there is nothing.
    """
    # What `filled` gives depends on the fill type, which the library's types do not follow.
    found = cast(
        "tuple[list[Ring], list[NDArray[np.integer]]]",
        _filled(values, level, x=x, y=y, fill_type="OuterOffset"),
    )
    return [
        Region(rings=tuple(points[start : end - 1] for start, end in pairwise(offsets.tolist())))
        for points, offsets in zip(*found, strict=True)
    ]


def region_columns(
    values: NDArray[np.floating],
    level: float,
    *,
    x: NDArray[Any],
    y: NDArray[Any],
    beside: NDArray[np.bool_] | None = None,
) -> tuple[RingColumns, NDArray[np.intp]]:
    """What `regions_on_grid` finds, however much it is, as columns: all rings, each region's outer
    one before its holes, and the number of the region that each ring is of (k,), in order.

    Where values (rows, columns) are `beside` the grid, there is nothing either."""
    found = _filled(values, level, x=x, y=y, fill_type="ChunkCombinedOffsetOffset", beside=beside)
    points, offsets, outer = (part[0] for part in cast("list[list[NDArray[Any] | None]]", found))
    if points is None or offsets is None or outer is None:
        return RingColumns(points=np.empty((0, 2)), sizes=np.empty(0, dtype=np.intp)), _NO_OWNERS
    stops, parts = offsets.astype(np.intp), outer.astype(np.intp)
    ends = np.zeros(len(points), dtype=np.bool_)
    ends[stops[1:] - 1] = True
    owners = np.repeat(np.arange(len(parts) - 1), parts[1:] - parts[:-1])
    return RingColumns(points=points[~ends], sizes=stops[1:] - stops[:-1] - 1), owners


_NO_OWNERS = np.empty(0, dtype=np.intp)


def _filled(
    values: NDArray[np.floating],
    level: float,
    *,
    x: NDArray[Any],
    y: NDArray[Any],
    fill_type: Literal["OuterOffset", "ChunkCombinedOffsetOffset"],
    beside: NDArray[np.bool_] | None = None,
) -> object:
    # Imported here: it takes a moment that the start of the page's compute thread need not wait.
    from contourpy import FillType, LineType, SerialContourGenerator, ZInterp

    across, down = np.empty(values.shape), np.empty(values.shape)
    across[:], down[:] = x, y[:, None]
    # Not by `contour_generator`, whose checks take longer than the outlines of a small map.
    generator = SerialContourGenerator(
        across,
        down,
        values.astype(np.float64, copy=False),
        np.array(False) if beside is None else beside,
        corner_mask=False,
        line_type=LineType.Separate,
        fill_type=getattr(FillType, fill_type),
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
    return generator.filled(level, np.inf)
