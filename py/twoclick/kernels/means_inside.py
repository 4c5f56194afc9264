"""The mean of a map inside polygons."""

import numpy as np
from numpy.typing import NDArray


def means_inside(
    values: NDArray[np.floating],
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    owners: NDArray[np.intp],
    *,
    count: int,
) -> NDArray[np.float64]:
    """The mean of `values` (rows, columns) over the pixels whose centre is in each polygon.

    The polygons are given by their edges: from `starts` (n, 2) to `ends` (n, 2), edge i of polygon
    `owners[i]` (0..count - 1), in coordinates with pixel (row, column) centred at (column + 0.5,
    row + 0.5).  Holes run the other way round than what they are cut from.  Returns (count,); 0
    where there is no centre inside.

    Along a row, what lies between two edges is the difference of two running sums: every edge adds
    or takes away the running sum at the place where it crosses the row.
    """
    rows, columns = values.shape
    sums = np.zeros((rows, columns + 1), dtype=np.float64)
    np.cumsum(values, axis=1, out=sums[:, 1:])
    down = np.where(ends[:, 1] > starts[:, 1], 1.0, -1.0)
    upper = np.where(down[:, None] > 0, starts, ends)
    lower = np.where(down[:, None] > 0, ends, starts)
    first = np.clip(np.ceil(upper[:, 1] - 0.5), 0, rows).astype(np.intp)
    last = np.clip(np.ceil(lower[:, 1] - 0.5), 0, rows).astype(np.intp)
    crossed = last - first
    edge = np.repeat(np.arange(len(starts)), crossed)
    before = np.repeat(np.cumsum(crossed) - crossed, crossed)
    row = first[edge] + np.arange(len(edge)) - before
    slope = (lower[:, 0] - upper[:, 0]) / np.where(crossed > 0, lower[:, 1] - upper[:, 1], 1.0)
    x = upper[edge, 0] + (row + 0.5 - upper[edge, 1]) * slope[edge]
    column = np.clip(np.ceil(x - 0.5), 0, columns).astype(np.intp)
    owner, sign = owners[edge], down[edge]
    total = np.bincount(owner, weights=sign * sums[row, column], minlength=count)
    pixels = np.bincount(owner, weights=sign * column, minlength=count)
    return np.divide(total, pixels, out=np.zeros(count), where=np.abs(pixels) > 0.5)
