"""A model that no family knows, run on an image to see what comes out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import ImageError, read_image
from twoclick.models.answer_looks import OutputLook, looks_of
from twoclick.models.card import ModelCard
from twoclick.models.description_guess import first_guess
from twoclick.models.families.described import Ends, described_card
from twoclick.models.input_tensor import input_tensor


def read_picture(path: Path) -> NDArray[np.uint8]:
    """An oriented RGB image (height, width, 3); ImageError where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"{path} cannot be read: {error.strerror}. Check the path."
        raise ImageError("image-missing", reason) from error
    return read_image(data, name=str(path))


def looked_at(
    model: Path, card: ModelCard, picture: Path
) -> tuple[tuple[OutputLook, ...], ModelCard]:
    """How the outputs look that the model gives for an image, and the card of the better guess that
    they allow.

    Raises ImageError for the image, ModelError where the model does not run.
    """
    image = read_picture(picture)
    height, width = image.shape[:2]
    predictor = NativePredictor(model, card)
    plan = replace(predictor.plan(width, height), outputs=None)
    outputs = predictor.run(plan, input_tensor(plan, image))
    ends = Ends.of(card)
    side = max(plan.width, plan.height)
    guess = first_guess(ends.image, ends.outputs, names=ends.class_names, answer=outputs, side=side)
    return looks_of(outputs), described_card(ends, guess)
