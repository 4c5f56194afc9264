"""Narrow gaps in a map, filled."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def closed(values: NDArray[Any]) -> NDArray[Any]:
    """The morphological closing of a map by a square of 2 x 2 pixels.

    What is one pixel narrow and lower than its surroundings is raised to them; everything else
    keeps its value and its place.  At least 2 x 2 pixels; beyond the edge nothing is high.
    """
    wide = np.zeros((values.shape[0] + 2, values.shape[1] + 2), dtype=values.dtype)
    wide[1:-1, 1:-1] = values
    raised = np.maximum(wide[1:], wide[:-1])
    raised = np.maximum(raised[:, 1:], raised[:, :-1])
    lowered = np.minimum(raised[1:], raised[:-1])
    result: NDArray[Any] = np.minimum(lowered[:, 1:], lowered[:, :-1])
    return result
