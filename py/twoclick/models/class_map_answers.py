"""Answers that are maps of classes: checked, and read as regions."""

from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.enlarge import enlarged
from twoclick.models.answers import check_scores, misfit, numbers_of, shapes_in_words
from twoclick.models.background import IGNORED, left_out
from twoclick.models.card import ModelCard
from twoclick.models.class_maps import (
    NONE,
    ClassMap,
    LabelledMap,
    OneClassMap,
    ScoredMap,
    scale_of,
)
from twoclick.models.class_regions import Window, regions_of_classes
from twoclick.models.errors import DecodeError
from twoclick.models.family import Outputs
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions

_LEAST_SIDE = 2
_COARSE, _ENLARGED = 4, 3
"""Pixels of the image for one of a map that is enlarged, and by how much on each side."""
_MOST_VALUES = 2**25
"""Scores of all classes after that: a second's work in the page."""

Form = Literal["labels", "planes first", "planes last"]
"""The number of a class for each pixel; or scores, (1, classes, rows, columns) or with the classes
last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAnswer:
    """How the answer of a model is read; kept in the details of its card.

    `first`: the number of class 0, of labels; smaller ones are of no class.  `probabilities`: the
    graph ends with a sigmoid or softmax; where it does not say so, the range of the numbers tells.
    `counted`: the file told how many classes there are.
    """

    output: str
    form: Form
    first: int = 0
    probabilities: bool = False
    counted: bool = True

    def details(self) -> dict[str, Any]:
        """As it is kept in a card."""
        return {
            "output": self.output,
            "form": self.form,
            "first": self.first,
            "probabilities": self.probabilities,
            "counted": self.counted,
        }

    @classmethod
    def of(cls, card: ModelCard) -> Self:
        """That of a card."""
        return cls(**{name: card.details[name] for name in cls.__dataclass_fields__})


def regions_of_answer(
    card: ModelCard, plan: Plan, outputs: Outputs, *, width: int, height: int, keep: Keep
) -> RawPredictions:
    """The regions of all classes that are not background; see `regions_of_classes`.

    Raises DecodeError for an answer that is not what the card says.
    """
    answer, classes = MapAnswer.of(card), len(card.class_names)
    found: ClassMap
    if answer.form == "labels":
        labels = _labels(outputs, answer.output, classes=classes, first=answer.first)
        window = Window.of(plan, rows=labels.shape[0], columns=labels.shape[1])
        found = LabelledMap(window.taken(labels))
    else:
        scores = _scores(outputs, answer.output, planar=answer.form == "planes first")
        _check_class_count(answer.output, scores, classes=classes, told=answer.counted)
        if answer.probabilities:
            check_scores(scores, answer.output)
        scale = "probabilities" if answer.probabilities else scale_of(scores)
        planes = _Planes.of(scores, plan, pixels=width * height)
        window = planes.window
        single = len(planes) == 1
        found = OneClassMap(planes[0], scale=scale) if single else ScoredMap(planes, scale=scale)
    return regions_of_classes(
        found,
        window,
        left_out=left_out(card.class_names),
        plan=plan,
        width=width,
        height=height,
        keep=keep,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planes:
    """The scores of each class, enlarged where that is needed, as far as the image goes.

    Between pixels of a coarse map a third class may be the second best one, which no line between
    two margins tells: it is enlarged, one class at a time.
    """

    scores: NDArray[np.float32]
    window: Window

    @classmethod
    def of(cls, scores: NDArray[np.float32], plan: Plan, *, pixels: int) -> Self:
        count, rows, columns = scores.shape
        window = Window.of(plan, rows=rows, columns=columns)
        coarse = pixels >= _COARSE * window.pixels(plan)
        if count > 1 and coarse and scores.size * _ENLARGED**2 <= _MOST_VALUES:
            window = Window.of(
                plan, rows=rows * _ENLARGED, columns=columns * _ENLARGED, factor=_ENLARGED
            )
        return cls(scores=scores, window=window)

    def __len__(self) -> int:
        return len(self.scores)

    def __getitem__(self, kind: int, /) -> NDArray[np.float32]:
        plane = self.scores[kind]
        if self.window.factor > 1:
            plane = enlarged(plane, self.window.factor)
        return self.window.taken(plane)


def _labels(outputs: Outputs, name: str, *, classes: int, first: int = 0) -> NDArray[np.int32]:
    """The class of each place (rows, columns), or NONE, of an output of whole numbers.

    Its sizes other than rows and columns are 1.  Numbers count from `first` on; smaller ones are of
    no class, and so is IGNORED where there are not as many classes.  Raises DecodeError for another
    shape, numbers that are not whole, and classes beyond those of the model.
    """
    if name not in outputs:
        raise DecodeError(
            f'The model gave no output "{name}" but {shapes_in_words(outputs)}. It is not the file '
            "that was added; remove the model and add it again."
        )
    values = outputs[name]
    labels = _as_map(values, name)
    if not np.issubdtype(values.dtype, np.integer) and values.dtype != np.bool_:
        labels = numbers_of(outputs, name).reshape(labels.shape)
        if (labels != np.floor(labels)).any():
            raise DecodeError(
                f'Output "{name}" should have the number of a class for each pixel, but it has '
                f"numbers in it that are not whole. Choose another way to read the file."
            )
    kinds = labels.astype(np.int32) - np.int32(first)
    kinds[(kinds < 0) | ((kinds >= classes) & (labels == IGNORED))] = NONE
    largest = int(kinds.max())
    if largest >= classes:
        raise DecodeError(
            f'Output "{name}" has the class {largest} in it, but the model has the {classes} '
            f"classes 0 to {classes - 1}. Give it a list of all its class names."
        )
    return kinds


def _scores(outputs: Outputs, name: str, *, planar: bool) -> NDArray[np.float32]:
    """The scores (classes, rows, columns) of an output (1, classes, rows, columns), or with the
    classes last where it is not `planar`; DecodeError for another shape."""
    values = numbers_of(outputs, name)
    if values.ndim != 4 or len(values) != 1:
        raise misfit(name, values, expected="four sizes, the first of them 1")
    scores = values[0] if planar else np.ascontiguousarray(np.moveaxis(values[0], 2, 0))
    if min(scores.shape[1:]) < _LEAST_SIDE:
        raise misfit(name, values, expected="a map of at least 2 x 2 pixels")
    return scores


def _check_class_count(name: str, scores: NDArray[np.float32], *, classes: int, told: bool) -> None:
    """Raises DecodeError for scores (n, rows, columns) of another number of classes; where the file
    did not tell their number (`told`), for more."""
    found = len(scores)
    if found == classes or (not told and found < classes):
        return
    raise DecodeError(
        f'Output "{name}" scores {found} classes, but the model has {classes}. Give it a list of '
        "all its class names, or remove the model and add it again."
    )


def _as_map(values: NDArray[Any], name: str) -> NDArray[Any]:
    sides = [size for size in values.shape if size != 1]
    if len(sides) != 2:
        raise misfit(name, values, expected="one number for each pixel")
    return values.reshape(sides)
