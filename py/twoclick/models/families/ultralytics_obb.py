"""Rotated boxes by Ultralytics YOLO: v8, v11, v12 and v26 with the ending "-obb".

One input, letterboxed, RGB, 0..1.  One output: (1, 4 + classes + 1, columns): centre, width and
height in pixels of the tensor, the score of each class, and the angle of the width in radians; or,
where the file hides duplicates itself, (1, 300, 7): centre, width, height, score, class, angle.

Sources: Ultralytics 8.4 `nn/modules/head.py::OBB`, `utils/nms.py`, `utils/ops.py`.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from twoclick.models.anchor_rows import anchors_of
from twoclick.models.answers import misfit, one_answer
from twoclick.models.box_rows import finished_rows, rows_of_columns
from twoclick.models.card import ModelCard
from twoclick.models.class_names import ASSUMED_CLASSES, check_name_count, numbered_names
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.letterbox_plans import letterbox_plan
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.rotated_rows import RotatedRows, kept_rotated
from twoclick.models.ultralytics_cards import letterbox_card, metadata_line
from twoclick.models.ultralytics_metadata import UltralyticsMetadata, read_metadata

NAME = "ultralytics-obb"

Form = Literal["columns", "objects"]

_FORMS: dict[Form, str] = {
    "columns": "Each column has centre, width and height, the score of each class, and an angle",
    "objects": "Each row is one object: centre, width, height, score, class and angle; "
    "duplicates are hidden already",
}
_OBJECT = 7


class _UltralyticsObb:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLO by Ultralytics"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if len(model.inputs) != 1 or len(model.outputs) != 1 or len(model.outputs[0].shape) != 3:
            return ()
        image, batch = image_input(model.inputs[0]), model.outputs[0].shape[0]
        if image is None or (isinstance(batch, int) and batch != 1):
            return ()
        metadata = read_metadata(model)
        if metadata is None:
            return _interpretations_by_shape(model, image)
        if metadata.task != "obb":
            return ()
        form = _form_by_metadata(model, metadata)
        card = _card(model, image, metadata, form=form, names=metadata.names)
        return (Interpretation(confidence=Confidence.CERTAIN, card=card),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        return letterbox_plan(card, width=width, height=height)

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
        rows = _rows(card, outputs, floor=keep.floor)
        return kept_rotated(rows, plan, width=width, height=height, keep=keep)


FAMILY = _UltralyticsObb()


def _form_by_metadata(model: ModelFile, metadata: UltralyticsMetadata) -> Form:
    second, third = model.outputs[0].shape[1:]
    if metadata.finished or third == _OBJECT:
        return "objects"
    if isinstance(second, int):
        check_name_count(model, metadata.names, second - 5)
    return "columns"


def _interpretations_by_shape(model: ModelFile, image: ImageInput) -> Sequence[Interpretation]:
    """Files without metadata, which might as well be others: plain boxes of one class more."""
    second, third = model.outputs[0].shape[1:]
    form: Form
    if third == _OBJECT and isinstance(second, int) and anchors_of(second, image) == 0:
        form, names = "objects", numbered_names(ASSUMED_CLASSES)
    elif isinstance(second, int) and second > 5 and anchors_of(third, image) == 1:
        form, names = "columns", numbered_names(second - 5)
    else:
        return ()
    card = _card(model, image, None, form=form, names=names)
    return (Interpretation(confidence=Confidence.POSSIBLE, card=card),)


def _card(
    model: ModelFile,
    image: ImageInput,
    metadata: UltralyticsMetadata | None,
    *,
    form: Form,
    names: Sequence[str],
) -> ModelCard:
    told = metadata_line(metadata) if metadata else "No metadata, so that it may be another model"
    return letterbox_card(
        image,
        metadata,
        family=NAME,
        task="rotated detection",
        class_names=names,
        suppressed=form == "objects",
        details={"output": model.outputs[0].name, "form": form},
        evidence=(told, f"One output: {model.outputs[0]}", _FORMS[form]),
    )


def _rows(card: ModelCard, outputs: Outputs, *, floor: float) -> RotatedRows:
    name, classes = card.details["output"], len(card.class_names)
    if card.details["form"] == "objects":
        values = one_answer(outputs, name, columns=_OBJECT)
        found = finished_rows(values, name, classes=classes, floor=floor)
        boxes: NDArray[np.float32] = values[found.places][:, [0, 1, 2, 3, 6]]
    else:
        values = one_answer(outputs, name)
        if len(values) != 5 + classes:
            raise misfit(name, values[None], expected=f"(1, {5 + classes}, columns)")
        found = rows_of_columns(values, name, classes=classes, floor=floor)
        boxes = values[[0, 1, 2, 3, 4 + classes]][:, found.places].T
    return RotatedRows(boxes=boxes, scores=found.scores, classes=found.classes)
