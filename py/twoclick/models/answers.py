"""The numbers of an answer, checked before anything is read from them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.models.errors import DecodeError
from twoclick.models.family import Outputs

_SLACK = 1e-3


def numbers_of(outputs: Outputs, name: str) -> NDArray[np.float32]:
    """One output as float32, all of it finite.

    Raises DecodeError where it is missing, or has NaN or infinite numbers in it.
    """
    if name not in outputs:
        raise DecodeError(
            f'The model gave no output "{name}" but {shapes_in_words(outputs)}. It is not the file '
            "that was added; remove the model and add it again."
        )
    values = outputs[name].astype(np.float32, copy=False)
    # One sum meets every NaN and infinity; infinities of both signs add up to NaN.
    with np.errstate(invalid="ignore", over="ignore"):
        total = values.sum()
    if not np.isfinite(total):
        raise DecodeError(
            f'The model\'s answer is damaged: output "{name}" has NaN or infinite numbers in it. '
            "Nothing was taken from it. Ask again; if it stays so, choose another runtime or "
            "export the model again."
        )
    return values


def check_scores(scores: NDArray[np.floating], name: str) -> None:
    """Raises DecodeError for scores of an output that do not lie between 0 and 1."""
    if not scores.size:
        return
    low, high = float(scores.min()), float(scores.max())
    if low < -_SLACK or high > 1 + _SLACK:
        raise DecodeError(
            f'Output "{name}" holds scores from {low:.3g} to {high:.3g}, but scores lie between 0 '
            "and 1. The model was exported without its sigmoid, or is of another family: export it "
            "again, or choose another reading of the file."
        )


def misfit(name: str, values: NDArray[Any], *, expected: str) -> DecodeError:
    """The error for an output whose shape is not what the file promised."""
    return DecodeError(
        f'Output "{name}" has the shape {values.shape}, not {expected}. It is not an answer of the '
        "model that was added; remove the model and add it again."
    )


def shapes_in_words(outputs: Outputs) -> str:
    """The names and shapes of all outputs, for messages."""
    return ", ".join(f"{name} {values.shape}" for name, values in outputs.items()) or "no outputs"
