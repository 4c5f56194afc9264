"""Keypoints of objects by Ultralytics YOLO: v8, v11, v12 and v26 with the ending "-pose".

One input, letterboxed, RGB, 0..1.  One output: (1, 4 + classes + points, columns): centre, width
and height in pixels of the tensor, the score of each class, and two or three numbers for each
point: x and y in pixels of the tensor, and how certain it is that the point is to be seen; or,
where the file hides duplicates itself (v26, and exports with nms=True), (1, 300, 6 + points):
corners, score, class and points, filled up with zeros.

Sources: Ultralytics 8.4 `nn/modules/head.py::Pose`, `Pose26`, `models/yolo/pose/predict.py`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from twoclick.models.answers import check_in_pixels, misfit, one_answer
from twoclick.models.box_rows import BoxRows, finished_rows, kept_rows, rows_of_columns
from twoclick.models.card import ModelCard
from twoclick.models.family import Interpretation, Outputs
from twoclick.models.keypoint_names import named_points
from twoclick.models.keypoint_rows import check_points, with_keypoints
from twoclick.models.letterbox_plans import letterbox_plan
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_cards import letterbox_card
from twoclick.models.ultralytics_pose_layouts import BOX, OBJECT, Form, PoseLayout, pose_layouts

NAME = "ultralytics-pose"

_FORMS: dict[Form, str] = {
    "columns": "Each column has centre, width and height, the score of each class, and {}",
    "rows": "Each row has centre, width and height, the score of each class, and {}",
    "objects": "Each row is one object: corners, score, class and {}; duplicates are hidden "
    "already",
}
_POINTS = {2: "{} points, x and y", 3: "{} points, x, y and how certain each is"}


class _UltralyticsPose:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLO by Ultralytics"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        return [
            Interpretation(confidence=layout.confidence, card=_card(model, layout))
            for layout in pose_layouts(model)
        ]

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
        rows, further = _rows(card, outputs, floor=keep.floor)
        kept = kept_rows(rows, plan, width=width, height=height, keep=keep)
        points = further[kept.places].reshape(-1, *_shape(card))
        name = card.details["output"]
        if card.details["guessed"]:
            check_points(points, name)
        return with_keypoints(kept, points, name, plan=plan, width=width, height=height)


FAMILY = _UltralyticsPose()


def _card(model: ModelFile, layout: PoseLayout) -> ModelCard:
    told = layout.metadata.keypoint_names if layout.metadata else ()
    named = named_points(layout.points, told)
    card = letterbox_card(
        layout.image,
        layout.metadata,
        family=NAME,
        task="pose",
        class_names=layout.class_names,
        suppressed=layout.form == "objects",
        details={
            "output": model.outputs[0].name,
            "form": layout.form,
            "points": layout.points,
            "numbers": layout.numbers,
            "guessed": layout.metadata is None,
        },
        evidence=(
            *layout.evidence,
            _FORMS[layout.form].format(_POINTS[layout.numbers].format(layout.points)),
            named.evidence,
        ),
    )
    return replace(card, keypoints=named.names, skeleton=named.skeleton)


def _shape(card: ModelCard) -> tuple[int, int]:
    """Points an object, and numbers a point."""
    return card.details["points"], card.details["numbers"]


def _rows(
    card: ModelCard, outputs: Outputs, *, floor: float
) -> tuple[BoxRows, NDArray[np.float32]]:
    """The candidates, and the numbers (n, points times numbers) of all rows of the answer."""
    name, classes = card.details["output"], len(card.class_names)
    points, numbers = _shape(card)
    if card.details["form"] == "objects":
        values = one_answer(outputs, name, columns=OBJECT + points * numbers)
        rows = finished_rows(values, name, classes=classes, floor=floor)
        check_in_pixels(rows.boxes, name, wanted=True)
        return rows, values[:, OBJECT:]
    values = one_answer(outputs, name)
    columns = values.T if card.details["form"] == "rows" else values
    wanted = BOX + classes + points * numbers
    if len(columns) != wanted:
        raise misfit(name, values[None], expected=f"{wanted} numbers an object")
    rows = rows_of_columns(columns, name, classes=classes, floor=floor)
    return rows, columns[BOX + classes :].T
