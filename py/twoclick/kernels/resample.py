"""Image resampling with the sampling positions of OpenCV."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_STRIP = 64
"""Target rows made at once: their temporaries stay small, however large the image."""


class _Taps(NamedTuple):
    """Along one axis, for each target pixel: two source pixels and the weight of the second."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    weight: NDArray[np.float32]


def bilinear(image: NDArray[np.uint8], *, width: int, height: int) -> NDArray[np.uint8]:
    """Stretches an image to `width` x `height` like OpenCV's INTER_LINEAR.

    `image` is (rows, columns, channels), the result (height, width, channels).  Target pixel i
    samples the source at (i + 0.5) * source / target - 0.5, clamped to the first and last pixel,
    weighting the two neighbours linearly, without smoothing first when shrinking; the value is
    rounded to the nearest whole number, halves up.  OpenCV works in fixed point and may differ from
    this by 1.
    """
    rows, columns = _taps(image.shape[0], height), _taps(image.shape[1], width)
    result = np.empty((height, width, image.shape[2]), dtype=np.uint8)
    for start in range(0, height, _STRIP):
        strip = slice(start, start + _STRIP)
        above = image[rows.first[strip]].astype(np.float64)
        below = image[rows.second[strip]].astype(np.float64)
        tall = above + (below - above) * rows.weight[strip, None, None]
        left, right = tall[:, columns.first], tall[:, columns.second]
        result[strip] = np.floor(left + (right - left) * columns.weight[None, :, None] + 0.5)
    return result


def _taps(source: int, target: int) -> _Taps:
    """For each target pixel its neighbours in the source.

    Weights have 32 bits and the mixing is done in 64, in the very order in which the page's image
    thread does it, so that values on the edge between two whole numbers fall to the same side.
    """
    position = (np.arange(target, dtype=np.float64) + 0.5) * (source / target) - 0.5
    position = np.clip(position, 0, source - 1)
    first = np.floor(position).astype(np.intp)
    return _Taps(
        first=first,
        second=np.minimum(first + 1, source - 1),
        weight=(position - first).astype(np.float32),
    )
