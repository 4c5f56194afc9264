"""Suppression of rotated boxes by their probabilistic IoU.

A box is taken for the normal distribution with its centre and the variances of points spread evenly
over it; two boxes are as alike as one minus the Hellinger distance of their distributions (Llerena
et al. 2021, "Gaussian Bounding Boxes and Probabilistic Intersection-over-Union", arXiv 2106.06072).
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BLOCK = 256
_EPSILON = 1e-7
_FARTHEST = 100.0
"""Bhattacharyya distance beyond which boxes have nothing in common."""


class _Spread(NamedTuple):
    """Covariances [[xx, xy], [xy, yy]] of boxes, each (n,)."""

    xx: NDArray[np.float64]
    yy: NDArray[np.float64]
    xy: NDArray[np.float64]


def probiou(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """The likeness (n,), 0..1, of each box of `first` (n, 5) and its partner in `second` (n, 5).

    Boxes are centre x, y, width, height and angle in radians, in any one unit.  Boxes without area
    are like nothing, also not like themselves.
    """
    one, other = _spread(first), _spread(second)
    x, y = (first - second)[:, :2].T
    xx, yy, xy = one.xx + other.xx, one.yy + other.yy, one.xy + other.xy
    both = xx * yy - xy * xy
    apart = (xx * y * y + yy * x * x - 2 * xy * x * y) / (4 * (both + _EPSILON))
    own = np.maximum(one.xx * one.yy - one.xy**2, 0) * np.maximum(
        other.xx * other.yy - other.xy**2, 0
    )
    unlike = np.log(both / (4 * np.sqrt(own) + _EPSILON) + _EPSILON) / 2
    distance = np.clip(apart + unlike, _EPSILON, _FARTHEST)
    likeness: NDArray[np.float64] = 1 - np.sqrt(1 - np.exp(-distance) + _EPSILON)
    return likeness


def rotated_survivors(
    boxes: NDArray[np.float64],
    scores: NDArray[np.floating],
    classes: NDArray[np.integer],
    *,
    overlap: float,
    limit: int,
) -> NDArray[np.intp]:
    """Indexes of the boxes that survive, by falling score, at most `limit`.

    A box falls to any of its class that scores more (on a tie: comes earlier) and is like it by
    more than `overlap`, also to one that falls itself ("Fast NMS", Bolya et al. 2019, YOLACT), as
    Ultralytics does.  `boxes` (n, 5) as in `probiou`.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, kinds = boxes[order], classes[order]
    widest = ranked[:, 2:4].max(axis=1) ** 2 / 12
    reach = 4 * _distance_of(overlap)
    kept: list[NDArray[np.intp]] = []
    count = 0
    for start in range(0, len(order), _BLOCK):
        block = np.arange(start, min(start + _BLOCK, len(order)))
        before = np.arange(block[-1] + 1)
        x = ranked[block, None, 0] - ranked[None, before, 0]
        y = ranked[block, None, 1] - ranked[None, before, 1]
        # Farther apart than both variances allow: no need to compare them.
        near = x * x + y * y <= reach * (widest[block, None] + widest[None, before])
        near &= (kinds[block, None] == kinds[None, before]) & (before[None, :] < block[:, None])
        own, rival = np.nonzero(near)
        alike = probiou(ranked[block[own]], ranked[rival]) > overlap
        falls = np.bincount(own[alike], minlength=len(block)) > 0
        kept.append(block[~falls])
        count += len(kept[-1])
        if count >= limit:
            break
    survivors = np.concatenate(kept) if kept else np.empty(0, dtype=np.intp)
    return order[survivors[:limit]]


def _spread(boxes: NDArray[np.float64]) -> _Spread:
    wide, high = boxes[:, 2] ** 2 / 12, boxes[:, 3] ** 2 / 12
    cosine, sine = np.cos(boxes[:, 4]), np.sin(boxes[:, 4])
    return _Spread(
        xx=wide * cosine**2 + high * sine**2,
        yy=wide * sine**2 + high * cosine**2,
        xy=(wide - high) * cosine * sine,
    )


def _distance_of(likeness: float) -> float:
    """The Bhattacharyya distance of boxes that are alike by so much."""
    rest = 1 - (1 - likeness) ** 2
    return min(-math.log(rest), _FARTHEST) if rest > 0 else _FARTHEST
