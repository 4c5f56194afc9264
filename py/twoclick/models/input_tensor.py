"""Executes plans in numpy, to the letter of `plan`, as the page's image thread does."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.resample import antialiased, bilinear
from twoclick.models.plan import Plan

_RESAMPLE = {"bilinear": bilinear, "antialias": antialiased}


def input_tensor(plan: Plan, image: NDArray[np.uint8]) -> NDArray[Any]:
    """Executes a plan on an oriented RGB image (height, width, 3): the tensor, in the layout and
    of the type that the plan says."""
    pixels = planned_pixels(plan, image)
    # Pixels have 256 values: the arithmetic is done once for each of them.
    levels = np.arange(256) * plan.scale
    planes = []
    for plane in range(plan.planes):
        values = (levels - plan.mean[plane]) / plan.std[plane]
        if plan.dtype == "uint8":
            values = np.clip(np.floor(values + 0.5), 0, 255)
        # By way of float32, as the page goes, which has no other numbers of 16 bits to start from.
        table = values.astype(np.float32).astype(plan.dtype)
        planes.append(table[pixels[:, :, plane]])
    tensor = np.stack(planes, axis=2 if plan.layout.endswith("C") else 0)
    return np.ascontiguousarray(tensor[None] if plan.layout.startswith("N") else tensor)


def planned_pixels(plan: Plan, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pixels (height, width, planes) that the tensor is made of, before any arithmetic."""
    place = plan.placing
    whole = _RESAMPLE[plan.filter](image, width=place.width, height=place.height)
    if plan.channels == "grey":
        weighted = whole @ np.array([299, 587, 114])
        whole = ((weighted + 500) // 1000).astype(np.uint8)[:, :, None]
    elif plan.channels == "BGR":
        whole = whole[:, :, ::-1]
    pixels = np.full((plan.height, plan.width, plan.planes), plan.padding, dtype=np.uint8)
    top, left = max(place.top, 0), max(place.left, 0)
    bottom = min(place.top + place.height, plan.height)
    right = min(place.left + place.width, plan.width)
    if top < bottom and left < right:
        seen = whole[top - place.top : bottom - place.top, left - place.left : right - place.left]
        pixels[top:bottom, left:right] = seen
    return pixels
