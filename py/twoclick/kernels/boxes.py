"""Axis-aligned boxes as (n, 4) arrays of corners x1, y1, x2, y2."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def areas(boxes: NDArray[Any]) -> NDArray[Any]:
    """Area of each box, shape (n,); a box with its corners swapped has area 0."""
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 0)
    area: NDArray[Any] = sides[:, 0] * sides[:, 1]
    return area


def pairwise_iou(first: NDArray[Any], second: NDArray[Any]) -> NDArray[Any]:
    """Intersection over union of every box of `first` (n) with every one of `second` (m).

    Returns shape (n, m).  Two boxes without area have IoU 0, also with themselves: nothing overlaps
    them, and no division by zero is left in the result.
    """
    # One coordinate at a time: (n, m) temporaries instead of (n, m, 2) halves the time in wasm.
    right = np.minimum(first[:, 2, None], second[None, :, 2])
    left = np.maximum(first[:, 0, None], second[None, :, 0])
    bottom = np.minimum(first[:, 3, None], second[None, :, 3])
    top = np.maximum(first[:, 1, None], second[None, :, 1])
    shared = np.maximum(right - left, 0) * np.maximum(bottom - top, 0)
    union = areas(first)[:, None] + areas(second)[None, :] - shared
    iou: NDArray[Any] = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return iou


def clip(boxes: NDArray[Any], *, width: float, height: float) -> NDArray[Any]:
    """The boxes with every corner moved into 0..width by 0..height."""
    clipped = np.empty_like(boxes)
    np.clip(boxes[:, 0::2], 0, width, out=clipped[:, 0::2])
    np.clip(boxes[:, 1::2], 0, height, out=clipped[:, 1::2])
    return clipped
