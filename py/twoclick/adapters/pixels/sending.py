"""Images as deployments are sent them, and the masks that some of them answer with."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from twoclick.adapters.pixels.errors import ImageError
from twoclick.deployments.deployment import Picture, Sending
from twoclick.kernels.resample import antialiased

_LONGEST_JPEG = 65_500
"""Pixels of a side that libjpeg writes."""


def sent_picture(image: NDArray[np.uint8], sending: Sending, *, name: str) -> Picture:
    """An oriented RGB image (height, width, 3), encoded anew and with nothing beside its pixels.

    Raises ImageError for one that is too large for JPEG.
    """
    height, width = _size(image, sending.longest)
    if (height, width) != image.shape[:2]:
        image = antialiased(image, width=width, height=height)
    content = io.BytesIO()
    if sending.media_type == "image/png":
        Image.fromarray(image).save(content, format="PNG")
    elif max(width, height) > _LONGEST_JPEG:
        raise ImageError(
            "image-too-large",
            f"{name} is {width:,} x {height:,} pixels, and JPEG has {_LONGEST_JPEG:,} a side at "
            "most. Have it sent smaller.",
        )
    else:
        Image.fromarray(image).save(content, format="JPEG", quality=sending.quality)
    return Picture(
        content=content.getvalue(), media_type=sending.media_type, width=width, height=height
    )


def _size(image: NDArray[np.uint8], longest: int | None) -> tuple[int, int]:
    """Height and width of the image that is sent."""
    height, width = image.shape[:2]
    if longest is None or max(height, width) <= longest:
        return height, width
    scale = longest / max(height, width)
    return max(round(height * scale), 1), max(round(width * scale), 1)
