"""Distances from a discretised distribution (distribution focal loss, "integral" box head)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def expected_distances(logits: NDArray[Any]) -> NDArray[np.float32]:
    """Expectation of four softmax distributions a row.

    `logits` is (n, 4 * bins): for left, top, right and bottom in turn, one logit for each of the
    distances 0, 1, ... bins - 1.  Returns float32 (n, 4) in the same unit (grid cells).

    Source: Li et al., "Generalized Focal Loss", eq. 4; PaddleDetection `ppdet/modeling/heads/
    gfl_head.py::Integral`.
    """
    bins = logits.shape[1] // 4
    spread = logits.reshape(-1, 4, bins).astype(np.float32)
    weights = np.exp(spread - spread.max(axis=2, keepdims=True))
    # A weighted sum instead of a matrix product: numpy has no BLAS in the browser.
    distances = np.arange(bins, dtype=np.float32)
    expectation = (weights * distances).sum(axis=2) / weights.sum(axis=2)
    return np.asarray(expectation, dtype=np.float32)
