"""RT-DETR as Ultralytics trains and exports it.

One input, to which images are stretched, RGB, 0..1.  One output, boxes as centre, width and height
in shares of the tensor: (1, 300, 6) with score and class, by exporters since 8.4.60, or
(1, 300, 4 + classes) with the score of each class, by those up to 8.4.0.  A query is one object:
nothing is to be suppressed.

Sources: Ultralytics 8.4 `nn/modules/head.py::RTDETRDecoder`, `models/rtdetr/predict.py`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twoclick.models.answers import check_in_pixels, misfit, one_answer
from twoclick.models.box_rows import (
    BoxRows,
    corners_of,
    finished_rows,
    kept_rows,
    rows_of_columns,
)
from twoclick.models.card import ModelCard
from twoclick.models.family import Interpretation, Outputs
from twoclick.models.model_file import ModelFile
from twoclick.models.placings import Size, stretched
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_cards import OVERLAP, SCORE_FLOOR
from twoclick.models.ultralytics_layouts import DetectLayout, detect_layouts

NAME = "ultralytics-rtdetr"

_SIDE = 640
_OBJECT = 6


class _UltralyticsRtdetr:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "RT-DETR by Ultralytics"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        return [
            Interpretation(confidence=layout.confidence, card=_card(layout))
            for layout in detect_layouts(model)
            if layout.form == "queries"
        ]

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        return card.recipe

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
        rows = _rows(card, outputs, plan, floor=keep.floor)
        return kept_rows(rows, plan, width=width, height=height, keep=keep).predictions()


FAMILY = _UltralyticsRtdetr()


def _card(layout: DetectLayout) -> ModelCard:
    told = layout.metadata.size if layout.metadata else None
    size = layout.image.size(otherwise=told or Size(width=_SIDE, height=_SIDE))
    return ModelCard(
        family=NAME,
        task="detection",
        class_names=layout.class_names,
        classes_assumed=layout.metadata is None,
        recipe=Plan(
            input_name=layout.image.name,
            width=size.width,
            height=size.height,
            placing=stretched(size),
            channels=layout.image.channels,
            scale=layout.image.scale,
            layout=layout.image.layout,
            dtype=layout.image.dtype,
        ),
        suppressed=True,
        default_overlap=OVERLAP,
        score_floor=SCORE_FLOOR,
        evidence=(
            *layout.evidence,
            "Each row is one object of RT-DETR, its box in shares of the image",
        ),
        details={"output": layout.output.name},
    )


def _rows(card: ModelCard, outputs: Outputs, plan: Plan, *, floor: float) -> BoxRows:
    name, classes = card.details["output"], len(card.class_names)
    values = one_answer(outputs, name)
    check_in_pixels(values[:, :4], name, wanted=False)
    on_tensor = values * _scale(plan, columns=values.shape[1])
    if _tells_objects(values, classes=classes):
        rows = finished_rows(on_tensor, name, classes=classes, floor=floor)
    elif values.shape[1] == 4 + classes:
        return rows_of_columns(on_tensor.T, name, classes=classes, floor=floor)
    else:
        raise misfit(name, values[None], expected=f"(1, queries, 6 or {4 + classes})")
    return BoxRows(
        boxes=corners_of(rows.boxes), scores=rows.scores, classes=rows.classes, places=rows.places
    )


def _scale(plan: Plan, *, columns: int) -> NDArray[np.float32]:
    """From shares to pixels of the tensor; scores and classes stay as they are."""
    scale = np.ones(columns, dtype=np.float32)
    scale[:4] = (plan.width, plan.height) * 2
    return scale


def _tells_objects(values: NDArray[np.float32], *, classes: int) -> bool:
    """Whether rows are score and class.  With two classes both layouts have six columns: then the
    last one tells, which is whole numbers where it is classes, and never where it is scores."""
    if values.shape[1] != _OBJECT:
        return False
    return 4 + classes != _OBJECT or bool((values[:, 5] == np.floor(values[:, 5])).all())
