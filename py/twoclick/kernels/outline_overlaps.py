"""Which shapes of one image overlap, boxes and polygons alike, as sparse pairs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.boxes import areas, pairwise_iou
from twoclick.kernels.polygon_overlap import Edges, polygon_area, shared_areas


def outline_pairs(
    boxes: NDArray[np.float64], edges: Sequence[Edges], *, minimum: float
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Every unordered pair of shapes whose IoU is `minimum` or more, whatever their classes.

    `boxes` (n, 4) are the bounds of the shapes, `edges` the edges of each.  Returns the indexes as
    int32 (m, 2) with i < j, ordered by i and then j, and the IoUs as float64 (m,), exact.
    """
    sizes = np.array([float(polygon_area(part)) for part in edges])
    first, second = np.nonzero(np.triu(pairwise_iou(boxes, boxes), k=1) > 0)
    # Two shapes share at most what their bounds share, and at most the smaller of the two.
    low = np.maximum(boxes[first, :2], boxes[second, :2])
    high = np.minimum(boxes[first, 2:], boxes[second, 2:])
    most = np.minimum(areas(np.hstack((low, high))), np.minimum(sizes[first], sizes[second]))
    likely = most >= minimum * (sizes[first] + sizes[second] - most)
    first, second = first[likely], second[likely]
    shared = _shared(edges, first, second)
    iou = shared / (sizes[first] + sizes[second] - shared)
    kept = (iou >= minimum) & (iou > 0)
    return np.stack((first[kept], second[kept]), axis=1).astype(np.int32), iou[kept]


def _shared(
    edges: Sequence[Edges], first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.float64]:
    """The area that each pair shares: those of four edges each at once, others one by one."""
    lengths = np.array([len(part) for part in edges], dtype=np.intp)
    shared = np.zeros(len(first))
    plain = (lengths[first] == _CORNERS) & (lengths[second] == _CORNERS)
    if plain.any():
        shared[plain] = shared_areas(
            np.stack([edges[place] for place in first[plain]]),
            np.stack([edges[place] for place in second[plain]]),
        )
    for pair in np.flatnonzero(~plain):
        one, other = edges[first[pair]], edges[second[pair]]
        shared[pair] = shared_areas(one[None], other[None])[0]
    return shared


_CORNERS = 4
