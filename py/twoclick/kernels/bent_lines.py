"""Outlines that follow a bilinear map inside its cells, where marching squares draw straight."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.ring_columns import RingColumns

_STRAIGHT = 0.01
"""Of a cell: lines that bend by less stay as they are."""

_MARGIN = 1e-3
"""Of a cell: lines stay so far inside the cell that they run through."""


_ROUNDING = 1e-6


class Grid(NamedTuple):
    """Values (rows, columns), none of them 0, at the places `x` (columns,), `y` (rows,), which are
    one apart but for the first and the last one."""

    values: NDArray[np.floating]
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def bent(rings: RingColumns, grids: Sequence[Grid], owners: NDArray[np.intp]) -> RingColumns:
    """The outlines of where grids are above 0, with one more point in each cell where the map does
    not change sides along a straight line.

    `owners` (k,) says which grid each ring was drawn on, by `contours.region_columns`.  In a cell
    that two lines run through, and along the edges of a grid, nothing is changed: rings that did
    not cross themselves do not do so afterwards.
    """
    cells = _cells(rings, grids, owners[rings.owners])
    way_u, way_v = cells.way_u, cells.way_v
    length = np.maximum(np.hypot(way_u, way_v), 1e-12)
    across_u, across_v = -way_v / length, way_u / length
    twist = cells.f00 - cells.f01 - cells.f10 + cells.f11
    slope_u = cells.f01 - cells.f00 + twist * cells.v
    slope_v = cells.f10 - cells.f00 + twist * cells.u
    value = cells.f00 + (cells.f01 - cells.f00) * cells.u + slope_v * cells.v
    slope = slope_u * across_u + slope_v * across_v
    # The value across the line is a square in the distance: one step by its slope, one more.
    step = _quotient(-value, slope)
    step = _quotient(-value, slope + step * twist * across_u * across_v)
    u = np.clip(cells.u + step * across_u, _MARGIN, 1 - _MARGIN)
    v = np.clip(cells.v + step * across_v, _MARGIN, 1 - _MARGIN)
    bends = cells.single & (np.abs(step) > _STRAIGHT) & (np.abs(step) < 1)
    middles = np.stack((cells.x + u * cells.wide, cells.y + v * cells.high), axis=1)
    return _with_middles(rings, middles, bends)


class _Cells(NamedTuple):
    """For each edge of a ring, the cell that it runs through: its values at the corners, f00 at the
    left and above, f01 at the right and above; its place and sides; the middle of the edge (u, v)
    and its way, in shares of the cell; whether it is the `single` line there, and no edge of the
    grid."""

    f00: NDArray[np.float64]
    f01: NDArray[np.float64]
    f10: NDArray[np.float64]
    f11: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    wide: NDArray[np.float64]
    high: NDArray[np.float64]
    u: NDArray[np.float64]
    v: NDArray[np.float64]
    way_u: NDArray[np.float64]
    way_v: NDArray[np.float64]
    single: NDArray[np.bool_]


def _cells(rings: RingColumns, grids: Sequence[Grid], of: NDArray[np.intp]) -> _Cells:
    starts, ends = rings.points, rings.ends()
    middle = (starts + ends) / 2
    column, x, wide, at_side = _along([grid.x for grid in grids], of, starts, ends, axis=0)
    row, y, high, at_end = _along([grid.y for grid in grids], of, starts, ends, axis=1)
    values = np.concatenate([grid.values.ravel() for grid in grids]).astype(np.float64, copy=False)
    columns = np.array([len(grid.x) for grid in grids])
    sizes = np.array([grid.values.size for grid in grids])
    corner = (np.cumsum(sizes) - sizes)[of] + row * columns[of] + column
    f00, f01 = values[corner], values[corner + 1]
    f10, f11 = values[corner + columns[of]], values[corner + columns[of] + 1]
    saddle = ((f00 > 0) == (f11 > 0)) & ((f01 > 0) == (f10 > 0))
    return _Cells(
        f00=f00,
        f01=f01,
        f10=f10,
        f11=f11,
        x=x,
        y=y,
        wide=wide,
        high=high,
        u=(middle[:, 0] - x) / wide,
        v=(middle[:, 1] - y) / high,
        way_u=(ends[:, 0] - starts[:, 0]) / wide,
        way_v=(ends[:, 1] - starts[:, 1]) / high,
        single=~(saddle | at_side | at_end),
    )


def _along(
    places: Sequence[NDArray[np.float64]],
    of: NDArray[np.intp],
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    *,
    axis: int,
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """For each edge along one axis: the number of its cell, where that begins, how long it is, and
    whether the edge lies on an end of the grid."""
    sizes = np.array([len(part) for part in places])
    opens = (np.cumsum(sizes) - sizes)[of]
    joined = np.concatenate(places)
    start, end = starts[:, axis], ends[:, axis]
    within = np.floor((start + end) / 2 - joined[opens + 1]).astype(np.intp) + 1
    cell = np.minimum(np.maximum(within, 0), sizes[of] - 2)
    low = joined[opens + cell]
    first, last = joined[opens], joined[opens + sizes[of] - 1]
    # Points on the edges come of interpolation, and are off by what is rounded there.
    at_end = (np.maximum(start, end) < first + _ROUNDING) | (
        np.minimum(start, end) > last - _ROUNDING
    )
    return cell, low, joined[opens + cell + 1] - low, at_end


def _quotient(value: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 where it would be endless: such a line is left as it is."""
    return np.divide(value, by, out=np.zeros_like(value), where=np.abs(by) > 1e-12)


def _with_middles(
    rings: RingColumns, middles: NDArray[np.float64], taken: NDArray[np.bool_]
) -> RingColumns:
    """Rings with the middles that are taken, each after the point that its edge begins at."""
    places = np.arange(len(taken)) + np.cumsum(taken) - taken
    points = np.empty((len(taken) + int(taken.sum()), 2))
    points[places] = rings.points
    points[places[taken] + 1] = middles[taken]
    added = np.add.reduceat(taken.astype(np.intp), rings.starts)
    return RingColumns(points=points, sizes=rings.sizes + added)
