"""Masks as Label Studio's brush packs them: run lengths in bits, of four values a pixel.

The form of thi.ng rle-pack (thi-ng/umbrella, packages/rle-pack), as Label Studio uses it
(HumanSignal/label-studio-sdk, converter/brush.py): the number of values in 32 bits; the size of a
value less one in 5; the four sizes of a length less one in 4 each; then runs: one bit (1: one value
so many times, 0: so many values), the place of the size in two bits, the length less one, the
value or values.  High bits come first.  The values are red, green, blue and alpha of all pixels,
row by row; the mask is in alpha.
"""

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.raster import MOST_PIXELS, TooLargeError
from twoclick.kernels.rle import MOST_RUNS, MOST_SIDE, InvalidRunsError

_CHANNELS = 4
_ALPHA = 3
_VALUE_BITS = 8


def packed_mask(data: bytes, *, width: int, height: int) -> NDArray[np.bool_]:
    """The pixels (rows, columns) whose alpha is more than half of the mask's highest: makers write
    255 or 1, and soft brushes what is between.

    Raises InvalidRunsError where the bytes are not those of an image of `width` x `height`,
    TooLargeError.
    """
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise InvalidRunsError(f"no image has {width:,} x {height:,} pixels")
    if width * height > MOST_PIXELS:
        raise TooLargeError(f"{width:,} x {height:,} pixels are too many")
    alpha = _alpha(_Bits(data), pixels=width * height).reshape(height, width)
    mask: NDArray[np.bool_] = alpha * np.uint16(2) > int(alpha.max())
    return mask


class _Bits:
    """Numbers of any number of bits, read one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, bits: int) -> int:
        first, shift = self._take(bits)
        last = (self._at + 7) // 8
        whole = int.from_bytes(self._data[first:last], "big")
        return (whole >> ((last - first) * 8 - shift - bits)) & ((1 << bits) - 1)

    def values(self, count: int) -> NDArray[np.uint8]:
        """So many numbers of a value's bits."""
        bits = count * _VALUE_BITS
        first, shift = self._take(bits)
        part = np.frombuffer(self._data[first : (self._at + 7) // 8], dtype=np.uint8)
        return np.packbits(np.unpackbits(part)[shift : shift + bits])

    def _take(self, bits: int) -> tuple[int, int]:
        """The byte that so many bits begin in, and how many bits of it come before them."""
        if self._at + bits > len(self._data) * 8:
            raise InvalidRunsError("its runs end in the middle of one")
        began, self._at = self._at, self._at + bits
        return began // 8, began % 8


def _alpha(bits: _Bits, *, pixels: int) -> NDArray[np.uint8]:
    count = bits.number(32)
    if count != pixels * _CHANNELS:
        raise InvalidRunsError(
            f"it has {count:,} values and not the {pixels * _CHANNELS:,} of the image, four a pixel"
        )
    if bits.number(5) + 1 != _VALUE_BITS:
        raise InvalidRunsError("its values have not 8 bits")
    sizes = [bits.number(4) + 1 for _ in range(4)]
    alpha = np.zeros(pixels, dtype=np.uint8)
    at = runs = 0
    while at < count:
        is_repeated = bits.number(1)
        length = bits.number(sizes[bits.number(2)]) + 1
        if at + length > count:
            raise InvalidRunsError("its runs are more than the pixels of the image")
        # Those of the pixels whose alpha is among these values.
        own = slice(at // _CHANNELS, (at + length) // _CHANNELS)
        if is_repeated:
            alpha[own] = bits.number(_VALUE_BITS)
        else:
            alpha[own] = bits.values(length)[(_ALPHA - at) % _CHANNELS :: _CHANNELS]
        at, runs = at + length, runs + 1
        if runs > MOST_RUNS:
            raise TooLargeError(f"more than {MOST_RUNS:,} runs are too many")
    return alpha
