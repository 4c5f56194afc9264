"""Masks that come as encoded pictures."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from twoclick.adapters.pixels.reading import MOST_PIXELS


def open_mask(content: bytes) -> NDArray[np.uint8]:
    """The values (rows, columns) of an encoded PNG: grey as it is, the upper half of 16 bits, of a
    palette the places in it, which are class ids where masks have them, of colours their
    brightness; ValueError for any other bytes.  See `deployments.protocol`."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as file:
            if file.width * file.height > MOST_PIXELS:
                raise ValueError(f"a mask of {file.width} x {file.height} pixels is too large")
            if file.mode.startswith("I"):  # 16 bits, of which Pillow would cut off the upper
                return (np.asarray(file) >> 8).astype(np.uint8)
            plain = file if file.mode in ("L", "P") else file.convert("L")
            return np.asarray(plain, dtype=np.uint8)
    except ValueError:
        raise
    except Exception as error:  # what Pillow raises over a damaged file has no common base
        raise ValueError(f"a mask is no PNG: {error}") from error
