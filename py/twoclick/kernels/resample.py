"""Image resampling as OpenCV and as Pillow do it."""

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


def antialiased(image: NDArray[np.uint8], *, width: int, height: int) -> NDArray[np.uint8]:
    """Stretches an image to `width` x `height` like Pillow's BILINEAR.

    `image` is (rows, columns, channels), the result (height, width, channels).  When shrinking, the
    triangle that weights the source pixels is as wide as two target pixels, so that all of them
    count.  Columns first, rounded to whole numbers, then rows, halves up.  Pillow works in fixed
    point and may differ from this by 1.

    Source: Pillow `src/libImaging/Resample.c` (precompute_coeffs, bilinear_filter).
    """
    columns = _mixed(image.transpose(1, 0, 2), _windows(image.shape[1], width))
    return _mixed(columns.transpose(1, 0, 2), _windows(image.shape[0], height))


class _Windows(NamedTuple):
    """Along one axis, for each target pixel: the first source pixel that counts, and the weights of
    those from there on, (target, longest), 0 beyond the last."""

    first: NDArray[np.intp]
    weights: NDArray[np.float64]


def _windows(source: int, target: int) -> _Windows:
    step = source / target
    reach = max(step, 1.0)
    centres = (np.arange(target) + 0.5) * step
    first = np.maximum(np.floor(centres - reach + 0.5), 0).astype(np.intp)
    last = np.minimum(np.floor(centres + reach + 0.5), source).astype(np.intp)
    places = first[:, None] + np.arange(int((last - first).max()))
    weights = np.maximum(1 - np.abs((places + 0.5 - centres[:, None]) / reach), 0)
    weights[places >= last[:, None]] = 0
    return _Windows(first=first, weights=weights / weights.sum(axis=1, keepdims=True))


def _mixed(rows: NDArray[np.uint8], windows: _Windows) -> NDArray[np.uint8]:
    """Rows (n, ...) mixed to (target, ...), one source row of every window after the other: the
    order in which the page's image thread adds them up."""
    last = len(rows) - 1
    sums = np.zeros((len(windows.first), *rows.shape[1:]))
    for place in range(windows.weights.shape[1]):
        taken = rows[np.minimum(windows.first + place, last)]
        sums += taken * windows.weights[:, place].reshape(-1, *[1] * (rows.ndim - 1))
    return np.floor(sums + 0.5).astype(np.uint8)
