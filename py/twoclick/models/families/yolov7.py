"""YOLOv7 as its own repository exports it.

One input, letterboxed, RGB, 0..1.  With `--grid` one output "output" (1, rows, 5 + classes), three
rows for each cell of the grids: centre, width and height in pixels of the tensor, objectness and
class scores, sigmoid applied.  With `--grid --end2end --max-wh` one output "output" (n, 7), one
object a row: batch, corners, class, score.  The file has no names.

Models of one class are trained on objectness alone, so that their class score says nothing.

Source: WongKinYiu/yolov7 `export.py`, `models/experimental.py`, `utils/general.py`.
"""

from collections.abc import Sequence

import numpy as np

from twoclick.models.box_rows import BoxRows, kept_rows, rows_with_objectness
from twoclick.models.card import ModelCard
from twoclick.models.class_names import ASSUMED_CLASSES, numbered_names
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.flat_answers import flat_image, flat_rows
from twoclick.models.letterbox_plans import letterbox_plan, letterbox_recipe
from twoclick.models.model_file import ModelFile
from twoclick.models.placings import to_image_by_ratio
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_metadata import read_metadata
from twoclick.models.yolo_answers import (
    OVERLAP,
    SCORE_FLOOR,
    STRIDE,
    grid_answer,
    grid_rows,
    letterbox_grid_card,
    refuse_raw_heads,
)

NAME = "yolov7"

_OUTPUT = "output"
_OBJECTNESS = 4


class _Yolov7:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLOv7"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        refuse_raw_heads(model)
        if read_metadata(model) is not None:
            return ()
        return [*_grid_interpretations(model), *_flat_interpretations(model)]

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
        if card.suppressed:
            rows = flat_rows(card, outputs, floor=keep.floor, order="class first")
        else:
            rows = _grid_rows(card, outputs, floor=keep.floor)
        return kept_rows(
            rows, plan, width=width, height=height, keep=keep, way_back=to_image_by_ratio
        ).predictions()


FAMILY = _Yolov7()


def _grid_interpretations(model: ModelFile) -> Sequence[Interpretation]:
    """Under any other name than YOLOv7's, files of several classes are read as YOLOv5's, which
    comes to the same."""
    answer = grid_answer(model, heads_allowed=True, name=_OUTPUT)
    if answer is None or answer.anchors == 1 or not answer.may_be_named(_OUTPUT):
        return ()
    named = answer.is_named(_OUTPUT)
    if not named and answer.classes != 1:
        return ()
    card = letterbox_grid_card(
        answer, family=NAME, evidence=answer.evidence("No class names, as in files of YOLOv7")
    )
    return (
        Interpretation(confidence=Confidence.LIKELY if named else Confidence.POSSIBLE, card=card),
    )


def _flat_interpretations(model: ModelFile) -> Sequence[Interpretation]:
    image = flat_image(model)
    output = model.outputs[0]
    if image is None or output.name.endswith("flat_predictions"):
        return ()
    letterbox = letterbox_recipe(image, size=None, stride=STRIDE)
    card = ModelCard(
        family=NAME,
        task="detection",
        class_names=numbered_names(ASSUMED_CLASSES),
        classes_assumed=True,
        recipe=letterbox.recipe,
        suppressed=True,
        default_overlap=OVERLAP,
        score_floor=SCORE_FLOOR,
        evidence=(
            f"One output: {output}: each row is one object, its class before its score",
            "Duplicates are hidden already",
            f"It does not say how many classes it has: {ASSUMED_CLASSES} are assumed",
        ),
        details={**letterbox.details, "output": output.name},
    )
    named = output.name == _OUTPUT and image.dtype != "uint8" and image.layout == "NCHW"
    return (
        Interpretation(confidence=Confidence.LIKELY if named else Confidence.POSSIBLE, card=card),
    )


def _grid_rows(card: ModelCard, outputs: Outputs, *, floor: float) -> BoxRows:
    values = grid_rows(card, outputs)
    classes = values.shape[1] - _OBJECTNESS - 1
    if classes == 1:
        values = np.hstack((values[:, :-1], np.ones((len(values), 1), dtype=np.float32)))
    return rows_with_objectness(values, card.details["output"], classes=classes, floor=floor)
