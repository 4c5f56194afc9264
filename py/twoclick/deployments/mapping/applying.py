"""Reading an answer with a mapping: its objects, or the path and the place that do not fit."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from twoclick.deployments.answer import Answer, Found, found_class
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.json_paths import JsonPath, NothingThereError, Place
from twoclick.deployments.mapping.answer_mapping import AnswerMapping, label_of
from twoclick.deployments.mapping.forms import PERCENT, PIXELS, SHARES, THOUSANDTHS, TOLD, WHOLE
from twoclick.deployments.mapping.objects import Thing, things_of
from twoclick.deployments.mapping.shapes import Scale, shape_of
from twoclick.deployments.protocol import OpenMask
from twoclick.deployments.reading import misread, number_of, score_of, text_of, type_of

T = TypeVar("T")

_MOST_CLASSES = 1_000_000
_WHOLE_SIDE = {SHARES: 1.0, PERCENT: 100.0, THOUSANDTHS: 1000.0}
"""What the width and the height of the picture are in each unit."""

ONLY_CLASS = "object"
"""The class of all objects where neither the answer nor the deployment names one."""


def answer_of(
    value: Any,
    mapping: AnswerMapping,
    *,
    width: int,
    height: int,
    open_mask: OpenMask,
    classes: Sequence[str] = (),
    said: str = "",
) -> Answer:
    """What an answer to a picture of `width` x `height` tells.

    `classes` names classes by their numbers; a number without a name is “class 7”.  Raises
    DeploymentError, which names the path, the object and what is there; where there are no objects
    at all, also with what the server `said` in the answer.
    """
    try:
        things = things_of(value, mapping)
    except NothingThereError as error:
        detail = f"{error}. The server says: {said}" if said else str(error)
        raise unfit("objects", (mapping.objects,), detail) from error
    found = tuple(
        found_of(thing, mapping, width=width, height=height, open_mask=open_mask, classes=classes)
        for thing in things
    )
    return Answer(found=found)


def found_of(
    thing: Thing,
    mapping: AnswerMapping,
    *,
    width: int,
    height: int,
    open_mask: OpenMask,
    classes: Sequence[str],
) -> Found:
    """One object.  Raises DeploymentError."""
    label = _named(mapping, "label", lambda: label_of_thing(thing, mapping, classes))
    score = _named(mapping, "score", lambda: score_of_thing(thing, mapping))
    if mapping.form == WHOLE:
        return found_class(label, score)
    scale = _named(mapping, "size", lambda: scale_of_thing(thing, mapping, width, height))

    def shape() -> Found:
        value, where = place_of_thing(thing, mapping)
        # Numbers that are too large for their product are refused below.
        with np.errstate(over="ignore", invalid="ignore"):
            found = shape_of(
                mapping.form,
                value,
                where,
                label=label,
                score=score,
                scale=scale,
                picture=(width, height),
                angle=mapping.angle,
                texts=mapping.texts,
                open_mask=open_mask,
            )
        if not all(np.isfinite(ring).all() for ring in found.rings):
            misread(f"{where} has numbers that no picture can have")
        return found

    return _named(mapping, "place", shape)


def label_of_thing(thing: Thing, mapping: AnswerMapping, classes: Sequence[str]) -> str:
    """The name of its class.  Raises DeploymentError, NothingThereError."""
    if mapping.label is None:
        return classes[0] if classes else ONLY_CLASS
    place = thing.found(mapping.label)
    if place is None:
        misread(f"{thing.where} has no class")
    value = place.value
    if isinstance(value, str) and not (mapping.texts and value.strip().isdecimal()):
        return text_of(value, place.where)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        misread(f"{place.where} should be a class, but is {type_of(value)}")
    number = number_of(value, place.where, texts=mapping.texts)
    if not 0 <= number < _MOST_CLASSES or number != int(number):
        misread(f"{place.where} should be the number of a class, but is {number:g}")
    return classes[int(number)] if number < len(classes) else f"class {int(number)}"


def score_of_thing(thing: Thing, mapping: AnswerMapping) -> float:
    """Its score, 0..1.  Raises DeploymentError, NothingThereError."""
    place = None if mapping.score is None else thing.found(mapping.score)
    if place is None:
        return 1.0
    if not mapping.percent:
        return score_of(place.value, place.where, texts=mapping.texts)
    number = number_of(place.value, place.where, texts=mapping.texts)
    if not -1e-4 <= number <= 100 + 1e-4:
        misread(f"{place.where} should be a percentage from 0 to 100, but is {number:g}")
    return min(max(number / 100, 0.0), 1.0)


def place_of_thing(thing: Thing, mapping: AnswerMapping) -> tuple[Any, str]:
    """What tells its shape, and where: one value, or a list of what several paths give.

    A number that may be absent is 0 where it is.  Raises DeploymentError, NothingThereError.
    """
    found = [thing.found(path) for path in mapping.place]
    if len(found) == 1:
        (only,) = found
        if only is None:
            raise NothingThereError(f"{thing.where} has no shape there")
        return only.value, only.where
    values = [0 if one is None else _part(one, mapping) for one in found]
    return values, f"{thing.where} ({', '.join(path.text for path in mapping.place)})"


def scale_of_thing(thing: Thing, mapping: AnswerMapping, width: int, height: int) -> Scale:
    """What its coordinates are multiplied with.  Raises DeploymentError, NothingThereError."""
    if mapping.units == PIXELS:
        return np.ones(2)
    picture = np.array((width, height), dtype=np.float64)
    if mapping.units == TOLD:
        return picture / [_side(thing.beside(path), mapping) for path in mapping.size]
    return picture / _WHOLE_SIDE[mapping.units]


def unfit(key: str, paths: Sequence[JsonPath], what: str) -> DeploymentError:
    """The error of an answer that a field of the mapping does not fit."""
    told = ", ".join(path.text for path in paths)
    what = f"{label_of(key)} ({told}): {what}" if told else f"{label_of(key)}: {what}"
    return DeploymentError(
        "not-understood",
        f"The answer does not fit the paths in Model Settings: {what}. Mend that path, or see what "
        "the server sends.",
        what=what,
    )


def _part(place: Place, mapping: AnswerMapping) -> Any:
    """A number of a shape, or a list of numbers."""
    if isinstance(place.value, list):
        return place.value
    return number_of(place.value, place.where, texts=mapping.texts)


def _side(place: Place | None, mapping: AnswerMapping) -> float:
    if place is None:
        misread("the size is not there")
    side = number_of(place.value, place.where, texts=mapping.texts)
    if side <= 0:
        misread(f"{place.where} should be a size in pixels, but is {side:g}")
    return side


def _named(mapping: AnswerMapping, key: str, read: Callable[[], T]) -> T:
    """Reads, and says in an error which field of the mapping it was."""
    paths = paths_of_field(mapping, key)
    try:
        return read()
    except NothingThereError as error:
        raise unfit(key, paths, str(error)) from error
    except DeploymentError as error:
        raise unfit(key, paths, error.what) from error


def paths_of_field(mapping: AnswerMapping, key: str) -> tuple[JsonPath, ...]:
    """The paths that a field of the mapping holds."""
    match key:
        case "label":
            return () if mapping.label is None else (mapping.label,)
        case "score":
            return () if mapping.score is None else (mapping.score,)
        case "size":
            return mapping.size
        case "place":
            return mapping.place
    return (mapping.objects,)
