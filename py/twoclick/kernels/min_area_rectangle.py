"""The rectangle of least area around a set of points, for many sets at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.convex_hull import convex_hulls


class Rectangles(NamedTuple):
    """Rectangles at any angle: `centres` (n, 2), `sides` (n, 2) the full lengths along `along`,
    a unit vector (n, 2), and along the one at a right angle to it, (-along y, along x)."""

    centres: NDArray[np.float64]
    sides: NDArray[np.float64]
    along: NDArray[np.float64]

    def corners(self) -> NDArray[np.float64]:
        """(n, 4, 2): the first edge runs along `along`; clockwise where y points down."""
        across = np.stack((-self.along[:, 1], self.along[:, 0]), axis=1)
        half_along = self.along * self.sides[:, :1] / 2
        half_across = across * self.sides[:, 1:] / 2
        steps = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        return np.stack(
            [self.centres + one * half_along + other * half_across for one, other in steps], axis=1
        )


def min_area_rectangles(
    points: NDArray[np.float64], groups: NDArray[np.intp], *, count: int
) -> Rectangles:
    """The least rectangle around each of `count` groups of points; every group has a point.

    One edge of it lies on an edge of the convex hull (Freeman and Shapira 1975), which rotating
    calipers visit one after the other (Toussaint 1983); here all edges of all hulls are tried at
    once.  Of two equal areas the first edge of the hull wins.
    """
    hulls = _padded_hulls(points, groups, count=count)
    edges = np.roll(hulls, -1, axis=1) - hulls
    lengths = np.hypot(edges[..., 0], edges[..., 1])
    # A single point has any direction.
    nowhere = lengths == 0
    directions = np.where(nowhere[..., None], (1.0, 0.0), edges)
    directions = directions / np.where(nowhere, 1.0, lengths)[..., None]
    ux, uy = directions[:, :, None, 0], directions[:, :, None, 1]
    x, y = hulls[:, None, :, 0], hulls[:, None, :, 1]
    along, across = x * ux + y * uy, y * ux - x * uy
    low = np.stack((along.min(axis=2), across.min(axis=2)), axis=2)
    high = np.stack((along.max(axis=2), across.max(axis=2)), axis=2)
    areas = (high - low).prod(axis=2)
    each = np.arange(count)
    best = areas.argmin(axis=1)
    direction = directions[each, best]
    middle = (low[each, best] + high[each, best]) / 2
    centres = np.stack(
        (
            middle[:, 0] * direction[:, 0] - middle[:, 1] * direction[:, 1],
            middle[:, 0] * direction[:, 1] + middle[:, 1] * direction[:, 0],
        ),
        axis=1,
    )
    sides = high[each, best] - low[each, best]
    return Rectangles(centres=centres, sides=sides, along=direction)


def _padded_hulls(
    points: NDArray[np.float64], groups: NDArray[np.intp], *, count: int
) -> NDArray[np.float64]:
    """(count, most corners, 2): shorter hulls repeat their first corner."""
    corners, owners = convex_hulls(points, groups)
    sizes = np.bincount(owners, minlength=count)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    places = np.arange(sizes.max(initial=0))
    within = np.where(places[None, :] < sizes[:, None], places[None, :], 0)
    padded: NDArray[np.float64] = corners[starts[:, None] + within]
    return padded
