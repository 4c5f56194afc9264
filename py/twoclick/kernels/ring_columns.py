"""Many closed lines at once, as columns: fewer points for all of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_NEGLIGIBLE = 1e-3
"""Lines that cross themselves with less tolerance than this keep all of their points."""

_ROUNDING = 1e-6
"""By how much rounding may move an edge where lines are laid side by side, and more."""


class RingColumns(NamedTuple):
    """k closed lines: `points` float64 (p, 2), one line after the other, and how many points each
    has, `sizes` (k,), none of them 0; the last point of a line is not the first one again."""

    points: NDArray[np.float64]
    sizes: NDArray[np.intp]

    @property
    def starts(self) -> NDArray[np.intp]:
        """Where each line begins among the points."""
        return np.cumsum(self.sizes) - self.sizes

    @property
    def owners(self) -> NDArray[np.intp]:
        """The line that each point is of."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def ends(self) -> NDArray[np.float64]:
        """(p, 2): the point that follows each one on its line."""
        following = np.arange(1, len(self.points) + 1)
        following[self.starts + self.sizes - 1] = self.starts
        return self.points[following]

    def chosen(self, kept: NDArray[np.bool_]) -> "RingColumns":
        """The points that are kept (p,); a line that keeps none is left out."""
        sizes = np.bincount(self.owners[kept], minlength=len(self.sizes))
        return RingColumns(points=self.points[kept], sizes=sizes[sizes > 0])

    def ordered(self, order: NDArray[np.intp]) -> "RingColumns":
        """The lines in another order: `order` (k,), their places."""
        sizes = self.sizes[order]
        shift = self.starts[order] - (np.cumsum(sizes) - sizes)
        return RingColumns(
            points=self.points[np.arange(len(self.points)) + np.repeat(shift, sizes)], sizes=sizes
        )

    def split(self) -> list[NDArray[np.float64]]:
        """The lines one by one."""
        stops = np.cumsum(self.sizes).tolist()
        return [
            self.points[stop - size : stop]
            for stop, size in zip(stops, self.sizes.tolist(), strict=True)
        ]

    def signed_areas(self) -> NDArray[np.float64]:
        """(k,): above 0 for lines that run clockwise where y points down."""
        # From the first point of each line: far from the origin, products would cost precision.
        base = np.repeat(self.points[self.starts], self.sizes, axis=0)
        (x0, y0), (x1, y1) = (self.points - base).T, (self.ends() - base).T
        areas: NDArray[np.float64] = np.add.reduceat(x0 * y1 - x1 * y0, self.starts) / 2
        return areas


def joined(parts: Sequence[RingColumns]) -> RingColumns:
    """The lines of all parts, at least one, one after the other."""
    return RingColumns(
        points=np.concatenate([part.points for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
    )


def all_simplified(rings: RingColumns, *, tolerances: NDArray[np.float64]) -> RingColumns:
    """What `simplify.simplified` does with each line and its own tolerance (k,).

    A line that would come to cross itself, or to have fewer than 3 points, is tried again with half
    the tolerance, and keeps all of its points in the end.
    """
    kept = _kept(rings, tolerances)
    tried = np.flatnonzero(are_spoilt(rings.chosen(kept)))
    tolerance = tolerances.copy()
    while len(tried):
        tolerance[tried] /= 2
        of_tried = np.isin(rings.owners, tried)
        part = rings.chosen(of_tried)
        done = tolerance[tried] <= _NEGLIGIBLE
        fresh = _kept(part, tolerance[tried]) | np.repeat(done, part.sizes)
        kept[of_tried] = fresh
        tried = tried[are_spoilt(part.chosen(fresh)) & ~done]
    return rings.chosen(kept)


def _kept(rings: RingColumns, tolerances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points stay (p,), after Douglas and Peucker: all lines at once, and all stretches
    between points that stay halved at once."""
    first, far = _anchors(rings)
    # Every line from its first anchor round to it again, one point longer than it is.
    steps = rings.sizes + 1
    opens = np.cumsum(steps) - steps
    within = np.arange(steps.sum()) - np.repeat(opens, steps)
    turned = (within + np.repeat(first, steps)) % np.repeat(rings.sizes, steps)
    places = turned + np.repeat(rings.starts, steps)
    x, y = rings.points[places].T
    reach = np.repeat(tolerances, 2) ** 2
    kept = [opens, opens + far]
    begin = np.stack((opens, opens + far), axis=1).ravel()
    end = np.stack((opens + far, opens + rings.sizes), axis=1).ravel()
    while True:
        wide = end - begin > 1
        begin, end, reach = begin[wide], end[wide], reach[wide]
        if not len(begin):
            break
        worst, split = _farthest(x, y, begin, end)
        parted = worst > reach
        begin, end, split, reach = begin[parted], end[parted], split[parted], reach[parted]
        kept.append(split)
        begin, end = np.concatenate((begin, split)), np.concatenate((split, end))
        reach = np.concatenate((reach, reach))
    stays = np.zeros(len(rings.points), dtype=np.bool_)
    stays[places[np.concatenate(kept)]] = True
    return stays


def _anchors(rings: RingColumns) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of each line the point that is farthest to the top left, and how many points after it the one
    comes that is farthest from it."""
    first = _first_least(rings.points.sum(axis=1), rings)
    base = np.repeat(rings.points[rings.starts + first], rings.sizes, axis=0)
    far = _first_least(-((rings.points - base) ** 2).sum(axis=1), rings)
    return first, (far - first) % rings.sizes


def _first_least(values: NDArray[np.float64], rings: RingColumns) -> NDArray[np.intp]:
    """The first place on each line of its least value."""
    least = np.minimum.reduceat(values, rings.starts)
    hits = np.flatnonzero(values == np.repeat(least, rings.sizes))
    return hits[np.searchsorted(hits, rings.starts)] - rings.starts


def _farthest(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    begin: NDArray[np.intp],
    end: NDArray[np.intp],
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """For each stretch with points between its ends: the square of how far the farthest of them is
    from the straight piece of line between the ends, and its place."""
    lengths = end - begin - 1
    opens = np.cumsum(lengths) - lengths
    of = np.repeat(np.arange(len(begin)), lengths)
    places = np.arange(len(of)) + (begin + 1 - opens)[of]
    way_x, way_y = x[end] - x[begin], y[end] - y[begin]
    square = way_x * way_x + way_y * way_y
    scale = 1.0 / np.where(square > 0, square, 1.0)
    across, down = x[places] - x[begin][of], y[places] - y[begin][of]
    way_x, way_y = way_x[of], way_y[of]
    share = (across * way_x + down * way_y) * scale[of]
    share = np.minimum(np.maximum(share, 0.0), 1.0)
    apart = (across - share * way_x) ** 2 + (down - share * way_y) ** 2
    worst = np.maximum.reduceat(apart, opens)
    hits = np.flatnonzero(apart == worst[of])
    return worst, places[hits[np.searchsorted(hits, opens)]]


def are_spoilt(rings: RingColumns) -> NDArray[np.bool_]:
    """Which lines (k,) are no outlines: fewer than 3 points, or edges that meet where they should
    not (the same test as `domain.rings.crosses_itself`, wherever numbers are exact)."""
    spoilt = rings.sizes < 3
    starts, ends = rings.points, rings.ends()
    owners = rings.owners
    way = ends - starts
    next_way = RingColumns(points=way, sizes=rings.sizes).ends()
    turn = way[:, 0] * next_way[:, 1] - way[:, 1] * next_way[:, 0]
    ahead = (way * next_way).sum(axis=1)
    spoilt[owners[(turn == 0) & (ahead <= 0)]] = True
    one, other = _near_edges(rings, starts, ends)
    a, b, c, d = starts[one], ends[one], starts[other], ends[other]
    parted = _side(a, b, c) * _side(a, b, d) <= 0
    one, other = one[parted], other[parted]
    a, b, c, d = a[parted], b[parted], c[parted], d[parted]
    meets = _side(c, d, a) * _side(c, d, b) <= 0
    spoilt[owners[one[meets]]] = True
    return spoilt


def _side(
    a: NDArray[np.float64], b: NDArray[np.float64], point: NDArray[np.float64]
) -> NDArray[np.float64]:
    side: NDArray[np.float64] = np.sign(
        (b[:, 0] - a[:, 0]) * (point[:, 1] - a[:, 1])
        - (b[:, 1] - a[:, 1]) * (point[:, 0] - a[:, 0])
    )
    return side


def _near_edges(
    rings: RingColumns, starts: NDArray[np.float64], ends: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of edges of one line that are not neighbours and whose extents overlap."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    owners = rings.owners
    order = np.lexsort((low[:, 0], owners))
    # Lines side by side, so that only edges of the same one overlap in x.
    room = float(np.ptp(rings.points[:, 0])) + 1.0
    shift = owners[order] * room
    left, right = low[order, 0] + shift, high[order, 0] + shift + _ROUNDING
    counts = np.searchsorted(left, right, side="right") - np.arange(1, len(order) + 1)
    opens = np.cumsum(counts) - counts
    first = np.repeat(np.arange(len(order)), counts)
    second = np.arange(counts.sum()) - np.repeat(opens, counts) + first + 1
    one, other = order[first], order[second]
    overlapping = (low[one, 1] <= high[other, 1]) & (low[other, 1] <= high[one, 1])
    one, other = one[overlapping], other[overlapping]
    gap = np.abs(one - other)
    strangers = (gap > 1) & (gap != rings.sizes[owners[one]] - 1)
    return one[strangers], other[strangers]
