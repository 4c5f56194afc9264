"""YOLOv6 as its own repository exports it.

One input, letterboxed, RGB, 0..1.  One output "outputs" (1, rows, 5 + classes), one row for each
cell of the grids: centre, width and height in pixels of the tensor, 1 where others have objectness,
and class scores, sigmoid applied.  With `--end2end --ort` four outputs instead: num_dets,
det_boxes (1, n, 4) corners, det_scores, det_classes.  The file has no names.

Source: meituan/YOLOv6 `deploy/ONNX/export_onnx.py`, `yolov6/models/effidehead.py`, `end2end.py`.
"""

from collections.abc import Sequence

from twoclick.models.box_rows import BoxRows, kept_rows, rows_with_objectness
from twoclick.models.card import ModelCard
from twoclick.models.class_names import ASSUMED_CLASSES, numbered_names
from twoclick.models.counted_answers import counted_outputs, counted_rows
from twoclick.models.errors import DecodeError
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.image_input import image_input
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
)

NAME = "yolov6"

_OUTPUT = "outputs"
_FINISHED = ("num_dets", "det_boxes", "det_scores", "det_classes")
_LEAST_OBJECTNESS = 0.999


class _Yolov6:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLOv6"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if len(model.inputs) != 1 or read_metadata(model) is not None:
            return ()
        names = counted_outputs(model, _FINISHED)
        if names is not None:
            return _finished_interpretations(model, names)
        answer = grid_answer(model)
        if answer is None or answer.anchors == 3 or not answer.may_be_named(_OUTPUT):
            return ()
        card = letterbox_grid_card(
            answer, family=NAME, evidence=answer.evidence("No class names, as in files of YOLOv6")
        )
        named = answer.is_named(_OUTPUT)
        return (
            Interpretation(
                confidence=Confidence.LIKELY if named else Confidence.POSSIBLE, card=card
            ),
        )

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
            names, classes = card.details["outputs"], len(card.class_names)
            rows = counted_rows(outputs, names, classes=classes, floor=keep.floor)
        else:
            rows = _grid_rows(card, outputs, floor=keep.floor)
        return kept_rows(
            rows, plan, width=width, height=height, keep=keep, way_back=to_image_by_ratio
        ).predictions()


FAMILY = _Yolov6()


def _finished_interpretations(model: ModelFile, names: Sequence[str]) -> Sequence[Interpretation]:
    image = image_input(model.inputs[0])
    if image is None:
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
            f"Its outputs are {', '.join(names)}; duplicates are hidden already",
            f"It does not say how many classes it has: {ASSUMED_CLASSES} are assumed",
        ),
        details={**letterbox.details, "outputs": list(names)},
    )
    return (Interpretation(confidence=Confidence.LIKELY, card=card),)


def _grid_rows(card: ModelCard, outputs: Outputs, *, floor: float) -> BoxRows:
    values, name = grid_rows(card, outputs), card.details["output"]
    rows = rows_with_objectness(values, name, classes=values.shape[1] - 5, floor=floor)
    least = values[rows.places, 4].min(initial=1)
    if least < _LEAST_OBJECTNESS:
        raise DecodeError(
            f'Output "{name}" has an objectness of {least:.3g} in it, which is always 1 in answers '
            "of YOLOv6. Choose another way to read the file: YOLOX's rows look like YOLOv6's."
        )
    return rows
