"""Detection by Ultralytics YOLO: v8, v9, v10, v11, v12, v26, and v5u.

One input, letterboxed, RGB, 0..1.  One output: (1, 4 + classes, columns): centre, width and height
in pixels of the tensor and the score of each class; or, where the file hides duplicates itself
(v10, v26, and exports with nms=True), (1, 300, 6): corners, score, class, filled up with zeros.

Sources: Ultralytics 8.4 `nn/modules/head.py`, `engine/exporter.py`, `utils/nms.py`.
"""

from collections.abc import Sequence

from twoclick.models.answers import check_in_pixels, misfit, one_answer
from twoclick.models.box_rows import BoxRows, finished_rows, kept_rows, rows_of_columns
from twoclick.models.card import ModelCard
from twoclick.models.family import Interpretation, Outputs
from twoclick.models.letterbox_plans import letterbox_plan
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_cards import letterbox_card
from twoclick.models.ultralytics_layouts import DetectLayout, detect_layouts

NAME = "ultralytics-detect"

_FORMS = {
    "columns": "Each column has centre, width and height, and the score of each class",
    "rows": "Each row has centre, width and height, and the score of each class",
    "objects": "Each row is one object: corners, score and class; duplicates are hidden already",
}
_OBJECT = 6


class _UltralyticsDetect:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLO by Ultralytics"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        return [
            Interpretation(confidence=layout.confidence, card=_card(layout))
            for layout in detect_layouts(model)
            if layout.form in _FORMS
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
        rows = _rows(card, outputs, floor=keep.floor)
        return kept_rows(rows, plan, width=width, height=height, keep=keep).predictions()


FAMILY = _UltralyticsDetect()


def _card(layout: DetectLayout) -> ModelCard:
    return letterbox_card(
        layout.image,
        layout.metadata,
        family=NAME,
        task="detection",
        class_names=layout.class_names,
        suppressed=layout.form == "objects",
        details={"output": layout.output.name, "form": layout.form},
        evidence=(*layout.evidence, _FORMS[layout.form]),
    )


def _rows(card: ModelCard, outputs: Outputs, *, floor: float) -> BoxRows:
    name, form, classes = card.details["output"], card.details["form"], len(card.class_names)
    if form == "objects":
        values = one_answer(outputs, name, columns=_OBJECT)
        rows = finished_rows(values, name, classes=classes, floor=floor)
        check_in_pixels(rows.boxes, name, wanted=True)
        return rows
    values = one_answer(outputs, name)
    columns = values.T if form == "rows" else values
    if len(columns) != 4 + classes:
        raise misfit(name, values[None], expected=f"{4 + classes} numbers a box")
    return rows_of_columns(columns, name, classes=classes, floor=floor)
