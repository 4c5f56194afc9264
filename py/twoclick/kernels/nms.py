"""Class-wise greedy non-maximum suppression."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.boxes import pairwise_iou

_BLOCK = 256
"""Candidates compared at once: large enough that few numpy calls are made, small enough that the
(block, block) temporaries stay in the cache."""


def class_wise_nms(
    boxes: NDArray[Any],
    scores: NDArray[Any],
    classes: NDArray[Any],
    *,
    iou: float,
    limit: int,
) -> NDArray[np.intp]:
    """Indexes of the boxes that survive, by falling score, at most `limit`.

    A box is suppressed by a survivor of its own class whose score is higher (on a tie: which comes
    earlier) and whose overlap with it is greater than `iou`.  Boxes are (n, 4) corners in any unit,
    scores (n,), classes (n,).  Stops as soon as `limit` boxes survive: the result is then exactly
    the first `limit` of the unlimited one.
    """
    order = np.argsort(-scores, kind="stable")
    kept = np.empty(0, dtype=np.intp)
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        block = block[~_suppressed(block, kept, boxes, classes, iou)]
        kept = np.concatenate((kept, _survivors(block, boxes, classes, iou)))
        if len(kept) >= limit:
            break
    return kept[:limit]


def _suppressed(
    block: NDArray[np.intp],
    kept: NDArray[np.intp],
    boxes: NDArray[Any],
    classes: NDArray[Any],
    iou: float,
) -> NDArray[np.bool_]:
    """Which of the block a survivor of an earlier block suppresses."""
    rivals = _rivals(kept, block, boxes, classes, iou)
    return np.asarray(rivals.any(axis=0))


def _survivors(
    block: NDArray[np.intp], boxes: NDArray[Any], classes: NDArray[Any], iou: float
) -> NDArray[np.intp]:
    """Greedy suppression inside one block, which is in falling order of score."""
    later = np.triu(_rivals(block, block, boxes, classes, iou), k=1)
    alive = np.ones(len(block), dtype=np.bool_)
    # Only rows that would suppress something take part in the sequential step.
    for row in np.flatnonzero(later.any(axis=1)):
        if alive[row]:
            alive &= ~later[row]
    return block[alive]


def _rivals(
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    boxes: NDArray[Any],
    classes: NDArray[Any],
    iou: float,
) -> NDArray[np.bool_]:
    """(len(first), len(second)): same class and overlapping by more than `iou`."""
    same_class = classes[first][:, None] == classes[second][None, :]
    overlapping = pairwise_iou(boxes[first], boxes[second]) > iou
    return np.asarray(same_class & overlapping)
