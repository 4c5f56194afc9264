"""Outlines of objects by Ultralytics YOLO: v8, v9, v11, v12 and v26 with the ending "-seg".

One input, letterboxed, RGB, 0..1.  Two outputs: (1, 4 + classes + m, columns): centre, width and
height in pixels of the tensor, the score of each class, and m coefficients; or, where the file
hides duplicates itself (v26, and exports with nms=True), (1, 300, 6 + m): corners, score, class and
coefficients, filled up with zeros.  Then m prototypes, (1, m, height / 4, width / 4).

Sources: Ultralytics 8.4 `nn/modules/head.py::Segment`, `models/yolo/segment/predict.py`,
`utils/ops.py::process_mask`.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from twoclick.models.anchor_rows import anchors_of
from twoclick.models.answers import check_in_pixels, misfit, one_answer
from twoclick.models.box_rows import BoxRows, finished_rows, kept_rows, rows_of_columns
from twoclick.models.card import ModelCard
from twoclick.models.class_names import ASSUMED_CLASSES, check_name_count, numbered_names
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.letterbox_plans import letterbox_plan
from twoclick.models.mask_outputs import MaskOutputs, mask_outputs, prototypes_of
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.prototype_masks import Masks, with_masks
from twoclick.models.ultralytics_cards import letterbox_card, metadata_line
from twoclick.models.ultralytics_metadata import UltralyticsMetadata, read_metadata

NAME = "ultralytics-segment"

Form = Literal["columns", "objects"]

_FORMS: dict[Form, str] = {
    "columns": "Each column has centre, width and height, the score of each class, and how much of "
    "each prototype there is in the mask",
    "objects": "Each row is one object: corners, score, class, and how much of each prototype "
    "there is in its mask; duplicates are hidden already",
}
_OBJECT = 6


class _UltralyticsSegment:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLO by Ultralytics"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        found = mask_outputs(model)
        if len(model.inputs) != 1 or len(model.outputs) != 2 or found is None:
            return ()
        image = image_input(model.inputs[0])
        if image is None:
            return ()
        metadata = read_metadata(model)
        if metadata is None:
            return _interpretations_by_shape(image, found)
        if metadata.task != "segment":
            return ()
        form = _form_by_metadata(model, found, metadata)
        card = _card(image, found, metadata, form=form, names=metadata.names)
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
        prototypes = prototypes_of(outputs, card.details["prototypes"])
        rows, coefficients = _rows(card, outputs, count=len(prototypes), floor=keep.floor)
        kept = kept_rows(rows, plan, width=width, height=height, keep=keep)
        masks = Masks(prototypes=prototypes, coefficients=coefficients[kept.places])
        return with_masks(kept, masks, plan=plan, width=width, height=height)


FAMILY = _UltralyticsSegment()


def _form_by_metadata(model: ModelFile, found: MaskOutputs, metadata: UltralyticsMetadata) -> Form:
    if metadata.finished or (found.count is not None and found.third == _OBJECT + found.count):
        return "objects"
    if isinstance(found.second, int) and found.count is not None:
        check_name_count(model, metadata.names, found.second - 4 - found.count)
    return "columns"


def _interpretations_by_shape(image: ImageInput, found: MaskOutputs) -> Sequence[Interpretation]:
    """Files without metadata; the prototypes leave few other makers."""
    form: Form
    second, third, count = found.second, found.third, found.count
    if count is None or not isinstance(second, int):
        return ()
    if third == _OBJECT + count and anchors_of(second, image) in (0, None):
        form, names = "objects", numbered_names(ASSUMED_CLASSES)
    elif second > 4 + count and anchors_of(third, image) in (1, None):
        form, names = "columns", numbered_names(second - 4 - count)
    else:
        return ()
    card = _card(image, found, None, form=form, names=names)
    outputs = (found.rows.name, found.prototypes.name)
    named = image.is_exported_as("images") and outputs == ("output0", "output1")
    return (
        Interpretation(confidence=Confidence.LIKELY if named else Confidence.POSSIBLE, card=card),
    )


def _card(
    image: ImageInput,
    found: MaskOutputs,
    metadata: UltralyticsMetadata | None,
    *,
    form: Form,
    names: Sequence[str],
) -> ModelCard:
    told = metadata_line(metadata) if metadata else "No metadata: its classes have numbers only"
    evidence: tuple[str, ...] = (told, *found.evidence(), _FORMS[form])
    if metadata is None and form == "objects":
        evidence += (f"It does not say how many classes it has: {ASSUMED_CLASSES} are assumed",)
    return letterbox_card(
        image,
        metadata,
        family=NAME,
        task="segmentation",
        class_names=names,
        suppressed=form == "objects",
        details={"output": found.rows.name, "prototypes": found.prototypes.name, "form": form},
        evidence=evidence,
    )


def _rows(
    card: ModelCard, outputs: Outputs, *, count: int, floor: float
) -> tuple[BoxRows, NDArray[np.float32]]:
    """The candidates, and the coefficients (n, count) of all rows or columns of the answer."""
    name, classes = card.details["output"], len(card.class_names)
    if card.details["form"] == "objects":
        values = one_answer(outputs, name, columns=_OBJECT + count)
        rows = finished_rows(values, name, classes=classes, floor=floor)
        check_in_pixels(rows.boxes, name, wanted=True)
        return rows, values[:, _OBJECT:]
    values = one_answer(outputs, name)
    if len(values) != 4 + classes + count:
        raise misfit(name, values[None], expected=f"(1, {4 + classes + count}, columns)")
    rows = rows_of_columns(values, name, classes=classes, floor=floor)
    return rows, values[4 + classes :].T
