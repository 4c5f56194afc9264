"""Outlines that follow a bilinear map inside its cells, where marching squares draw straight."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.grid_sheet import GridSheet
from twoclick.kernels.ring_columns import RingColumns

_STRAIGHT = 0.01
"""Of a cell: lines that bend by less stay as they are."""

_MARGIN = 1e-3
"""Of a cell: lines stay so far inside the cell that they run through."""

_APART = 0.1
"""Of a cell: two lines through one stay so far from the point between them where the map is level,
so that they do not meet where points are left out later."""

_ROUNDING = 1e-6


def bent(rings: RingColumns, sheet: GridSheet, owners: NDArray[np.intp]) -> RingColumns:
    """The outlines of where grids are above 0, with one more point in each cell where the map does
    not change sides along a straight line.

    Rings and `owners` (k,) as `GridSheet.outlines` gives them, in columns and rows of the sheet.
    Along the edges of a grid nothing is changed, nor where two lines run through a cell the other
    way than the map does: rings that did not cross themselves do not do so afterwards.
    """
    cells = _cells(rings, sheet, owners[rings.owners])
    way_u, way_v = cells.way.T
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
    u = np.minimum(np.maximum(cells.u + step * across_u, cells.least_u), cells.most_u)
    v = np.minimum(np.maximum(cells.v + step * across_v, cells.least_v), cells.most_v)
    bends = cells.may_bend & (np.abs(step) > _STRAIGHT) & (np.abs(step) < 1)
    return _with_middles(rings, np.stack((cells.column + u, cells.row + v), axis=1), bends)


class _Cells(NamedTuple):
    """For each edge of a ring, the cell that it runs through: its values at the corners, f00 at the
    left and above, f01 at the right and above; its column and row on the sheet; the middle of the
    edge (u, v) and its way (p, 2), in shares of the cell; between what u and v it may bend, and
    whether it may at all."""

    f00: NDArray[np.float64]
    f01: NDArray[np.float64]
    f10: NDArray[np.float64]
    f11: NDArray[np.float64]
    column: NDArray[np.intp]
    row: NDArray[np.intp]
    u: NDArray[np.float64]
    v: NDArray[np.float64]
    way: NDArray[np.float64]
    least_u: NDArray[np.float64]
    most_u: NDArray[np.float64]
    least_v: NDArray[np.float64]
    most_v: NDArray[np.float64]
    may_bend: NDArray[np.bool_]


def _cells(rings: RingColumns, sheet: GridSheet, of: NDArray[np.intp]) -> _Cells:
    starts, ends = rings.points, rings.ends()
    column, row, u, v = sheet.cells((starts + ends) / 2, of)
    values = sheet.values.ravel()
    corner = row * sheet.values.shape[1] + column
    below = corner + sheet.values.shape[1]
    f00, f01, f10, f11 = values[corner], values[corner + 1], values[below], values[below + 1]
    saddle = ((f00 > 0) == (f11 > 0)) & ((f01 > 0) == (f10 > 0)) & ((f00 > 0) != (f01 > 0))
    # Where two lines run through, each has a quarter around the level point to bend in.
    twist = np.where(saddle, f00 - f01 - f10 + f11, 1.0)
    least_u, most_u = _room(saddle, (f00 - f10) / twist, u)
    least_v, most_v = _room(saddle, (f00 - f01) / twist, v)
    # Outlines join what the mean of the corners joins, the map what the level point does.
    joins = (f00 * f11 - f01 * f10) / twist > 0
    astray = saddle & (joins != (f00 + f01 + f10 + f11 > 0))
    first = sheet.opens[of]
    at_side = _at_end(starts[:, 0], ends[:, 0], first, first + sheet.columns[of] - 1)
    at_end = _at_end(starts[:, 1], ends[:, 1], np.zeros_like(first), sheet.rows[of] - 1)
    return _Cells(
        f00=f00,
        f01=f01,
        f10=f10,
        f11=f11,
        column=column,
        row=row,
        u=u,
        v=v,
        way=ends - starts,
        least_u=least_u,
        most_u=most_u,
        least_v=least_v,
        most_v=most_v,
        may_bend=~(astray | at_side | at_end),
    )


def _room(
    saddle: NDArray[np.bool_], level: NDArray[np.float64], middle: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Along one axis of the cell, the least and the most that lines may bend to: in a `saddle` only
    on the side of the `level` point that their `middle` is on."""
    least = np.where(saddle & (middle > level), level + _APART, _MARGIN)
    most = np.where(saddle & (middle <= level), level - _APART, 1 - _MARGIN)
    return np.minimum(least, 1 - _MARGIN), np.maximum(most, _MARGIN)


def _at_end(
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    first: NDArray[np.intp],
    last: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Whether edges lie along the first or the last line of their grid."""
    # Points on the edges come of interpolation, and are off by what is rounded there.
    return (np.maximum(starts, ends) < first + _ROUNDING) | (
        np.minimum(starts, ends) > last - _ROUNDING
    )


def _quotient(value: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 where it would be endless: such a line is left as it is."""
    return np.divide(value, by, out=np.zeros_like(value), where=np.abs(by) > 1e-12)


def _with_middles(
    rings: RingColumns, middles: NDArray[np.float64], taken: NDArray[np.bool_]
) -> RingColumns:
    """Rings with the middles that are taken, each after the point that its edge begins at."""
    if not len(taken):
        return rings
    places = np.arange(len(taken)) + np.cumsum(taken) - taken
    points = np.empty((len(taken) + int(taken.sum()), 2))
    points[places] = rings.points
    points[places[taken] + 1] = middles[taken]
    added = np.add.reduceat(taken.astype(np.intp), rings.starts)
    return RingColumns(points=points, sizes=rings.sizes + added)
