"""Answers of four outputs: how many objects there are, their boxes, scores and classes.

The outputs have room for more objects than there are; what lies beyond their number is filled up
with anything.
"""

from collections.abc import Sequence

import numpy as np

from twoclick.models.answers import check_scores, misfit, numbers_of
from twoclick.models.box_rows import BoxRows, whole_classes
from twoclick.models.errors import DecodeError
from twoclick.models.family import Outputs
from twoclick.models.model_file import ModelFile


def counted_outputs(model: ModelFile, endings: Sequence[str]) -> list[str] | None:
    """The names of the outputs that end so, in this order; None unless they are all there is."""
    if len(model.outputs) != len(endings):
        return None
    found = [
        [spec.name for spec in model.outputs if spec.name.endswith(ending)] for ending in endings
    ]
    return [names[0] for names in found] if all(len(names) == 1 for names in found) else None


def counted_rows(outputs: Outputs, names: Sequence[str], *, classes: int, floor: float) -> BoxRows:
    """The objects that score `floor`; `names` are the outputs of number (1, 1), corners (1, n, 4)
    in pixels of the tensor, scores (1, n) and classes (1, n).

    Raises DecodeError for other shapes, numbers and classes.
    """
    number, boxes, scores, kinds = (numbers_of(outputs, name) for name in names)
    if boxes.ndim != 3 or len(boxes) != 1 or boxes.shape[2] != 4:
        raise misfit(names[1], boxes, expected="(1, objects, 4)")
    for name, values in zip(names[2:], (scores, kinds), strict=True):
        if values.shape != boxes.shape[:2]:
            raise misfit(name, values, expected=str(boxes.shape[:2]))
    count = int(number.flat[0]) if number.size == 1 else -1
    if not 0 <= count <= boxes.shape[1]:
        raise DecodeError(
            f'Output "{names[0]}" says that there are {number.tolist()} objects, but there is room '
            f"for {boxes.shape[1]}. Export the model again and replace it."
        )
    check_scores(scores[0, :count], names[2])
    places = np.flatnonzero(scores[0, :count] >= floor)
    return BoxRows(
        boxes=boxes[0, places],
        scores=scores[0, places],
        classes=whole_classes(kinds[0, places], names[3], classes=classes),
        places=places,
    )
