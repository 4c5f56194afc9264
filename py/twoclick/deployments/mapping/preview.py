"""What each path of a mapping gives for the first objects of an answer, to be looked at."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from twoclick.deployments.answer import Found
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.json_paths import NothingThereError
from twoclick.deployments.mapping.answer_mapping import AnswerMapping, label_of, mapping_of
from twoclick.deployments.mapping.applying import (
    found_of,
    label_of_thing,
    paths_of_field,
    place_of_thing,
    score_of_thing,
)
from twoclick.deployments.mapping.forms import MASK, PICTURE_MASK, PIXELS, WHOLE
from twoclick.deployments.mapping.objects import Thing, things_of
from twoclick.deployments.protocol import OpenMask
from twoclick.deployments.reading import shortened

SHOWN = 3
_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """What a field of the mapping gives.

    `object` is the place of the object in the answer, "" for what concerns all of it.  `problem` is
    "" where there is none.  A row can have a value and a problem.
    """

    object: str
    field: str
    path: str
    value: str
    problem: str = ""


def explain(
    value: Any,
    settings: Mapping[str, str],
    *,
    width: int,
    height: int,
    open_mask: OpenMask,
    classes: Sequence[str] = (),
) -> list[PreviewRow]:
    """The rows of an answer to a picture of `width` x `height`: how many objects there are, then
    class, score and shape of the first of them.  Settings that cannot be used are a row, too."""
    try:
        mapping = mapping_of(settings)
    except DeploymentError as error:
        return [PreviewRow(object="", field="", path="", value="", problem=str(error))]
    path = mapping.objects.text
    try:
        things = things_of(value, mapping)
    except NothingThereError as error:
        return [_row("", "objects", path, "", str(error))]
    many = f"{len(things)} object{'s' * (len(things) != 1)}"
    rows = [_row("", "objects", path, many)]
    for thing in things[:SHOWN]:
        found = partial(
            found_of,
            thing,
            mapping,
            width=width,
            height=height,
            open_mask=open_mask,
            classes=classes,
        )
        rows += _rows_of(thing, mapping, found, size=(width, height), classes=classes)
    return rows


def _rows_of(
    thing: Thing,
    mapping: AnswerMapping,
    found: Callable[[], Found],
    *,
    size: tuple[int, int],
    classes: Sequence[str],
) -> list[PreviewRow]:
    readers: dict[str, Callable[[], Any]] = {
        "label": lambda: label_of_thing(thing, mapping, classes),
        "score": lambda: score_of_thing(thing, mapping),
    }
    if mapping.size:
        readers["size"] = lambda: [
            None if place is None else place.value for place in map(thing.beside, mapping.size)
        ]
    rows = [_read(thing, mapping, key, reader) for key, reader in readers.items()]
    if mapping.form == WHOLE:
        return rows
    row = _read(thing, mapping, "place", lambda: place_of_thing(thing, mapping)[0])
    if any(one.problem for one in (*rows, row)):
        return [*rows, row]
    try:
        problem = _doubt(found(), mapping, size)
    except DeploymentError as error:
        problem = error.what
    return [*rows, _row(row.object, "place", row.path, row.value, problem)]


def _read(thing: Thing, mapping: AnswerMapping, key: str, read: Callable[[], Any]) -> PreviewRow:
    path = ", ".join(one.text for one in paths_of_field(mapping, key))
    try:
        return _row(thing.where, key, path, read())
    except NothingThereError as error:
        return _row(thing.where, key, path, "", str(error))
    except DeploymentError as error:
        return _row(thing.where, key, path, "", error.what)


def _row(where: str, key: str, path: str, value: Any, problem: str = "") -> PreviewRow:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:_LONGEST]
    return PreviewRow(
        object=where, field=label_of(key), path=path, value=shortened(text), problem=problem
    )


def _doubt(found: Found, mapping: AnswerMapping, size: tuple[int, int]) -> str:
    """What is strange of a shape that could be read."""
    points = np.concatenate((*found.rings, np.empty((0, 2))))
    if not len(points) or mapping.form in (MASK, PICTURE_MASK):
        return ""
    beyond = (points < -np.array(size)) | (points > 2 * np.array(size))
    if beyond.any():
        x, y = points[beyond.any(axis=1)][0].tolist()
        return (
            f"it would lie at x {x:.6g}, y {y:.6g}, far outside the picture of {size[0]} x "
            f"{size[1]} pixels: the units may be others"
        )
    if mapping.units == PIXELS and 0 < points.max() <= 1:
        return "all numbers are 1 at most: they may be shares"
    return ""
