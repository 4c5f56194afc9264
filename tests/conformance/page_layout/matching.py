"""Which shape is which: one-to-one pairs between two sets of boxes of one image."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.boxes import pairwise_iou


def match(
    expected: NDArray[Any],
    expected_labels: list[str],
    found: NDArray[Any],
    found_labels: list[str],
    *,
    minimum: float,
) -> list[tuple[int, int, float]]:
    """(index in expected, index in found, IoU) for boxes of one label, the best overlaps first.

    Boxes are (n, 4) corners.  Each box is in one pair at most; pairs overlap by `minimum` or more.
    """
    same = np.array(expected_labels, dtype=object)[:, None] == np.array(found_labels, dtype=object)
    iou = np.where(same, pairwise_iou(expected, found), 0)
    pairs: list[tuple[int, int, float]] = []
    for place in np.argsort(-iou, axis=None, kind="stable"):
        row, column = (int(index) for index in np.unravel_index(place, iou.shape))
        if iou[row, column] < minimum:
            break
        if row not in {pair[0] for pair in pairs} and column not in {pair[1] for pair in pairs}:
            pairs.append((row, column, float(iou[row, column])))
    return pairs
