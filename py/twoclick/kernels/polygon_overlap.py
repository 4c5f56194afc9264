"""The area that two polygons share, exactly."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Edges: TypeAlias = NDArray[np.float64]
"""(..., n, 4): edges x0, y0, x1, y1 of all rings of a polygon, in any order and direction; what an
odd number of rings encloses belongs to it.  Edges of no length count for nothing."""


Between: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Two x for each of p pairs: (p,) the lower ones, and (p,) the higher ones."""


def shared_areas(
    first: Edges, second: Edges, *, between: Between | None = None
) -> NDArray[np.float64]:
    """The areas (p,) shared by p polygons `first` (p, n, 4) and their partners `second` (p, m, 4).

    With `between` only what they share there is told, and edges that do not reach there may be left
    out.  No polygon crosses itself.  Between two neighbouring x of all corners and all crossings of
    the two, no edges cross: there both are stacks of trapezoids, whose areas are their heights in
    the middle times the width.  Exact but for the rounding of numbers.  Time grows with p * n * m
    and with (n + m) times the number of corners and crossings, memory with p * n * m.
    """
    edges = np.concatenate((first, second), axis=1)
    of, middles, widths = _strips(first, second, between)
    areas = np.zeros(len(first))
    for start in range(0, len(of), step := max(_AT_ONCE // max(edges.shape[1], 1), 1)):
        part = slice(start, start + step)
        heights = _shared_heights(edges, of[part], middles[part], second_from=first.shape[1])
        areas += np.bincount(of[part], weights=heights * widths[part], minlength=len(first))
    return areas


_AT_ONCE = 1_000_000
"""Strips times edges: bounds the memory."""


def _shared_heights(
    edges: Edges, of: NDArray[np.intp], middles: NDArray[np.float64], *, second_from: int
) -> NDArray[np.float64]:
    """How much of the line x = `middles` (s,) lies in both polygons of the pair `of` (s,), whose
    edges (p, n + m, 4) are those of the second from the place `second_from` on."""
    left = np.minimum(edges[..., 0], edges[..., 2])[of]
    right = np.maximum(edges[..., 0], edges[..., 2])[of]
    # Closed lines are crossed an even number of times, all within the same strip.
    strip, edge = np.nonzero((left <= middles[:, None]) & (middles[:, None] < right))
    x0, y0, x1, y1 = edges[of[strip], edge].T
    y = y0 + (middles[strip] - x0) * ((y1 - y0) / (x1 - x0))
    order = np.lexsort((y, strip))
    y, strip, of_second = y[order], strip[order], edge[order] >= second_from
    both = (np.cumsum(~of_second) % 2 == 1) & (np.cumsum(of_second) % 2 == 1)
    inside = np.flatnonzero(both)
    heights = y[inside + 1] - y[inside]
    return np.bincount(strip[inside], heights, minlength=len(of)).astype(np.float64)


def polygon_areas(polygons: Sequence[Edges]) -> NDArray[np.float64]:
    """The areas (p,) of p polygons, each (n, 4) with an n of its own, whose holes run the other way
    round than their outer rings."""
    owners = np.repeat(np.arange(len(polygons)), [len(edges) for edges in polygons])
    x0, y0, x1, y1 = np.concatenate([*polygons, np.empty((0, 4))]).T
    turns = np.bincount(owners, x0 * y1 - x1 * y0, minlength=len(polygons))
    return np.abs(turns).astype(np.float64) / 2


def _strips(
    first: Edges, second: Edges, between: Between | None
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """Between neighbouring x of all corners of a pair, and of all crossings of one with the other:
    the pair, the middle of the strip and its width, where it has any."""
    ax, ay = first[:, :, None, 0], first[:, :, None, 1]
    rx, ry = first[:, :, None, 2] - ax, first[:, :, None, 3] - ay
    bx, by = second[:, None, :, 0], second[:, None, :, 1]
    sx, sy = second[:, None, :, 2] - bx, second[:, None, :, 3] - by
    turn = rx * sy - ry * sx
    safe = np.where(turn == 0, 1.0, turn)
    along_first = ((bx - ax) * sy - (by - ay) * sx) / safe
    along_second = ((bx - ax) * ry - (by - ay) * rx) / safe
    meets = (turn != 0) & (np.abs(along_first - 0.5) <= 0.5) & (np.abs(along_second - 0.5) <= 0.5)
    crossed, at, _ = np.nonzero(meets)
    crossings = first[crossed, at, 0] + along_first[meets] * (
        first[crossed, at, 2] - first[crossed, at, 0]
    )
    corners = np.concatenate((first[..., [0, 2]], second[..., [0, 2]]), axis=1)
    x = np.concatenate((corners.ravel(), crossings))
    of = np.concatenate((np.repeat(np.arange(len(first)), corners[0].size), crossed))
    if between is not None:
        x = np.minimum(np.maximum(x, between[0][of]), between[1][of])
    order = np.lexsort((x, of))
    x, of = x[order], of[order]
    widths = np.diff(x)
    wide = np.flatnonzero((widths > 0) & (of[1:] == of[:-1]))
    return of[wide], (x[wide] + x[wide + 1]) / 2, widths[wide]
