"""Closed lines, cut off at the borders of an image (Sutherland and Hodgman 1974)."""

import numpy as np

from twoclick.kernels.contours import Ring


def cut_ring(ring: Ring, *, width: float, height: float) -> Ring:
    """The ring (n, 2) as far as it is on an image of `width` x `height`, without points that are
    where the one before them is; no points where nothing is left.

    What it encloses there stays what it encloses: along a border it may run to and fro, where it
    encloses nothing.
    """
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        ring = _beyond_taken(ring, axis, limit, sign)
    kept: Ring = ring[(ring != np.roll(ring, 1, axis=0)).any(axis=1)]
    return kept


def _beyond_taken(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    """Without what is less than `limit` along an axis, or more where `sign` is -1."""
    depth = sign * (ring[:, axis] - limit)
    inside = depth >= 0
    if inside.all():
        return ring
    following, deeper = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    crosses = inside != (deeper >= 0)
    share = depth[crosses] / (depth[crosses] - deeper[crosses])
    crossings = ring[crosses] + share[:, None] * (following[crosses] - ring[crosses])
    # On the border to the last digit.
    crossings[:, axis] = limit
    # Each point that stays, and behind each point where its edge crosses the border.
    both = np.stack((ring, ring), axis=1)
    both[crosses, 1] = crossings
    cut: Ring = both[np.stack((inside, crosses), axis=1)]
    return cut
