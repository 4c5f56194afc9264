"""YOLOv5 as its own repository exports it.

One input, letterboxed, RGB, 0..1.  One output (1, rows, 5 + classes), three rows for each cell of
the grids: centre, width and height in pixels of the tensor, objectness and class scores, sigmoid
applied.  Metadata have "stride" and "names", and nothing else; the first versions wrote none, and
left the heads of the network in as further outputs.  Those files look like YOLOv7's.

Source: ultralytics/yolov5 `export.py`, `models/yolo.py`, `utils/general.py`.
"""

from collections.abc import Sequence
from dataclasses import replace

from twoclick.models.box_rows import kept_rows, rows_with_objectness
from twoclick.models.card import ModelCard
from twoclick.models.class_names import check_name_count
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.letterbox_plans import letterbox_plan
from twoclick.models.model_file import ModelFile
from twoclick.models.placings import to_image_by_ratio
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_cards import metadata_line
from twoclick.models.ultralytics_metadata import UltralyticsMetadata, read_metadata
from twoclick.models.yolo_answers import (
    GridAnswer,
    grid_answer,
    grid_rows,
    letterbox_grid_card,
)

NAME = "yolov5"

_OUTPUT = "output0"
"""Exported for any size, its output has no fixed one in any of its dimensions."""


class _Yolov5:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLOv5"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        metadata = read_metadata(model)
        told = None if metadata is None else 5 + len(metadata.names)
        answer = grid_answer(model, heads_allowed=True, name=_OUTPUT, told=told)
        if answer is None or answer.anchors == 1:
            return ()
        if metadata is not None:
            return _named_interpretations(model, answer, metadata)
        if not answer.may_be_named(_OUTPUT):
            return ()
        named = answer.is_named(_OUTPUT)
        card = letterbox_grid_card(
            answer,
            family=NAME,
            evidence=answer.evidence("No class names in the file, which YOLOv5 writes since 2022"),
        )
        confidence = Confidence.LIKELY if named else Confidence.POSSIBLE
        return (Interpretation(confidence=confidence, card=card),)

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
        values = grid_rows(card, outputs)
        rows = rows_with_objectness(
            values, card.details["output"], classes=values.shape[1] - 5, floor=keep.floor
        )
        return kept_rows(
            rows, plan, width=width, height=height, keep=keep, way_back=to_image_by_ratio
        ).predictions()


FAMILY = _Yolov5()


def _named_interpretations(
    model: ModelFile, answer: GridAnswer, metadata: UltralyticsMetadata
) -> Sequence[Interpretation]:
    if metadata.task is not None:
        return ()
    if answer.classes is not None:
        check_name_count(model, metadata.names, answer.classes)
    answer = replace(answer, classes=len(metadata.names))
    card = letterbox_grid_card(
        answer,
        family=NAME,
        class_names=metadata.names,
        size=metadata.size,
        stride=metadata.stride,
        evidence=answer.evidence(metadata_line(metadata)),
    )
    return (Interpretation(confidence=Confidence.CERTAIN, card=card),)
