"""Executes plans in numpy, to the letter of `plan`, as the page's image thread does."""

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.resample import bilinear
from twoclick.models.plan import Plan


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
