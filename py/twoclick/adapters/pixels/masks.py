"""Masks that come as encoded pictures."""

import numpy as np
from numpy.typing import NDArray

from twoclick.adapters.pixels.errors import ImageError
from twoclick.adapters.pixels.reading import MOST_PIXELS, opened


def read_mask(content: bytes) -> NDArray[np.uint8]:
    """The values of a mask (rows, columns): grey as it is, of a palette the places in it, which are
    class ids where masks have them, of colours their brightness.

    Raises ValueError for what is no picture.
    """
    try:
        with opened(content, name="mask") as file:
            if file.width * file.height > MOST_PIXELS:
                raise ValueError(f"a mask of {file.width} x {file.height} pixels is too large")
            plain = file if file.mode in ("L", "P") else file.convert("L")
            return np.asarray(plain, dtype=np.uint8)
    except ImageError as error:
        raise ValueError(str(error)) from error
