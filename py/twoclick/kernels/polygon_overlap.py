"""The area that two polygons share, exactly."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Edges: TypeAlias = NDArray[np.float64]
"""(..., n, 4): edges x0, y0, x1, y1 of all rings of a polygon, in any order and direction; what an
odd number of rings encloses belongs to it.  Edges of no length count for nothing."""


def shared_areas(first: Edges, second: Edges) -> NDArray[np.float64]:
    """The areas (p,) shared by p polygons `first` (p, n, 4) and their partners `second` (p, m, 4).

    No polygon crosses itself.  Between two neighbouring x of all corners and all crossings of the
    two, no edges cross: there both are stacks of trapezoids, whose areas are their heights in the
    middle times the width.  Exact but for the rounding of numbers.  Time and memory grow with n * m
    and with (n + m) times the number of corners and crossings.
    """
    edges = np.concatenate((first, second), axis=1)
    of_second = np.arange(edges.shape[1]) >= first.shape[1]
    stops = _stops(first, second)
    middles, widths = (stops[:, 1:] + stops[:, :-1]) / 2, np.diff(stops, axis=1)
    # Edges that do not cross left stops that others have as well: most of them, of large polygons.
    wide = (widths > 0).any(axis=0)
    middles, widths = middles[:, wide], widths[:, wide]
    x0, y0, x1, y1 = (edges[:, None, :, place] for place in range(4))
    at = middles[:, :, None]
    spans = (np.minimum(x0, x1) <= at) & (at < np.maximum(x0, x1))
    run = np.where(x1 == x0, 1.0, x1 - x0)
    y = np.where(spans, y0 + (at - x0) * ((y1 - y0) / run), np.inf)
    order = np.argsort(y, axis=2, kind="stable")
    y = np.take_along_axis(y, order, axis=2)
    counted = np.take_along_axis(spans, order, axis=2)
    partner = of_second[order]
    in_first = np.cumsum(counted & ~partner, axis=2) % 2 == 1
    in_second = np.cumsum(counted & partner, axis=2) % 2 == 1
    heights = np.diff(np.where(counted, y, 0.0), axis=2)
    shared = np.where((in_first & in_second)[:, :, :-1], heights, 0.0).sum(axis=2)
    areas: NDArray[np.float64] = (shared * widths).sum(axis=1)
    return areas


def polygon_area(edges: Edges) -> NDArray[np.float64]:
    """The areas (...) of polygons whose holes run the other way round than their outer rings."""
    x0, y0, x1, y1 = (edges[..., place] for place in range(4))
    areas: NDArray[np.float64] = np.abs((x0 * y1 - x1 * y0).sum(axis=-1)) / 2
    return areas


def _stops(first: Edges, second: Edges) -> NDArray[np.float64]:
    """In rising order (p, s): the x of all corners, and of all crossings of one with the other."""
    ax, ay = first[:, :, None, 0], first[:, :, None, 1]
    rx, ry = first[:, :, None, 2] - ax, first[:, :, None, 3] - ay
    bx, by = second[:, None, :, 0], second[:, None, :, 1]
    sx, sy = second[:, None, :, 2] - bx, second[:, None, :, 3] - by
    turn = rx * sy - ry * sx
    safe = np.where(turn == 0, 1.0, turn)
    along_first = ((bx - ax) * sy - (by - ay) * sx) / safe
    along_second = ((bx - ax) * ry - (by - ay) * rx) / safe
    meets = (turn != 0) & (np.abs(along_first - 0.5) <= 0.5) & (np.abs(along_second - 0.5) <= 0.5)
    crossings = np.where(meets, ax + along_first * rx, ax + 0 * turn)
    count = len(first)
    corners = [first[:, :, 0], first[:, :, 2], second[:, :, 0], second[:, :, 2]]
    return np.sort(np.concatenate([*corners, crossings.reshape(count, -1)], axis=1), axis=1)
