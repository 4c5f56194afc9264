"""Answers read as a person described them: from any outputs to boxes in pixels of the tensor."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.models.answers import check_scores, misfit, numbers_of
from twoclick.models.box_rows import BoxRows, whole_classes
from twoclick.models.description import Description, Form, Part
from twoclick.models.errors import DecodeError
from twoclick.models.family import Outputs
from twoclick.models.plan import Plan

_NO_SCORES = (
    "Say that they are before the sigmoid or softmax, or in another output or column, or that "
    "images are given in other numbers."
)
_READ_KINDS = "fiub"
_LARGEST_SHARE = 2.0
_FARTHEST = 1e7
"""Pixels: beyond it nothing is told apart, and nothing overflows."""


def described_rows(
    said: Description, outputs: Outputs, plan: Plan, *, classes: int, floor: float
) -> BoxRows:
    """The objects that score `floor`, boxes as two corners in pixels of the tensor; where they are
    described as pixels of the image, in those.

    `classes` is how many the model has.  Raises DecodeError where the answer does not fit the
    description: outputs that are missing or of other shapes, numbers that are none, scores outside
    0..1, unknown classes, boxes that cannot be in this form or unit.
    """
    boxes = _columns(outputs, said.boxes, said, 4)
    count = _count(said, outputs, room=len(boxes))
    objects = _Objects(said=said, outputs=outputs, room=len(boxes), count=count)
    scores, kinds = _scores(said, objects, classes=classes)
    scored = np.flatnonzero((scores >= floor) & (scores > 0))
    chosen = boxes[scored].astype(np.float64)
    _check_unit(chosen, said, plan)
    corners = _corners(chosen, said.form)
    _check_corners(corners, said)
    if said.unit == "input shares":
        corners *= (plan.width, plan.height) * 2
    name = said.classes.output if said.classes else said.scores.output
    return BoxRows(
        boxes=np.clip(corners, -_FARTHEST, _FARTHEST).astype(np.float32),
        scores=scores[scored],
        classes=whole_classes(kinds[scored], name, classes=classes),
        places=scored,
    )


def _table(outputs: Outputs, name: str, said: Description) -> NDArray[np.float32]:
    """An output as a table: one row for each object."""
    found = outputs.get(name)
    if found is not None and getattr(found, "dtype", np.dtype(object)).kind not in _READ_KINDS:
        raise DecodeError(
            f'Output "{name}" holds no numbers. Say that what you look for is in another output.'
        )
    values = numbers_of(outputs, name)
    if said.arrangement(name) == "list":
        if sum(size != 1 for size in values.shape) > 1:
            raise misfit(name, values, expected="(objects), one number for each")
        return values.reshape(-1, 1)
    if values.ndim < 2 or math.prod(values.shape[:-2]) != 1:
        raise misfit(name, values, expected="a table of one image, (1, objects, columns)")
    table: NDArray[np.float32] = values.reshape(values.shape[-2:])
    return table.T if said.arrangement(name) == "columns" else table


def _columns(outputs: Outputs, part: Part, said: Description, count: int) -> NDArray[np.float32]:
    """(objects, count)."""
    table = _table(outputs, part.output, said)
    end = part.column + count
    if end > table.shape[1]:
        raise DecodeError(
            f'Output "{part.output}" has {table.shape[1]} columns for each of {len(table)} objects,'
            f" but columns {part.column} to {end - 1} are to be read. Say that they begin "
            "elsewhere, or that rows and columns change places."
        )
    return table[:, part.column : end]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Objects:
    """The outputs with room for so many objects, of which the first `count` are there."""

    said: Description
    outputs: Outputs
    room: int
    count: int

    def columns(self, part: Part, count: int = 1) -> NDArray[np.float32]:
        """(self.count, count)."""
        values = _columns(self.outputs, part, self.said, count)
        if len(values) != self.room:
            raise DecodeError(
                f'Output "{part.output}" tells of {len(values)} objects, but '
                f'"{self.said.boxes.output}" of {self.room}. Say that rows and columns change '
                "places in one of them, or choose other outputs."
            )
        return values[: self.count]


def _scores(
    said: Description, objects: _Objects, *, classes: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Of each object: the score, and the number of its class; what is background scores 0."""
    scores = _activated(objects.columns(said.scores, said.score_columns), said)
    check_scores(scores, said.scores.output, remedy=_NO_SCORES)
    if said.scoring == "one":
        kinds, is_object = _told_classes(said, objects, classes=classes)
        best = np.where(is_object, scores[:, 0], np.float32(0))
    else:
        first = 1 if said.background == "first" else 0
        own = scores[:, first : first + said.class_count]
        best, kinds = own.max(axis=1), own.argmax(axis=1).astype(np.float32)
    if said.objectness is None:
        return best, kinds
    objectness = objects.columns(said.objectness)
    if said.activation == "sigmoid":
        objectness = _sigmoid(objectness)
    check_scores(objectness, said.objectness.output, remedy=_NO_SCORES)
    return best * objectness[:, 0], kinds


def _told_classes(
    said: Description, objects: _Objects, *, classes: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The class of each object as its output says, and which of them are objects at all: numbers
    below 0 fill up."""
    if said.classes is None:
        return np.zeros(objects.count, np.float32), np.ones(objects.count, np.bool_)
    told = objects.columns(said.classes)[:, 0] - (1 if said.background == "first" else 0)
    is_object = told >= 0
    if said.background == "last":
        is_object &= told != classes
    return told, is_object


def _activated(values: NDArray[np.float32], said: Description) -> NDArray[np.float32]:
    if said.activation == "sigmoid":
        return _sigmoid(values)
    if said.activation == "softmax" and values.size:
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        shares: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
        return shares
    return values


def _sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Beyond 80 it is 0 or 1 in these numbers, and further on the power would overflow."""
    return (1 / (1 + np.exp(-np.clip(values, -80, 80)))).astype(np.float32)


def _count(said: Description, outputs: Outputs, *, room: int) -> int:
    if said.count is None:
        return room
    values = numbers_of(outputs, said.count.output).reshape(-1)
    told = float(values[0]) if values.size == 1 else -1.0
    if not told.is_integer() or not 0 <= told <= room:
        what = f"{told:g}" if values.size == 1 else f"{values.size} numbers"
        raise DecodeError(
            f'Output "{said.count.output}" is to say how many objects there are, but holds {what}, '
            f"and there is room for {room}. Say that another output does, or none."
        )
    return int(told)


def _corners(boxes: NDArray[np.float64], form: Form) -> NDArray[np.float64]:
    """Two corners (n, 4), x before y."""
    if form == "xyxy":
        return boxes.copy()
    if form == "yxyx":
        return boxes[:, [1, 0, 3, 2]]
    if form == "xywh":
        return np.hstack((boxes[:, :2], boxes[:, :2] + boxes[:, 2:]))
    half = boxes[:, 2:] / 2
    return np.hstack((boxes[:, :2] - half, boxes[:, :2] + half))


def _check_unit(boxes: NDArray[np.float64], said: Description, plan: Plan) -> None:
    """Of boxes that are taken: numbers that are no shares, and pixels all within the first two."""
    if not boxes.size:
        return
    largest = float(np.abs(boxes).max())
    if said.unit == "input shares" and largest > _LARGEST_SHARE:
        raise DecodeError(
            f'The boxes in output "{said.boxes.output}" go up to {largest:.4g}, so they are not '
            "told from 0 to 1. Choose pixels."
        )
    if said.unit != "input shares" and largest <= _LARGEST_SHARE < min(plan.width, plan.height):
        raise DecodeError(
            f'The boxes in output "{said.boxes.output}" go up to {largest:.4g}, so they are no '
            "pixels. Choose 0 to 1 of the input."
        )


def _check_corners(corners: NDArray[np.float64], said: Description) -> None:
    """Most boxes that are taken must have an area."""
    swapped = (corners[:, 2:] < corners[:, :2]).any(axis=1)
    if 2 * int(swapped.sum()) > len(corners):
        raise DecodeError(
            f'Of {len(corners)} boxes in output "{said.boxes.output}" {int(swapped.sum())} end '
            f'before they begin when they are read as "{said.form}". Choose another form, or '
            "another column that they begin in."
        )
