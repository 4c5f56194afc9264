"""Recipes with the image in the middle of the tensor, proportions kept, for inputs of fixed size
and of any."""

import math
from dataclasses import dataclass, replace

from twoclick.models.card import ModelCard
from twoclick.models.image_input import ImageInput
from twoclick.models.placings import Size, letterboxed
from twoclick.models.plan import Plan

STRIDE_KEY = "stride"
"""In the details of a card: sides of the tensor are multiples of it, and follow the image.  Where
the card does not have it, the input has one size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterboxRecipe:
    """`recipe` is that of the largest tensor, with a square image; `details` go into the card."""

    recipe: Plan
    details: dict[str, int]


def letterbox_recipe(image: ImageInput, *, size: Size | None, stride: int) -> LetterboxRecipe:
    """How images are laid on this input.

    `size` is what the model was trained or exported at, for inputs of any size; by default 640
    pixels square, as the predictors of YOLOv5 and Ultralytics have it.
    """
    tensor = image.size(otherwise=size or Size(width=640, height=640))
    flexible = image.width is None and image.height is None
    if flexible:
        tensor = Size(
            width=_multiple(tensor.width, stride), height=_multiple(tensor.height, stride)
        )
    return LetterboxRecipe(
        recipe=Plan(
            input_name=image.name,
            width=tensor.width,
            height=tensor.height,
            placing=letterboxed(tensor, tensor),
            channels=image.channels,
            scale=image.scale,
            layout=image.layout,
            dtype=image.dtype,
        ),
        details={STRIDE_KEY: stride} if flexible else {},
    )


def letterbox_plan(card: ModelCard, *, width: int, height: int) -> Plan:
    """The plan for an oriented image of this many pixels, of a card with a letterbox recipe.

    Inputs of any size are made as small as the image allows: the sides of the image, as large as
    fits the recipe, filled up to the next multiple of the stride.

    Source: Ultralytics `data/augment.py::LetterBox` (auto), YOLOv5 `letterbox` (auto).
    """
    recipe, image = card.recipe, Size(width=width, height=height)
    tensor = Size(width=recipe.width, height=recipe.height)
    stride = card.details.get(STRIDE_KEY)
    if stride is not None:
        place = letterboxed(image, tensor)
        tensor = Size(width=_multiple(place.width, stride), height=_multiple(place.height, stride))
        # Laid out anew around the size that it has: the smaller tensor allows no larger one.
        return replace(
            recipe,
            width=tensor.width,
            height=tensor.height,
            placing=replace(
                place,
                left=_half(tensor.width - place.width),
                top=_half(tensor.height - place.height),
            ),
        )
    return replace(recipe, placing=letterboxed(image, tensor))


def _multiple(side: int, stride: int) -> int:
    return math.ceil(side / stride) * stride


def _half(rest: int) -> int:
    """The rest to the left or above: of an odd one the smaller half."""
    return round(rest / 2 - 0.1)
