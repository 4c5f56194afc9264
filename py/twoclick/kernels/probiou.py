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
    falls = np.zeros(len(order), dtype=np.bool_)
    for start in range(0, len(order), _BLOCK):
        end = min(start + _BLOCK, len(order))
        earlier = np.arange(start)
        block = np.arange(start, end)
        # Most fall to a survivor: only the others are compared with the many that fell.
        for rivals in (earlier[~falls[:start]], earlier[falls[:start]], block):
            standing = block[~falls[block]]
            falls[standing] = _fallen(standing, rivals, ranked, kinds, overlap)
        if np.count_nonzero(~falls[:end]) >= limit:
            order, falls = order[:end], falls[:end]
            break
    return order[~falls][:limit]


def _fallen(
    standing: NDArray[np.intp],
    rivals: NDArray[np.intp],
    boxes: NDArray[np.float64],
    classes: NDArray[np.integer],
    overlap: float,
) -> NDArray[np.bool_]:
    """Which of `standing` are like an earlier one of `rivals`, of boxes by falling score."""
    x = boxes[standing, None, 0] - boxes[None, rivals, 0]
    y = boxes[standing, None, 1] - boxes[None, rivals, 1]
    widest = boxes[:, 2:4].max(axis=1) ** 2 / 12
    # Farther apart than both variances allow: no need to compare them.
    reach = 4 * _distance_of(overlap) * (widest[standing, None] + widest[None, rivals])
    near = (x * x + y * y <= reach) & (classes[standing, None] == classes[None, rivals])
    near &= rivals[None, :] < standing[:, None]
    own, rival = np.nonzero(near)
    alike = probiou(boxes[standing[own]], boxes[rivals[rival]]) > overlap
    return np.bincount(own[alike], minlength=len(standing)) > 0


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
