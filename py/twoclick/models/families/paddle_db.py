"""Text detection by differentiable binarization (DB), as PaddleOCR exports it.

A file of this family has one image input (1, 3, H, W), H and W any multiple of 32, and one output
(1, 1, H, W): for each pixel the probability that it is in the middle part of a line of text.
Exports keep no names and no metadata; the head gives the family away: a convolution, two learned
enlargements by two, a sigmoid.

Sources: PaddleOCR `ppocr/modeling/heads/det_db_head.py`, `ppocr/data/imaug/operators.py`
(DetResizeForTest); RapidOCR 1.4.4 (Apache-2.0) `ch_ppocr_det/utils.py`, `config.yaml`: short side
736, mean and deviation 0.5, colours as OpenCV reads them (BGR).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.flexible_size import FlexibleSize
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.placings import Size, stretched
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.region_shapes import LEVEL, shapes_of_map

NAME = "paddle-db"

_MULTIPLE = 32
_SHORTEST, _LONGEST = 736, 1280
_HEAD = ("Conv", "ConvTranspose", "ConvTranspose", "Sigmoid")
_BETWEEN = ("Constant", "Add", "BatchNormalization", "Relu", "Identity", "Cast")
_CLASSES = ("Text",)
_OVERLAP = 0.5


class _PaddleDb:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "DB text detector by Paddle"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if len(model.inputs) != 1 or len(model.outputs) != 1:
            return ()
        size = _size(model.inputs[0], channels=3)
        if size is None or _size(model.outputs[0], channels=1) is None:
            return ()
        if _head(model) != _HEAD:
            return ()
        width, height = (_SHORTEST if side is None else side for side in size)
        flexible = FlexibleSize(multiple=_MULTIPLE, shortest=_SHORTEST, longest=_LONGEST)
        card = ModelCard(
            family=NAME,
            task="detection",
            class_names=_CLASSES,
            recipe=_recipe(model.inputs[0].name, width=width, height=height),
            flexible=None if all(size) else flexible,
            default_overlap=_OVERLAP,
            score_floor=LEVEL,
            evidence=(
                f"One image input: {model.inputs[0]}",
                f"One map of the same size: {model.outputs[0]}",
                f"The graph ends with {', '.join(_HEAD)}: the head of a text detector of PaddleOCR",
            ),
        )
        return (Interpretation(confidence=Confidence.CERTAIN, card=card),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        if card.flexible is None:
            return card.recipe
        wide, high = card.flexible.for_image(width=width, height=height)
        return _recipe(card.recipe.input_name, width=wide, height=high)

    def decode(
        self,
        card: ModelCard,
        plan: Plan,
        outputs: Outputs,
        *,
        width: int,
        height: int,
        keep: Keep,
    ) -> RawPredictions:
        values = _map(outputs, plan)
        return shapes_of_map(values, width=width, height=height, keep=keep)


FAMILY = _PaddleDb()


def _size(spec: TensorSpec, *, channels: int) -> tuple[int | None, int | None] | None:
    """Width and height, None for a variable one; None for what is no image of these channels."""
    if spec.element_type != "float32" or len(spec.shape) != 4:
        return None
    batch, planes, height, width = spec.shape
    if planes != channels or batch not in (1, batch if isinstance(batch, str) else 1):
        return None
    sides = tuple(side if isinstance(side, int) else None for side in (width, height))
    if any(side is not None and side % _MULTIPLE for side in sides):
        return None
    return sides[0], sides[1]


def _head(model: ModelFile) -> tuple[str, ...]:
    telling = [name for name in model.last_operators if name not in _BETWEEN]
    return tuple(telling[-len(_HEAD) :])


def _recipe(input_name: str, *, width: int, height: int) -> Plan:
    return Plan(
        input_name=input_name,
        width=width,
        height=height,
        placing=stretched(Size(width=width, height=height)),
        channels="BGR",
        mean=(0.5, 0.5, 0.5),
        std=(0.5, 0.5, 0.5),
    )


def _map(outputs: Outputs, plan: Plan) -> NDArray[np.floating]:
    """The probability map (rows, columns); raises DecodeError if the answer is none."""
    shapes = ", ".join(f"{name} {values.shape}" for name, values in outputs.items())
    if [values.shape for values in outputs.values()] != [(1, 1, plan.height, plan.width)]:
        raise DecodeError(
            f"The model's answer does not fit its input of {plan.width} x {plan.height} pixels: "
            f"{shapes or 'no outputs'}. Export the model again and replace it."
        )
    ((name, values),) = outputs.items()
    low, high = float(values.min()), float(values.max())
    if not np.isfinite(low + high):
        raise DecodeError(
            f'The model\'s answer is damaged: output "{name}" has NaN or infinite numbers in it. '
            "Nothing was taken from it. Ask again; if it stays so, choose another runtime or "
            "export the model again."
        )
    if low < -1e-3 or high > 1 + 1e-3:
        raise DecodeError(
            f'Output "{name}" holds numbers from {low:.3g} to {high:.3g}, but probabilities lie '
            "between 0 and 1. The model was exported without its sigmoid; export it again."
        )
    found: NDArray[np.floating] = values[0, 0]
    return found
