"""The answers of YOLO models whose files say nothing of themselves: YOLOv5, v6, v7 and YOLOX.

All have one output (1, rows, 5 + classes): box, objectness, class scores.  What tells them apart is
the number of rows (three for each cell of the grids, or one), and the names that their exporters
give to the output.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.models.anchor_rows import anchors_of
from twoclick.models.answers import misfit, one_answer
from twoclick.models.card import ModelCard
from twoclick.models.class_names import ASSUMED_CLASSES, numbered_names
from twoclick.models.errors import ModelFileError
from twoclick.models.family import Outputs
from twoclick.models.image_input import ImageInput, image_input
from twoclick.models.letterbox_plans import letterbox_recipe
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.placings import Size

SCORE_FLOOR, OVERLAP = 0.05, 0.45
STRIDE = 32

_FIXED = 5
"""Columns before the classes: the box and its objectness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridAnswer:
    """An output (1, rows, 5 + classes).  `anchors` is 1 or 3, rows for each cell, 0 where the
    grids are unusual, None where the file does not tell; `classes` None likewise."""

    image: ImageInput
    output: TensorSpec
    anchors: int | None
    classes: int | None

    def is_named(self, output: str) -> bool:
        """Whether input and output have the names that an exporter gives them."""
        return self.image.is_exported_as("images") and self.output.name == output

    def may_be_named(self, output: str) -> bool:
        """Whether it may be of this exporter: by its names, or under any where its rows are those
        of grids.  Rows of any number are what text is read with, too."""
        return self.anchors is not None or self.is_named(output)

    @property
    def class_names(self) -> tuple[str, ...]:
        """Numbers for names."""
        return numbered_names(ASSUMED_CLASSES if self.classes is None else self.classes)

    def evidence(self, *lines: str) -> tuple[str, ...]:
        """Why it was taken for such an answer."""
        per_cell = {1: "one row for each cell of its grids", 3: "three rows for each cell"}
        otherwise = "a variable number of rows" if self.anchors is None else "rows of its grids"
        counted = per_cell.get(self.anchors or 0, otherwise)
        assumed = f"It does not say how many classes it has: {ASSUMED_CLASSES} are assumed"
        return (
            f"One output: {self.output}: {counted}, box, objectness and class scores in each",
            *(() if self.classes is not None else (assumed,)),
            *lines,
        )


def grid_answer(
    model: ModelFile,
    *,
    heads_allowed: bool = False,
    name: str | None = None,
    told: int | None = None,
) -> GridAnswer | None:
    """The one answer of such a model; None for other models.

    `heads_allowed`: outputs of five dimensions may follow, the heads that old exporters left in.
    `name` is that of an output which may have no fixed size at all.  `told` is the number
    of columns by the metadata: with so many, rows may be those of unusual grids.
    """
    if len(model.inputs) != 1:
        return None
    image = image_input(model.inputs[0])
    output, *others = model.outputs
    if image is None or len(output.shape) != 3:
        return None
    if others and not (heads_allowed and all(len(spec.shape) == 5 for spec in others)):
        return None
    batch, rows, columns = output.shape
    anchors = anchors_of(rows, image)
    if (isinstance(batch, int) and batch != 1) or (anchors == 0 and columns != told):
        return None
    if isinstance(columns, int) and columns <= _FIXED:
        return None
    # Without a single number nothing speaks for such an answer but its name.
    nameless = isinstance(rows, int) or output.name != name
    if anchors is None and not isinstance(columns, int) and nameless:
        return None
    return GridAnswer(
        image=image,
        output=output,
        anchors=anchors,
        classes=columns - _FIXED if isinstance(columns, int) else None,
    )


def refuse_raw_heads(model: ModelFile) -> None:
    """Raises ModelFileError for the heads of YOLOv5 or v7 alone, (1, 3, rows, columns, 5 + classes)
    each, which are read with anchors that no file has."""
    shapes = [spec.shape for spec in model.outputs]
    if len(shapes) not in (3, 4) or any(len(s) != 5 or s[1] != 3 for s in shapes):
        return
    if len({shape[4] for shape in shapes}) != 1:
        return
    raise ModelFileError(
        f"{model.file_name} cannot be used: it was exported without its grid, as the raw heads "
        f"{', '.join(str(spec) for spec in model.outputs)}, and the anchors that these are read "
        "with are not in the file. Export it again: YOLOv7 with `--grid`, YOLOv5 by its export.py."
    )


def grid_rows(card: ModelCard, outputs: Outputs) -> NDArray[np.float32]:
    """The rows (n, 5 + classes) of an answer; DecodeError where they are of other shape.

    Where classes were assumed, a card may have more names than the answer has classes.
    """
    name, classes = card.details["output"], len(card.class_names)
    rows = one_answer(outputs, name)
    found = rows.shape[1] - _FIXED
    fits = found <= classes if card.classes_assumed else found == classes
    if found < 1 or not fits:
        raise misfit(name, rows[None], expected=f"(1, rows, {_FIXED} + {classes} classes)")
    return rows


def letterbox_grid_card(
    answer: GridAnswer,
    *,
    family: str,
    class_names: Sequence[str] | None = None,
    size: Size | None = None,
    stride: int = STRIDE,
    evidence: Sequence[str],
) -> ModelCard:
    """The card of such a model with a letterboxed input; names by numbers where there are none."""
    letterbox = letterbox_recipe(answer.image, size=size, stride=stride)
    return ModelCard(
        family=family,
        task="detection",
        class_names=tuple(class_names) if class_names else answer.class_names,
        classes_assumed=answer.classes is None and not class_names,
        recipe=letterbox.recipe,
        default_overlap=OVERLAP,
        score_floor=SCORE_FLOOR,
        evidence=tuple(evidence),
        details={**letterbox.details, "output": answer.output.name},
    )
