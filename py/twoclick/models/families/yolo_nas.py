"""YOLO-NAS as SuperGradients exports it.

One input, uint8 where the file has its preprocessing in it and 0..1 where not, RGB, the image in
the middle with a border of two pixels at least.  "Batch" has four outputs that end in
num_predictions, pred_boxes (1, n, 4) corners in pixels of the tensor, pred_scores and pred_classes;
"flat" one that ends in flat_predictions (n, 7): batch, corners, score, class.  Duplicates are
hidden already.  The file has no names.

Source: Deci-AI/super-gradients `module_interfaces/exportable_detector.py`,
`conversion/onnx/nms.py`, `training/processing/processing.py` (636 pixels in 640).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from twoclick.models.box_rows import kept_rows
from twoclick.models.card import ModelCard
from twoclick.models.class_names import ASSUMED_CLASSES, numbered_names
from twoclick.models.counted_answers import counted_outputs, counted_rows
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.flat_answers import flat_image, flat_rows
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.model_file import ModelFile
from twoclick.models.placings import Size, from_border
from twoclick.models.plan import Placing, Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_metadata import read_metadata

NAME = "yolo-nas"

_BATCH = ("num_predictions", "pred_boxes", "pred_scores", "pred_classes")
_FLAT = "flat_predictions"
_BORDERS = 4
_SIDE = 640
_SCORE_FLOOR, _OVERLAP = 0.05, 0.7


class _YoloNas:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLO-NAS"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if len(model.inputs) != 1 or read_metadata(model) is not None:
            return ()
        names = counted_outputs(model, _BATCH)
        if names is not None:
            image, confidence = image_input(model.inputs[0]), Confidence.CERTAIN
        else:
            names = [model.outputs[0].name]
            image, confidence = flat_image(model), _confidence_of_flat(model)
        if image is None:
            return ()
        return (Interpretation(confidence=confidence, card=_card(image, names)),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        recipe = card.recipe
        tensor = Size(width=recipe.width, height=recipe.height)
        return replace(recipe, placing=_placing(Size(width=width, height=height), tensor))

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
        if "output" in card.details:
            rows = flat_rows(card, outputs, floor=keep.floor, order="score first")
        else:
            names, classes = card.details["outputs"], len(card.class_names)
            rows = counted_rows(outputs, names, classes=classes, floor=keep.floor)
        return kept_rows(
            rows, plan, width=width, height=height, keep=keep, way_back=_to_image
        ).predictions()


FAMILY = _YoloNas()


def _confidence_of_flat(model: ModelFile) -> Confidence:
    """Rows of seven numbers are YOLOv7's as well; an input of bytes is only SuperGradients'."""
    if model.outputs[0].name.endswith(_FLAT):
        return Confidence.CERTAIN
    is_bytes = model.inputs[0].element_type == "uint8"
    return Confidence.LIKELY if is_bytes else Confidence.POSSIBLE


def _card(image: ImageInput, names: Sequence[str]) -> ModelCard:
    size = image.size(otherwise=Size(width=_SIDE, height=_SIDE))
    return ModelCard(
        family=NAME,
        task="detection",
        class_names=numbered_names(ASSUMED_CLASSES),
        classes_assumed=True,
        recipe=Plan(
            input_name=image.name,
            width=size.width,
            height=size.height,
            placing=_placing(size, size),
            channels=image.channels,
            scale=image.scale,
            layout=image.layout,
            dtype=image.dtype,
        ),
        suppressed=True,
        default_overlap=_OVERLAP,
        score_floor=_SCORE_FLOOR,
        evidence=(
            f"Its outputs are {', '.join(names)}; duplicates are hidden already",
            f"It does not say how many classes it has: {ASSUMED_CLASSES} are assumed",
        ),
        details={"output": names[0]} if len(names) == 1 else {"outputs": list(names)},
    )


def _placing(image: Size, tensor: Size) -> Placing:
    """In the middle of the tensor, its borders left free; of an odd rest the smaller half is to the
    left and above."""
    ratio = _ratio(image, tensor)
    width = max(1, round(image.width * ratio))
    height = max(1, round(image.height * ratio))
    return Placing(
        left=(tensor.width - width) // 2,
        top=(tensor.height - height) // 2,
        width=width,
        height=height,
    )


def _ratio(image: Size, tensor: Size) -> float:
    return min((tensor.height - _BORDERS) / image.height, (tensor.width - _BORDERS) / image.width)


def _to_image(
    points: NDArray[np.floating], plan: Plan, *, width: int, height: int
) -> NDArray[np.float64]:
    """Divided by the one ratio that SuperGradients reckons with, although sides are rounded."""
    ratio = _ratio(Size(width=width, height=height), Size(width=plan.width, height=plan.height))
    return from_border(points, (plan.placing.left, plan.placing.top), ratio)
