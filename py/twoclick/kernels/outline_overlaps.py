"""Which shapes of one image overlap, boxes and polygons alike, as sparse pairs."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.boxes import areas, pairwise_iou
from twoclick.kernels.polygon_overlap import Between, Edges, polygon_areas, shared_areas

_AT_ONCE = 300_000
"""Edges of one shape times those of the other, over all pairs that are looked at together: bounds
the memory."""


def outline_pairs(
    boxes: NDArray[np.float64], edges: Sequence[Edges], *, minimum: float
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Every unordered pair of shapes whose IoU is `minimum` or more, whatever their classes.

    `boxes` (n, 4) are the bounds of the shapes, `edges` the edges of each.  Returns the indexes as
    int32 (m, 2) with i < j, ordered by i and then j, and the IoUs as float64 (m,), exact.
    """
    sizes = polygon_areas(edges)
    first, second = np.nonzero(np.triu(pairwise_iou(boxes, boxes), k=1) > 0)
    # Two shapes share at most what their bounds share, and at most the smaller of the two.
    low = np.maximum(boxes[first, :2], boxes[second, :2])
    high = np.minimum(boxes[first, 2:], boxes[second, 2:])
    most = np.minimum(areas(np.hstack((low, high))), np.minimum(sizes[first], sizes[second]))
    likely = most >= minimum * (sizes[first] + sizes[second] - most)
    first, second = first[likely], second[likely]
    shared = _shared(edges, first, second, between=(low[likely, 0], high[likely, 0]))
    iou = shared / (sizes[first] + sizes[second] - shared)
    kept = (iou >= minimum) & (iou > 0)
    return np.stack((first[kept], second[kept]), axis=1).astype(np.int32), iou[kept]


def _shared(
    edges: Sequence[Edges],
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    *,
    between: Between,
) -> NDArray[np.float64]:
    """The area that each pair shares, `between` two x: many pairs at once."""
    counts = np.array([len(part) for part in edges], dtype=np.intp)
    flat = np.concatenate([*edges, np.empty((0, 4))])
    shared = np.zeros(len(first))
    for pairs in _together(counts[first], counts[second]):
        limits = (between[0][pairs], between[1][pairs])
        near = (_near(flat, counts, places[pairs], limits) for places in (first, second))
        shared[pairs] = shared_areas(*near, between=limits)
    return shared


def _together(first: NDArray[np.intp], second: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Groups of pairs, whose shapes have so many edges: similar ones, of bounded size."""
    order = np.argsort(first + second, kind="stable")
    one, other = (np.maximum.accumulate(counts[order]).tolist() for counts in (first, second))
    start = 0
    for stop in range(1, len(order)):
        if (stop + 1 - start) * one[stop] * other[stop] > _AT_ONCE:
            yield order[start:stop]
            start = stop
    if len(order):
        yield order[start:]


def _near(
    flat: Edges, counts: NDArray[np.intp], places: NDArray[np.intp], between: Between
) -> Edges:
    """(p, n, 4): of the shapes at `places` (p,) the edges that reach between the two x, and for the
    rest edges of no length.  `flat` has the edges of all shapes, `counts` how many each has."""
    low, high = between
    sizes = counts[places]
    of = np.repeat(np.arange(len(places)), sizes)
    opens = (np.cumsum(counts) - counts)[places] - (np.cumsum(sizes) - sizes)
    taken = flat[np.arange(len(of)) + np.repeat(opens, sizes)]
    x0, x1 = taken[:, 0], taken[:, 2]
    reach = (np.maximum(x0, x1) > low[of]) & (np.minimum(x0, x1) < high[of])
    taken, of = taken[reach], of[reach]
    sizes = np.bincount(of, minlength=len(places))
    near = np.zeros((len(places), int(sizes.max()), 4))
    near[of, np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)] = taken
    return near
