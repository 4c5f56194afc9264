"""The ways in which models want images laid on their input, and the way back to the image.

All sizes are whole pixels, `image` of the oriented image, `tensor` of the input.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.models.plan import Placing, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def stretched(tensor: Size) -> Placing:
    """The whole image on the whole tensor, its proportions given up."""
    return Placing(left=0, top=0, width=tensor.width, height=tensor.height)


def letterboxed(image: Size, tensor: Size) -> Placing:
    """In the middle, as large as fits, proportions kept.

    Source: Ultralytics `data/augment.py::LetterBox`, YOLOv5 and YOLOv7 `letterbox`: sides rounded
    to nearest, halves to even; of an odd rest the smaller half is to the left and above.
    """
    ratio = min(tensor.height / image.height, tensor.width / image.width)
    width = max(1, round(image.width * ratio))
    height = max(1, round(image.height * ratio))
    return Placing(
        left=round((tensor.width - width) / 2 - 0.1),
        top=round((tensor.height - height) / 2 - 0.1),
        width=width,
        height=height,
    )


def at_top_left(image: Size, tensor: Size) -> Placing:
    """At (0, 0), as large as fits, proportions kept, sides rounded down.

    Source: YOLOX `data/data_augment.py::preproc`.
    """
    ratio = min(tensor.height / image.height, tensor.width / image.width)
    return Placing(
        left=0,
        top=0,
        width=max(1, int(image.width * ratio)),
        height=max(1, int(image.height * ratio)),
    )


def cropped(image: Size, tensor: Size) -> Placing:
    """The middle of the image on the whole tensor: the shorter side fits, the longer one is cut.

    Source: torchvision `transforms.Resize` with one number, then `CenterCrop`, as Ultralytics uses
    them for classification: the longer side rounded down, the rest halved and rounded to nearest.
    """
    side = min(tensor.width, tensor.height)
    if image.width <= image.height:
        width, height = side, int(side * image.height / image.width)
    else:
        width, height = int(side * image.width / image.height), side
    return Placing(
        left=-round((width - tensor.width) / 2),
        top=-round((height - tensor.height) / 2),
        width=width,
        height=height,
    )


def to_image(
    points: NDArray[np.floating], plan: Plan, *, width: int, height: int
) -> NDArray[np.float64]:
    """Points (n, 2), or boxes (n, 4) of two points each, from pixels of the tensor to those of an
    oriented image of `width` x `height`.  Nothing is cut off at its edges."""
    place = plan.placing
    pairs = points.shape[-1] // 2
    origin = np.array([place.left, place.top] * pairs, dtype=np.float64)
    scale = np.array([width / place.width, height / place.height] * pairs)
    moved: NDArray[np.float64] = (points.astype(np.float64) - origin) * scale
    return moved


def to_image_by_ratio(
    points: NDArray[np.floating], plan: Plan, *, width: int, height: int
) -> NDArray[np.float64]:
    """As `to_image`, for an image in the middle, as the predictors of YOLOv5, v6 and v7 have it:
    one ratio for both axes, and a border of half of what it leaves free, neither of them rounded
    as they are where the image is laid.  That is up to half a pixel of the tensor off.

    Source: YOLOv5 `utils/general.py::scale_boxes`, YOLOv6 `core/inferer.py::rescale`, YOLOv7
    `utils/general.py::scale_coords`.
    """
    ratio = min(plan.width / width, plan.height / height)
    border = ((plan.width - width * ratio) / 2, (plan.height - height * ratio) / 2)
    return from_border(points, border, ratio)


def from_border(
    points: NDArray[np.floating], border: tuple[float, float], ratio: float
) -> NDArray[np.float64]:
    """Points (n, 2), or boxes (n, 4), from pixels of a tensor on which the image begins at `border`
    and is `ratio` times as large."""
    origin = np.array(border * (points.shape[-1] // 2), dtype=np.float64)
    moved: NDArray[np.float64] = (points.astype(np.float64) - origin) / ratio
    return moved
