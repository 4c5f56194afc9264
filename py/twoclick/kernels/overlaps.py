"""Which boxes of one image overlap, as sparse pairs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.boxes import pairwise_iou


def overlap_pairs(
    boxes: NDArray[Any], *, minimum: float
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Every unordered pair of boxes whose IoU is `minimum` or more, whatever their classes.

    Returns the indexes as int32 (m, 2) with i < j, ordered by i and then j, and the IoUs as
    float64 (m,).  Meant for the few hundred boxes of one image: time and memory grow with n * n.
    """
    iou = np.triu(pairwise_iou(boxes, boxes), k=1)
    first, second = np.nonzero((iou >= minimum) & (iou > 0))
    indexes = np.stack((first, second), axis=1).astype(np.int32)
    return indexes, iou[first, second].astype(np.float64)
