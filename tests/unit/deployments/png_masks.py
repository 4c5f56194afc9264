"""Masks as PNG in tests, and the adapter that opens them."""

from base64 import b64encode
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def png(grey: NDArray[np.uint8]) -> str:
    """Grey values (rows, columns) as a PNG in base64."""
    file = BytesIO()
    Image.fromarray(grey).save(file, "PNG")
    return b64encode(file.getvalue()).decode("ascii")


def open_mask(content: bytes) -> NDArray[np.uint8]:
    """See `deployments.protocol.OpenMask`."""
    try:
        with Image.open(BytesIO(content)) as image:
            return np.array(image.convert("L"))
    except OSError as error:
        raise ValueError("no picture") from error
