"""Image files to pixels, and pixels to the input tensor of a model (Pillow)."""

import io
import struct
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from twoclick.kernels.resample import bilinear
from twoclick.models.plan import Plan

_SIXTEEN_BIT = ("I;16", "I;16L", "I;16B", "I;16N", "I")


class ImageError(Exception):
    """A file is not an image that can be read; the message names it and says what to do."""

    code: ClassVar[str] = "image"


def read_image(data: bytes, *, name: str) -> NDArray[np.uint8]:
    """The oriented image in a file, RGB, shape (height, width, 3).

    The file's EXIF orientation is applied, once.  Transparent pixels are laid on white, grey and
    palette images become RGB, 16-bit greys keep their upper 8 bits.  Raises ImageError for
    anything that is not a readable image.
    """
    try:
        with Image.open(io.BytesIO(data)) as file:
            return np.asarray(_to_rgb(ImageOps.exif_transpose(file), name=name))
    except Image.DecompressionBombError as error:
        raise ImageError(
            f"{name} has too many pixels to open. Scale it down or cut it up."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise ImageError(
            f"{name} cannot be read as an image: it is damaged or of another kind of file. "
            "Open it in an image viewer and save it as PNG or JPEG."
        ) from error


def input_tensor(plan: Plan, image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Executes a plan on an oriented RGB image (height, width, 3): float32 (1, 3, H, W)."""
    pixels = bilinear(image, width=plan.width, height=plan.height)
    if plan.channels == "BGR":
        pixels = pixels[:, :, ::-1]
    # Pixels have 256 values: the arithmetic is done once for each of them.
    levels = np.arange(256) * plan.scale
    tensor = np.empty((1, 3, plan.height, plan.width), dtype=np.float32)
    for plane in range(3):
        table = ((levels - plan.mean[plane]) / plan.std[plane]).astype(np.float32)
        tensor[0, plane] = table[pixels[:, :, plane]]
    return tensor


def _to_rgb(image: Image.Image, *, name: str) -> Image.Image:
    if image.mode == "F":
        raise ImageError(
            f"{name} has floating-point pixels, whose black and white are not known. "
            "Convert it to 8 or 16 bits."
        )
    if image.mode in _SIXTEEN_BIT:
        grey = np.asarray(image).astype(np.int64)
        # Pillow opens some 8-bit files in a wide mode: only true 16-bit values are shifted.
        shift = 8 if image.mode != "I" or grey.max(initial=0) > 255 else 0
        return Image.fromarray(np.clip(grey >> shift, 0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        with_alpha = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, with_alpha).convert("RGB")
    return image.convert("RGB")
