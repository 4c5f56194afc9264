"""YOLOX as its own repository exports it.

One input, BGR, 0..255, the image in its top left corner.  One output "output" (1, rows,
5 + classes), one row for each cell of the grids: box, objectness and class scores, sigmoid applied.
The file has no names.

Boxes are centre, width and height: in pixels of the tensor where the file was exported with
`--decode_in_inference`, otherwise the centre in cells from the cell's own corner and the logarithms
of both sides in cells.  Nothing in a file says which, and nobody who has one need know: in the one
case the rows that score best have their centres at their own cells, in the other near zero, so that
the numbers decide.

Sources: Megvii-BaseDetection/YOLOX `tools/export_onnx.py`, `yolox/models/yolo_head.py`,
`yolox/data/data_augment.py::preproc`, `yolox/utils/boxes.py::postprocess`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoclick.models.anchor_rows import grid_strides
from twoclick.models.answers import misfit
from twoclick.models.box_rows import BoxRows, kept_rows, rows_with_objectness
from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.model_file import ModelFile
from twoclick.models.placings import Size, at_top_left, from_border
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ultralytics_metadata import read_metadata
from twoclick.models.yolo_answers import (
    OVERLAP,
    SCORE_FLOOR,
    GridAnswer,
    grid_answer,
    grid_rows,
)

NAME = "yolox"

_OUTPUT = "output"
_SIDE = 640
_OBJECTNESS = 4
_ASKED = 100
"""Rows that say whether boxes are decoded: those that score best."""
_LARGEST_LOGARITHM = 20.0


class _Cells(NamedTuple):
    """Of rows: `corners` (n, 2), column and row of their cells, and `strides` (n, 1) in pixels."""

    corners: NDArray[np.float32]
    strides: NDArray[np.float32]


class _Yolox:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "YOLOX"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        if read_metadata(model) is not None:
            return ()
        answer = grid_answer(model)
        if answer is None or answer.anchors == 3 or not answer.may_be_named(_OUTPUT):
            return ()
        named = answer.is_named(_OUTPUT) and answer.anchors == 1
        confidence = Confidence.LIKELY if named else Confidence.POSSIBLE
        return (Interpretation(confidence=confidence, card=_card(answer)),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        tensor = Size(width=card.recipe.width, height=card.recipe.height)
        return replace(card.recipe, placing=at_top_left(Size(width=width, height=height), tensor))

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
        rows = _rows(values, plan, card.details["output"], floor=keep.floor)
        return kept_rows(
            rows, plan, width=width, height=height, keep=keep, way_back=_to_image
        ).predictions()


FAMILY = _Yolox()


def _card(answer: GridAnswer) -> ModelCard:
    image = answer.image
    size = image.size(otherwise=Size(width=_SIDE, height=_SIDE))
    return ModelCard(
        family=NAME,
        task="detection",
        class_names=answer.class_names,
        classes_assumed=answer.classes is None,
        recipe=Plan(
            input_name=image.name,
            width=size.width,
            height=size.height,
            placing=at_top_left(size, size),
            channels="BGR" if image.planes == 3 else "grey",
            scale=1.0,
            layout=image.layout,
            dtype=image.dtype,
        ),
        default_overlap=OVERLAP,
        score_floor=SCORE_FLOOR,
        evidence=answer.evidence("No class names, as in files of YOLOX"),
        details={"output": answer.output.name},
    )


def _rows(values: NDArray[np.float32], plan: Plan, name: str, *, floor: float) -> BoxRows:
    strides = grid_strides(len(values), width=plan.width, height=plan.height)
    if strides is None:
        raise misfit(
            name,
            values[None],
            expected=f"one row for each cell of the grids of {plan.width} x {plan.height} pixels",
        )
    objectness = values[:, _OBJECTNESS]
    if (objectness == 1).all():
        raise DecodeError(
            f'Output "{name}" has an objectness of 1 in every row, as YOLOv6 answers. Choose that '
            "to read the file."
        )
    best = np.argsort(-objectness, kind="stable")[:_ASKED]
    best = best[objectness[best] > 0]
    is_decoded = _is_decoded(values[best], _cells(best, strides, plan))
    places = np.flatnonzero(objectness >= floor)
    chosen = values[places]
    if not is_decoded:
        cells = _cells(places, strides, plan)
        sides = np.exp(np.minimum(chosen[:, 2:4], _LARGEST_LOGARITHM))
        chosen[:, :2] = (chosen[:, :2] + cells.corners) * cells.strides
        chosen[:, 2:4] = sides * cells.strides
    rows = rows_with_objectness(chosen, name, classes=values.shape[1] - 5, floor=floor)
    return replace(rows, places=places[rows.places])


def _to_image(
    points: NDArray[np.floating], plan: Plan, *, width: int, height: int
) -> NDArray[np.float64]:
    """Divided by the one ratio that YOLOX reckons with, in training and after, although the sides
    of the image are rounded down."""
    return from_border(points, (0, 0), min(plan.width / width, plan.height / height))


def _is_decoded(values: NDArray[np.float32], cells: _Cells) -> bool:
    """Whether centres lie at their cells, and not near zero."""
    if not len(values):
        return True
    raw = np.abs(values[:, :2] - 0.5)
    decoded = np.abs(values[:, :2] / cells.strides - cells.corners - 0.5)
    return bool(np.median(decoded) <= np.median(raw))


def _cells(places: NDArray[np.intp], strides: Sequence[int], plan: Plan) -> _Cells:
    """Rows run over the grids from fine to coarse, over each row by row."""
    columns = np.array([plan.width // stride for stride in strides])
    rows = np.array([plan.height // stride for stride in strides])
    ends = np.cumsum(columns * rows)
    level = np.searchsorted(ends, places, side="right")
    within = places - np.concatenate(([0], ends))[level]
    corners = np.stack((within % columns[level], within // columns[level]), axis=1)
    return _Cells(
        corners=corners.astype(np.float32),
        strides=np.array(strides, dtype=np.float32)[level, None],
    )
