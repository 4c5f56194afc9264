"""The numbers of an answer, checked before anything is read from them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.models.errors import DecodeError
from twoclick.models.family import Outputs

_SLACK = 1e-3
_LARGEST_SHARE = 2.0
"""Boxes that are told in shares of the image reach a little beyond it at most."""


def numbers_of(outputs: Outputs, name: str) -> NDArray[np.float32]:
    """One output as float32, all of it finite.

    Raises DecodeError where it is missing, or has NaN or infinite numbers in it.
    """
    if name not in outputs:
        raise DecodeError(
            f'The model gave no output "{name}" but {shapes_in_words(outputs)}. It is not the file '
            "that was added; remove the model and add it again."
        )
    # One sum meets every NaN and infinity; infinities of both signs add up to NaN.  Numbers of 64
    # bits that 32 cannot hold become infinities.
    with np.errstate(invalid="ignore", over="ignore"):
        values = outputs[name].astype(np.float32, copy=False)
        total = values.sum()
    if not np.isfinite(total):
        raise DecodeError(
            f'The model\'s answer is damaged: output "{name}" has NaN or infinite numbers in it. '
            "Nothing was taken from it. Ask again; if it stays so, choose another runtime or "
            "export the model again."
        )
    return values


def one_answer(outputs: Outputs, name: str, *, columns: int | None = None) -> NDArray[np.float32]:
    """The rows (n, columns) of an output (1, n, columns), as `numbers_of` gives them.

    Raises DecodeError for another shape, and for another number of columns than `columns`.
    """
    values = numbers_of(outputs, name)
    if values.ndim != 3 or len(values) != 1 or columns not in (None, values.shape[2]):
        raise misfit(name, values, expected=f"(1, rows, {columns or 'columns'})")
    rows: NDArray[np.float32] = values[0]
    return rows


_EXPORT_AGAIN = (
    "The model was exported without its sigmoid, or is of another family: export it again, or "
    "choose another way to read the file."
)


def check_scores(scores: NDArray[np.floating], name: str, *, remedy: str = _EXPORT_AGAIN) -> None:
    """Raises DecodeError for scores of an output that do not lie between 0 and 1; `remedy` is what
    may be done about it."""
    if not scores.size:
        return
    low, high = float(scores.min()), float(scores.max())
    if low < -_SLACK or high > 1 + _SLACK:
        raise DecodeError(
            f'Output "{name}" holds scores from {low:.3g} to {high:.3g}, but scores lie between 0 '
            f"and 1. {remedy}"
        )


def misfit(name: str, values: NDArray[Any], *, expected: str) -> DecodeError:
    """The error for an output whose shape is not what the file promised."""
    return DecodeError(
        f'Output "{name}" has the shape {values.shape}, not {expected}. It is not an answer of the '
        "model that was added; remove the model and add it again."
    )


def check_in_pixels(boxes: NDArray[np.floating], name: str, *, wanted: bool) -> None:
    """Raises DecodeError where boxes are shares of the tensor but pixels are `wanted`, or the other
    way round: the file was taken for another family than its own."""
    if not boxes.size:
        return
    in_shares = bool(np.abs(boxes).max() <= _LARGEST_SHARE)
    if in_shares and wanted:
        raise DecodeError(
            f'The boxes in output "{name}" are shares of the image, as RT-DETR answers them, and '
            "no pixels. Choose that way to read the file, or export it again with its metadata."
        )
    if not in_shares and not wanted:
        raise DecodeError(
            f'The boxes in output "{name}" are pixels, as YOLO answers them, and no shares of the '
            "image. Choose that way to read the file, or export it again with its metadata."
        )


def shapes_in_words(outputs: Outputs) -> str:
    """The names and shapes of all outputs, for messages."""
    return ", ".join(f"{name} {values.shape}" for name, values in outputs.items()) or "no outputs"
