"""Pixels to image files."""

import io

import numpy as np
from PIL import Image

from twoclick.adapters.pixels.reading import Picture

_LEVEL = 3
"""Of zlib: scans get hardly smaller above it, and take much longer."""


def png_of(picture: Picture) -> bytes:
    """A PNG file with every sample as it is: grey of 16 bits, RGB or RGBA of 8."""
    samples = picture.samples
    deep = samples.dtype == np.uint16
    # Pillow takes 16 bits in the order of the machine only.
    image = Image.fromarray(samples.astype(np.uint16) if deep else samples)
    content = io.BytesIO()
    image.save(content, format="PNG", compress_level=_LEVEL)
    return content.getvalue()
