"""Fewer points for a closed line."""

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import Ring


def simplified(ring: Ring, *, tolerance: float) -> Ring:
    """Points of `ring` such that none of the others is farther than `tolerance` from the new line.

    Douglas and Peucker (1973), begun at the two points that are farthest apart along x + y and
    from each other.  If the line came to cross itself, the tolerance is halved until it does not;
    a ring that crossed itself from the start is given back as it is.
    """
    while tolerance > _NEGLIGIBLE:
        thin = thinned(ring, tolerance=tolerance)
        if len(thin) >= 3 and not crosses_itself(thin):
            return thin
        tolerance /= 2
    return ring


_NEGLIGIBLE = 1e-3


def thinned(ring: Ring, *, tolerance: float) -> Ring:
    """What `simplified` tries with one tolerance: the new line may cross itself."""
    return ring[_kept(ring, tolerance)]


def _kept(ring: Ring, tolerance: float) -> NDArray[np.intp]:
    """The places of the points that stay, all stretches between them halved at once."""
    size = len(ring)
    start = int(np.argmin(ring.sum(axis=1)))
    line = np.concatenate((ring[start:], ring[: start + 1]))
    far = int(np.argmax(((line - line[0]) ** 2).sum(axis=1)))
    kept = np.array([0, far, size])
    while True:
        stretch = np.searchsorted(kept, np.arange(size), side="right") - 1
        distances = _distances(line[:-1], line[kept[stretch]], line[kept[stretch + 1]])
        worst = np.maximum.reduceat(distances, kept[:-1])
        split = np.flatnonzero((distances == worst[stretch]) & (distances > tolerance))
        if not len(split):
            return (kept[:-1] + start) % size
        # Of equally far points of a stretch the first one.
        _, first = np.unique(stretch[split], return_index=True)
        kept = np.sort(np.concatenate((kept, split[first])))


def _distances(points: Ring, starts: Ring, ends: Ring) -> NDArray[np.float64]:
    """From each point to its piece of line from start to end."""
    way_x, way_y = (ends - starts).T
    x, y = (points - starts).T
    length = way_x * way_x + way_y * way_y
    share = (x * way_x + y * way_y) / np.where(length > 0, length, 1.0)
    share = np.minimum(np.maximum(share, 0), 1)
    distances: NDArray[np.float64] = np.hypot(x - share * way_x, y - share * way_y)
    return distances


def crosses_itself(ring: Ring) -> bool:
    """Whether two edges of a ring that are not neighbours meet."""
    size = len(ring)
    ends = np.roll(ring, -1, axis=0)
    # side[i, j]: on which side of edge i the point j lies.
    way = ends - ring
    side = np.sign(
        way[:, None, 0] * (ring[None, :, 1] - ring[:, None, 1])
        - way[:, None, 1] * (ring[None, :, 0] - ring[:, None, 0])
    )
    parted = side * np.roll(side, -1, axis=1) <= 0  # edge j does not stay on one side of edge i
    gap = (np.arange(size)[None, :] - np.arange(size)[:, None]) % size
    strangers = (gap > 1) & (gap < size - 1)
    return bool((parted & parted.T & strangers).any())
