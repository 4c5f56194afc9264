"""Maps of more pixels, bilinearly."""

import numpy as np
from numpy.typing import NDArray


def enlarged(values: NDArray[np.float32], factor: int) -> NDArray[np.float32]:
    """A map (rows, columns) with `factor` times as many pixels on each side.

    Pixel i of the result samples at (i + 0.5) / factor - 0.5, clamped to the first and the last
    pixel, as PyTorch's interpolate does without aligned corners.  An odd factor keeps every value,
    in the middle of the pixels that come of it.
    """
    tall = _stretched(values, factor)
    return np.ascontiguousarray(_stretched(np.ascontiguousarray(tall.T), factor).T)


def _stretched(values: NDArray[np.float32], factor: int) -> NDArray[np.float32]:
    count = len(values)
    places = np.clip((np.arange(count * factor) + 0.5) / factor - 0.5, 0, count - 1)
    first = np.minimum(places.astype(np.intp), max(count - 2, 0))
    share = (places - first).astype(np.float32)[:, None]
    before: NDArray[np.float32] = values[first]
    after: NDArray[np.float32] = values[np.minimum(first + 1, count - 1)]
    after -= before
    after *= share
    after += before
    return after
