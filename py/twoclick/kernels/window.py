"""The window through which values of many bits are seen with eight."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_LOW_SHARE, _HIGH_SHARE = 0.01, 0.99


class Window(NamedTuple):
    """Values from `low` (black) to `high` (white); low < high."""

    low: int
    high: int


def auto_window(values: NDArray[np.uint16]) -> Window:
    """The window from the 1 % to the 99 % of the values.

    `low` is the smallest value that at least 1 % of all do not exceed, `high` the smallest that at
    least 99 % do not exceed.  Where both are one value, a window one value wide that contains it.
    """
    counts = np.bincount(values.reshape(-1), minlength=1)
    reached = np.cumsum(counts) / max(values.size, 1)
    low = int(np.searchsorted(reached, _LOW_SHARE))
    high = int(np.searchsorted(reached, _HIGH_SHARE))
    if low < high:
        return Window(low, high)
    return Window(low, low + 1) if low < np.iinfo(np.uint16).max else Window(low - 1, low)


def through_window(values: NDArray[np.uint16], window: Window) -> NDArray[np.uint8]:
    """The values as 0..255: (value - low) * 255 / (high - low), clamped, rounded, halves up."""
    levels = np.arange(np.iinfo(np.uint16).max + 1, dtype=np.float64)
    share = (levels - window.low) * 255 / (window.high - window.low)
    table = np.floor(np.clip(share, 0, 255) + 0.5).astype(np.uint8)
    seen: NDArray[np.uint8] = table[values]
    return seen
