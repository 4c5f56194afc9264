"""Many small grids laid side by side, so that all of them are outlined at once.

numpy and contourpy cost about as much for a grid of 20 x 20 values as for one of a hundred times
that: most objects of an image are small.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import region_columns
from twoclick.kernels.ring_columns import RingColumns
from twoclick.kernels.spans import Span

_CELLS = 100_000
"""Values on one sheet, unless a single grid has more: bounds the memory, 60 bytes a value."""

_AWAY = 1e-4
"""Values closer to 0 than this part of the largest one of their grid are moved away from it: lines
that meet in a point of the grid would touch."""


class Grid(NamedTuple):
    """Values (rows, columns) of a map, and what they are along x (`across`) and y (`down`): before
    `cut`, but with what comes once more."""

    values: NDArray[np.floating]
    across: Span
    down: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSheet:
    """`values` (rows, columns): n grids, cut at the ends of their spans, each at the top and one
    column from the next, none of them 0 but those `beside` the grids; of grid i the columns are
    `opens[i]` to `opens[i] + columns[i]`, and `rows[i]` the rows.  `of_column` (columns,) is the
    grid that a column is of; `x` (columns,) and `y` (rows, n) are the places of the values on the
    map."""

    values: NDArray[np.float64]
    beside: NDArray[np.bool_]
    opens: NDArray[np.intp]
    columns: NDArray[np.intp]
    rows: NDArray[np.intp]
    of_column: NDArray[np.intp]
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def above(self) -> NDArray[np.bool_]:
        """(n,): which of the grids have a value above 0."""
        return np.maximum.reduceat(self.values.max(axis=0), self.opens) > 0

    def outlines(self) -> tuple[RingColumns, NDArray[np.intp]]:
        """The lines around what is above 0, in columns and rows of the sheet, as
        `contours.region_columns` draws them, and the grids that they are of (k,), which rise."""
        rows, columns = self.values.shape
        rings, _ = region_columns(
            self.values, 0.0, x=np.arange(columns), y=np.arange(rows), beside=self.beside
        )
        owners = self.of_column[rings.points[rings.starts, 0].astype(np.intp)]
        order = np.argsort(owners, kind="stable")
        return rings.ordered(order), owners[order]

    def placed(self, points: NDArray[np.float64], of: NDArray[np.intp]) -> NDArray[np.float64]:
        """Points (p, 2) in columns and rows of the sheet, of the grids `of` (p,), on the map."""
        column, row, u, v = self.cells(points, of)
        x, y = self.x[column], self.y[row, of]
        x += u * (self.x[column + 1] - x)
        y += v * (self.y[row + 1, of] - y)
        return np.stack((x, y), axis=1)

    def cells(
        self, points: NDArray[np.float64], of: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
        """The column and the row of the cell that each point lies in, between two values along each
        axis, and the point in shares of the cell: 0..1, from the left and from above."""
        x, y = points.T
        opens = self.opens[of]
        column = np.minimum(x.astype(np.intp), opens + self.columns[of] - 2)
        row = np.minimum(y.astype(np.intp), self.rows[of] - 2)
        return column, row, x - column, y - row


def sheets(grids: Sequence[Grid]) -> Iterator[GridSheet]:
    """The grids, each at least 2 x 2, on as many sheets as they need, in their order."""
    taken: list[Grid] = []
    rows = columns = 0
    for grid in grids:
        rows = max(rows, len(grid.values))
        columns += grid.values.shape[1] + 1
        if taken and rows * columns > _CELLS:
            yield _sheet(taken)
            taken, rows, columns = [], len(grid.values), grid.values.shape[1] + 1
        taken.append(grid)
    if taken:
        yield _sheet(taken)


def _sheet(grids: Sequence[Grid]) -> GridSheet:
    rows, columns = np.array([grid.values.shape for grid in grids]).T
    opens = np.cumsum(columns + 1) - columns - 1
    of_column = np.repeat(np.arange(len(grids)), columns + 1)
    values = np.zeros((int(rows.max()), len(of_column)))
    for open_, grid in zip(opens.tolist(), grids, strict=True):
        values[: len(grid.values), open_ : open_ + grid.values.shape[1]] = grid.values
    place, down = np.arange(len(of_column)), np.arange(len(values))
    x = _numbers(grids, "across", "first")[of_column] + (place - opens[of_column])
    y = _numbers(grids, "down", "first") + down[:, None]
    x[opens], x[opens + columns - 1] = _numbers(grids, "across", "ends").T
    y[0], y[rows - 1, np.arange(len(grids))] = _numbers(grids, "down", "ends").T
    beside = down[:, None] >= rows[of_column]
    beside[:, opens + columns] = True
    sheet = GridSheet(
        values=values,
        beside=beside,
        opens=opens,
        columns=columns,
        rows=rows,
        of_column=of_column,
        x=x,
        y=y,
    )
    _cut(sheet, grids)
    _move_off_zero(sheet)
    return sheet


def _numbers(grids: Sequence[Grid], axis: str, name: str) -> NDArray[np.float64]:
    return np.array([getattr(getattr(grid, axis), name) for grid in grids])


def _cut(sheet: GridSheet, grids: Sequence[Grid]) -> None:
    """Writes the values at the ends of the spans over those at the first and the last centres."""
    values, left = sheet.values, sheet.opens
    right = left + sheet.columns - 1
    at_left, at_right = _numbers(grids, "across", "shares").T
    first = values[:, left] + (values[:, left + 1] - values[:, left]) * at_left
    last = values[:, right] + (values[:, right - 1] - values[:, right]) * at_right
    values[:, left], values[:, right] = first, last
    at_top, at_bottom = _numbers(grids, "down", "shares")[sheet.of_column].T
    column, bottom = np.arange(values.shape[1]), sheet.rows[sheet.of_column] - 1
    first = values[0] + (values[1] - values[0]) * at_top
    lowest = values[bottom, column]
    last = lowest + (values[bottom - 1, column] - lowest) * at_bottom
    values[0], values[bottom, column] = first, last


def _move_off_zero(sheet: GridSheet) -> None:
    sizes = np.abs(sheet.values)
    largest = np.maximum.reduceat(sizes.max(axis=0), sheet.opens)
    least = (_AWAY * largest)[sheet.of_column]
    row, column = np.nonzero((sizes < least) & ~sheet.beside)
    near = sheet.values[row, column]
    sheet.values[row, column] = np.where(near > 0, least[column], -least[column])
