"""Convex hulls of many small sets of points at once."""

import numpy as np
from numpy.typing import NDArray


def convex_hulls(
    points: NDArray[np.float64], groups: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The corners of the convex hull of each group of points.

    `points` (n, 2), `groups` (n,) says which set each belongs to.  Returns the corners (m, 2) and
    their groups (m,), ordered by group, each hull going round with x before y (clockwise where y
    points down), without points on a straight edge.  A set without area gives one or two points.

    The chains of Andrew (1979), relaxed: over points in order of x, all points that do not bend
    outwards between their neighbours are dropped at once, again and again, until none is left.
    Such a point lies in the hull of its neighbours, so no corner is ever lost.
    """
    order = np.lexsort((points[:, 1], points[:, 0], groups))
    points, groups = points[order], groups[order]
    fresh = np.ones(len(points), dtype=np.bool_)
    fresh[1:] = (points[1:] != points[:-1]).any(axis=1) | (groups[1:] != groups[:-1])
    points, groups = points[fresh], groups[fresh]
    there = _chain(points, groups, bend=1.0)
    back = _chain(points, groups, bend=-1.0)
    back = back[_inside_group(groups[back])][::-1]  # its ends are those of the way there
    way = np.concatenate((np.zeros(len(there)), np.ones(len(back))))
    corners = np.concatenate((there, back))
    round_trip = np.lexsort((np.arange(len(corners)), way, groups[corners]))
    corners = corners[round_trip]
    return points[corners], groups[corners]


def _chain(
    points: NDArray[np.float64], groups: NDArray[np.intp], *, bend: float
) -> NDArray[np.intp]:
    """Indexes of the points of each group that bound it on one side, in order of x."""
    left = np.arange(len(points))
    while len(left) > 2:
        x, y = points[left, 0], points[left, 1]
        turn = (x[1:-1] - x[:-2]) * (y[2:] - y[:-2]) - (y[1:-1] - y[:-2]) * (x[2:] - x[:-2])
        flat = np.zeros(len(left), dtype=np.bool_)
        flat[1:-1] = (turn * bend <= 0) & _inside_group(groups[left])[1:-1]
        if not flat.any():
            break
        left = left[~flat]
    return left


def _inside_group(groups: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which places have a neighbour of their own group on both sides."""
    inside = np.zeros(len(groups), dtype=np.bool_)
    inside[1:-1] = (groups[1:-1] == groups[:-2]) & (groups[1:-1] == groups[2:])
    return inside
