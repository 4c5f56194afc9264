"""Polygons grown by a distance, with round joins."""

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import Region, Ring, regions_above

_CELLS = 12_000
"""Most points that distances are computed for."""

_STEPS = 4
"""Least steps of that grid in the distance: keeps the round parts within a hundredth of it."""


def grown(rings: tuple[Ring, ...], *, distance: float, width: float, height: float) -> list[Region]:
    """Everything within `distance` of a polygon, cut off at 0..width and 0..height.

    `rings`: an outer ring and its holes (what an odd number of rings encloses).  Gaps and holes
    narrower than twice the distance close; nothing in the result crosses itself, whatever the
    shape.  Empty if nothing is left.

    The distance from the polygon is computed on a grid, and the line where it has the wanted value
    is drawn by marching squares: round joins without arcs, and no clipping of loops.
    """
    points = np.concatenate(rings)
    low = points.min(axis=0) - distance
    size = points.max(axis=0) + distance - low
    step = max(distance / _STEPS, float(np.sqrt(size.prod() / _CELLS)))
    columns, rows = (int(count) + 3 for count in np.ceil(size / step))
    # The values stand at the centres of the cells: one cell of margin on every side.
    x = low[0] + step * (np.arange(columns) - 1)
    y = low[1] + step * (np.arange(rows) - 1)
    excess = _distance_outside(rings, x, y, most=distance + 2 * step) - distance
    edge_x = np.maximum(-x, x - width)
    edge_y = np.maximum(-y, y - height)
    excess = np.maximum(excess, np.maximum(edge_x[None, :], edge_y[:, None]))
    # regions_above wants values above a positive level, and 0 beyond the margin.
    height_above = np.maximum(_BASE - excess / step, 0)
    origin = np.array([x[0], y[0]]) - step / 2
    found = []
    for region in regions_above(height_above, _BASE):
        placed = tuple(ring * step + origin for ring in region.rings)
        for ring in placed:
            np.clip(ring[:, 0], 0, width, out=ring[:, 0])
            np.clip(ring[:, 1], 0, height, out=ring[:, 1])
        found.append(Region(rings=placed))
    return found


_BASE = 1e6


def _distance_outside(
    rings: tuple[Ring, ...], x: NDArray[np.float64], y: NDArray[np.float64], *, most: float
) -> NDArray[np.float64]:
    """(rows, columns): how far each grid point is from the polygon: 0 inside it, `most` at most."""
    starts = np.concatenate(rings)
    ends = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    nearest = np.full((len(y), len(x)), most * most)
    # An edge matters to the points around it only.
    low = np.minimum(starts, ends) - most
    high = np.maximum(starts, ends) + most
    left, right = np.searchsorted(x, (low[:, 0], high[:, 0])).tolist()
    top, bottom = np.searchsorted(y, (low[:, 1], high[:, 1])).tolist()
    for place, ((x0, y0), (x1, y1)) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        part = nearest[top[place] : bottom[place], left[place] : right[place]]
        across = x[left[place] : right[place]] - x0
        down = (y[top[place] : bottom[place]] - y0)[:, None]
        way_x, way_y = x1 - x0, y1 - y0
        length = way_x * way_x + way_y * way_y
        if length > 0:
            share = (across * way_x + down * way_y) / length
            share = np.minimum(np.maximum(share, 0), 1)  # clip is slow on few numbers
            apart = (across - share * way_x) ** 2 + (down - share * way_y) ** 2
            np.minimum(part, apart, out=part)
    return np.where(_inside(starts, ends, x, y), 0.0, np.sqrt(nearest))


def _inside(
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """(rows, columns): which grid points an odd number of edges lies to the left of."""
    flips = np.zeros((len(y), len(x) + 1), dtype=np.intp)
    level = (y[:, None] >= np.minimum(starts, ends)[:, 1]) & (
        y[:, None] < np.maximum(starts, ends)[:, 1]
    )
    row, edge = np.nonzero(level)
    (x0, y0), (x1, y1) = starts[edge].T, ends[edge].T
    crossing = x0 + (y[row] - y0) * ((x1 - x0) / (y1 - y0))
    np.add.at(flips, (row, np.searchsorted(x, crossing)), 1)
    odd: NDArray[np.bool_] = np.cumsum(flips, axis=1)[:, :-1] % 2 == 1
    return odd
