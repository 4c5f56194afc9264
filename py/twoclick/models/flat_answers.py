"""Answers (n, 7) whose rows are one object each: batch, corners, then score and class in one order
or the other."""

from typing import Literal

import numpy as np

from twoclick.models.answers import misfit, numbers_of
from twoclick.models.box_rows import BoxRows, finished_rows
from twoclick.models.card import ModelCard
from twoclick.models.family import Outputs
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.model_file import ModelFile

_COLUMNS = 7


def flat_image(model: ModelFile) -> ImageInput | None:
    """The image input of a model that answers so; None for other models."""
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        return None
    shape = model.outputs[0].shape
    if len(shape) != 2 or shape[1] != _COLUMNS:
        return None
    return image_input(model.inputs[0])


def flat_rows(
    card: ModelCard,
    outputs: Outputs,
    *,
    floor: float,
    order: Literal["score first", "class first"],
) -> BoxRows:
    """The objects of the first image of the batch, boxes in pixels of the tensor.

    Raises DecodeError where score and class stand the other way round.
    """
    name = card.details["output"]
    values = numbers_of(outputs, name)
    if values.ndim != 2 or values.shape[1] != _COLUMNS:
        raise misfit(name, values, expected="(rows, 7)")
    own = values[np.flatnonzero(values[:, 0] == 0), 1:]
    return finished_rows(own, name, classes=len(card.class_names), floor=floor, order=order)
