"""Classes of the whole image by Ultralytics YOLO: v8, v11, v12 and v26 with the ending "-cls".

One input, RGB, 0..1: the middle of the image, its shorter side on all of the tensor's; where the
tensor is no square, all of the image, its proportions given up.  One output (1, classes):
probabilities, softmax applied.

Sources: Ultralytics 8.4 `nn/modules/head.py::Classify`, `data/augment.py::classify_transforms`,
`models/yolo/classify/predict.py`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from twoclick.models.answers import misfit, numbers_of
from twoclick.models.card import ModelCard
from twoclick.models.class_names import check_name_count
from twoclick.models.errors import DecodeError
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.image_input import image_input
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.outlines import Outlines
from twoclick.models.placings import Size, cropped, stretched
from twoclick.models.plan import Placing, Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_cards import metadata_line
from twoclick.models.ultralytics_metadata import read_metadata

NAME = "ultralytics-classify"

SCORE_FLOOR = 0.01
"""Probabilities add up to 1: no more than a hundred classes reach this.  Of a thousand classes an
unsure model gives even the likeliest less than what is the floor for boxes."""

_NOTHING_HIDDEN = 1.0
_SIDE = 224
_SLACK = 0.02
"""By which probabilities may miss a sum of 1: a thousand numbers of 16 bits do by less."""


class _UltralyticsClassify:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLO by Ultralytics"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if len(model.inputs) != 1 or len(model.outputs) != 1:
            return ()
        output = model.outputs[0]
        metadata = read_metadata(model)
        if metadata is None or metadata.task != "classify" or not _is_one_row(output):
            return ()
        image = image_input(model.inputs[0])
        if image is None:
            return ()
        if isinstance(output.shape[1], int):
            check_name_count(model, metadata.names, output.shape[1])
        size = image.size(otherwise=metadata.size or Size(width=_SIDE, height=_SIDE))
        card = ModelCard(
            family=NAME,
            task="classification",
            class_names=metadata.names,
            recipe=Plan(
                input_name=image.name,
                width=size.width,
                height=size.height,
                placing=_placing(size, size),
                filter="antialias",
                channels=image.channels,
                scale=image.scale,
                layout=image.layout,
                dtype=image.dtype,
            ),
            suppressed=True,
            default_overlap=_NOTHING_HIDDEN,
            score_floor=SCORE_FLOOR,
            evidence=(
                metadata_line(metadata),
                f"One output: {output}: a probability for each class of the whole image",
            ),
            details={"output": output.name},
        )
        return (Interpretation(confidence=Confidence.CERTAIN, card=card),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        tensor = Size(width=card.recipe.width, height=card.recipe.height)
        return replace(card.recipe, placing=_placing(Size(width=width, height=height), tensor))

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
        scores = _probabilities(outputs, card.details["output"], classes=len(card.class_names))
        ranked = np.argsort(-scores, kind="stable")[: keep.cap]
        classes = ranked[scores[ranked] >= keep.floor]
        return RawPredictions(
            boxes=np.tile(np.array([0.0, 0.0, width, height]), (len(classes), 1)),
            scores=scores[classes],
            classes=classes.astype(np.int32),
            outlines=Outlines.of_whole_images(len(classes)),
        )


FAMILY = _UltralyticsClassify()


def _is_one_row(output: TensorSpec) -> bool:
    return len(output.shape) == 2 and (output.shape[0] == 1 or isinstance(output.shape[0], str))


def _placing(image: Size, tensor: Size) -> Placing:
    if tensor.width == tensor.height:
        return cropped(image, tensor)
    return stretched(tensor)


def _probabilities(outputs: Outputs, name: str, *, classes: int) -> NDArray[np.float64]:
    """(classes,) 0..1; DecodeError for an answer of another shape, or without its softmax."""
    values = numbers_of(outputs, name)
    if values.shape != (1, classes):
        raise misfit(name, values, expected=f"(1, {classes})")
    scores = values[0].astype(np.float64)
    total = float(scores.sum())
    if scores.min() < -_SLACK or abs(total - 1) > _SLACK:
        raise DecodeError(
            f'Output "{name}" holds numbers from {scores.min():.3g} to {scores.max():.3g} that add '
            f"up to {total:.3g}, but probabilities of classes lie between 0 and 1 and add up to 1. "
            "The model was exported without its softmax: export it again."
        )
    clipped: NDArray[np.float64] = np.clip(scores, 0, 1)
    return clipped
