"""The best guess of how a model's answer is read: from names and shapes, and better from the
numbers of one run.

What is guessed wrong is corrected by a person who looks at the shapes; so nothing here is an error,
and an answer that has no boxes at all gets a guess that does not fit it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from twoclick.models.class_names import ASSUMED_CLASSES
from twoclick.models.described_names import with_names
from twoclick.models.description import Arrangement, Description, Numbers, Part, Placed
from twoclick.models.description_numbers import guess_of_numbers
from twoclick.models.family import Outputs
from twoclick.models.image_input import ImageInput
from twoclick.models.model_file import Dimension, TensorSpec

_BOX = 4
_MOST_QUERIES = 1000
"""Models with so few objects, and a score for each class, hide duplicates themselves."""

_MOST_OF_ONE = 7
"""Numbers that may tell of one object, where there are no others; more tell of the image."""

_MOST_COLUMNS = 2000
"""Of box and scores: with more, a row is no object but a character of a text."""

_COCO_IDS = 90
"""Classes 1 to 90 are those that most models with a class 0 for nothing were trained with."""

_NO_OBJECTS = ("raw_", "anchor", "multiclass", "mask", "keypoint", "proto")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """An output that may hold objects: how it is arranged, with so many columns; `rows` None where
    it is not known."""

    name: str
    arrangement: Arrangement
    rows: int | None
    columns: int | None
    whole: bool
    """Its numbers are of a whole-number type."""
    has_batch: bool
    """It has dimensions before those of the table: what answers without them is torchvision."""

    @property
    def plain(self) -> str:
        """Its name without what exporters add."""
        return self.name.rpartition(":")[0].lower() or self.name.lower()

    def is_called(self, *words: str) -> bool:
        """Whether one of the words is in its name."""
        return any(word in self.plain for word in words)


def may_have_boxes(outputs: tuple[TensorSpec, ...]) -> bool:
    """Whether any of these outputs can be a table with boxes: maps of pixels cannot, nor can the
    numbers of one image as a whole."""
    return _boxes(_tables(outputs, None)) is not None


def first_guess(
    image: ImageInput,
    outputs: tuple[TensorSpec, ...],
    *,
    names: Sequence[str] = (),
    answer: Outputs | None = None,
    side: int | None = None,
) -> Description:
    """What a model with this input and these outputs may answer.

    `names` are those of its classes, where the file tells them.
    `answer` is that of one run on an input of this description's own making, whose longer side
    was `side` pixels.
    """
    tables = _tables(outputs, answer)
    said = _of_tables(tables, image) or _blank(image, outputs[0].name)
    if answer is not None:
        said = guess_of_numbers(said, answer, side=side or max(said.width, said.height))
    return replace(with_names(said, names), placed=_placed(said, image))


def _tables(outputs: tuple[TensorSpec, ...], answer: Outputs | None) -> list[_Table]:
    """Every output that may be a table, or a list."""
    found = []
    for spec in outputs:
        values = None if answer is None else answer.get(spec.name)
        shape: tuple[Dimension, ...] = spec.shape if values is None else tuple(values.shape)
        table = _table(spec, shape)
        if table is not None:
            found.append(table)
    return found


def _table(spec: TensorSpec, shape: tuple[Dimension, ...]) -> _Table | None:
    whole = not spec.element_type.startswith("float")

    def made(arrangement: Arrangement, rows: Dimension, columns: Dimension) -> _Table:
        return _Table(
            name=spec.name,
            arrangement=arrangement,
            rows=rows if isinstance(rows, int) else None,
            columns=columns if isinstance(columns, int) else None,
            whole=whole,
            has_batch=len(shape) > 2,
        )

    if len(shape) == 0 or any(isinstance(size, int) and size > 1 for size in shape[:-2]):
        return None
    if len(shape) == 1:
        return made("list", shape[0], 1)
    first, second = shape[-2:]
    of_whole_image = len(shape) == 2 and (first == 1 or "batch" in str(first))
    named_list = any(word in spec.name.lower() for word in ("score", "label", "class", "conf"))
    if named_list and (of_whole_image or (len(shape) == 2 and first in ("N", "?"))):
        return made("list", second, 1)
    if of_whole_image and isinstance(second, int) and second > _MOST_OF_ONE:
        return None
    if second == 1:
        return made("list", first, 1)
    if _lies(spec.shape[-2:], first, second):
        return made("columns", second, first)
    return made("rows", first, second)


def _lies(told: tuple[Dimension, ...], first: Dimension, second: Dimension) -> bool:
    """Whether the objects of a table are its columns: of two sizes the variable one is their
    number, else the one that is no number of columns, else the larger."""
    free = [isinstance(size, str) for size in told]
    if len(free) == 2 and free[0] != free[1]:
        return free[1]
    if not isinstance(first, int) or not isinstance(second, int):
        return False
    if _BOX <= second <= _MOST_OF_ONE:
        return False
    return first == _BOX or 1 < first < second


def _of_tables(tables: list[_Table], image: ImageInput) -> Description | None:
    """None where none of them can hold boxes."""
    boxes = _boxes(tables)
    if boxes is None:
        return None
    own = _own_scores(boxes)
    separate = [one for one in tables if one is not boxes]
    scores = next(
        (one for one in separate if one.is_called("score", "conf", "prob", "logit")), None
    ) or next(
        (
            one
            for one in separate
            if not one.whole and not one.is_called(*_NO_OBJECTS) and _alike(one, boxes)
        ),
        None,
    )
    classes = _classes(separate, scores)
    if scores is None and classes is not None and not classes.whole and classes.columns != 1:
        scores, classes = classes, None  # RF-DETR calls its scores "labels"
    said = _blank(image, boxes.name)
    arrangements: dict[str, Arrangement] = {boxes.name: boxes.arrangement}
    if scores is None:
        said = replace(said, **own)
        if classes is not None and boxes.columns == _BOX + 1:
            arrangements[classes.name] = "list"
            said = replace(
                said,
                classes=Part(output=classes.name),
                class_count=ASSUMED_CLASSES,
                suppressed=True,
            )
    else:
        arrangements[scores.name] = scores.arrangement
        said = replace(said, **_separate(scores, classes))
        if said.classes is not None:
            arrangements[said.classes.output] = "list"
    counts = [one for one in separate if one.rows in (1, None) and one.is_called("num")]
    if counts:
        said = replace(said, count=Part(output=counts[0].name))
        arrangements[counts[0].name] = "list"
    return replace(
        said, arrangements=arrangements, **_by_name(boxes, classes if said.classes else None, image)
    )


def _boxes(tables: list[_Table]) -> _Table | None:
    """The output with the boxes: by its name, by its four columns, or as the largest table."""
    fitting = [one for one in tables if not one.whole and one.arrangement != "list"]
    fitting = [one for one in fitting if not one.is_called(*_NO_OBJECTS)] or fitting
    named = [
        one
        for one in fitting
        if one.is_called("box", "dets") and one.columns in (_BOX, _BOX + 1, None)
    ]
    four = [one for one in fitting if one.columns == _BOX]
    more = [one for one in fitting if _BOX < (one.columns or _BOX) <= _MOST_COLUMNS]
    found = named or four or more
    return max(found, key=lambda one: (one.rows or 0) * (one.columns or 0), default=None)


def _alike(one: _Table, boxes: _Table) -> bool:
    return None in (one.rows, boxes.rows) or one.rows == boxes.rows


def _classes(separate: list[_Table], scores: _Table | None) -> _Table | None:
    others = [one for one in separate if one is not scores and not one.is_called(*_NO_OBJECTS)]
    named = [one for one in others if one.is_called("label", "class", "cls", "categor")]
    whole = [one for one in others if one.whole and not one.is_called("num")]
    return next(iter(named or whole), None)


def _separate(scores: _Table, classes: _Table | None) -> Mapping[str, Any]:
    """Scores that have an output of their own."""
    part = Part(output=scores.name)
    if scores.arrangement != "list":
        columns = scores.columns or ASSUMED_CLASSES
        few = (scores.rows or _MOST_QUERIES + 1) <= _MOST_QUERIES
        told = {"scores": part, "scoring": "per class", "class_count": max(1, columns)}
        return {**told, "suppressed": few}
    told = {"scores": part, "scoring": "one", "suppressed": True}
    if classes is None:
        return {**told, "class_count": 1}
    return {**told, "classes": Part(output=classes.name), "class_count": ASSUMED_CLASSES}


def _own_scores(boxes: _Table) -> Mapping[str, Any]:
    """Scores that follow the box: one, score and class, or one for each class."""
    columns = boxes.columns or _BOX + 2
    name = boxes.name
    if columns == _BOX + 1:
        return {"scores": Part(output=name, column=4), "scoring": "one", "class_count": 1}
    if columns in (_BOX + 2, _BOX + 3):
        return {
            "scores": Part(output=name, column=4),
            "scoring": "one",
            "classes": Part(output=name, column=5),
            "class_count": ASSUMED_CLASSES,
            "suppressed": True,
        }
    return {
        "scores": Part(output=name, column=4),
        "scoring": "per class",
        "class_count": max(1, columns - _BOX),
    }


def _blank(image: ImageInput, boxes: str) -> Description:
    part = Part(output=boxes)
    free = image.width is None or image.height is None
    side = 1024 if free and image.width is None and image.height is None else 640
    return Description(
        width=image.width or side,
        height=image.height or side,
        placed="fitted" if image.width is None and image.height is None else "centred",
        channels=image.channels,
        numbers=_numbers(image),
        arrangements={},
        boxes=part,
        scores=part,
        class_count=1,
    )


def _numbers(image: ImageInput) -> Numbers:
    """Bytes as they are; DETR's exporters name their input so, and Keras has its colours last."""
    if image.dtype == "uint8" or image.layout.endswith("C"):
        return "0..255"
    return "ImageNet" if image.name == "pixel_values" else "0..1"


def _by_name(boxes: _Table, classes: _Table | None, image: ImageInput) -> Mapping[str, Any]:
    """What names alone tell, as TensorFlow, DETR and torchvision have them."""
    if boxes.is_called("detection_boxes"):
        told = {"background": "first", "class_count": _COCO_IDS} if classes else {}
        return {"form": "yxyx", "unit": "input shares", **told}
    if not boxes.has_batch and classes is not None and classes.whole:
        return {"background": "first", "class_count": _COCO_IDS}
    if boxes.is_called("pred_boxes"):
        return {"form": "cxcywh", "unit": "input shares"}
    if image.layout.endswith("C"):
        return {"form": "yxyx", "unit": "input shares"}
    return {}


def _placed(said: Description, image: ImageInput) -> Placed:
    """Shares are told of images that were stretched, as a rule."""
    if said.placed == "fitted":
        return "fitted"
    return "stretched" if said.unit == "input shares" else "centred"
