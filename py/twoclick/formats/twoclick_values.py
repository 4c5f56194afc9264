"""Values of the JSON in Twoclick's own labels, once `schema_check` found its form to be right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twoclick.domain.annotation import Annotation
from twoclick.domain.annotation_json import annotation_with
from twoclick.domain.asset import LabelState
from twoclick.domain.geometry import RotatedBox, Shape
from twoclick.domain.rings import ring_points
from twoclick.domain.shape_json import shape_value
from twoclick.domain.shape_problems import is_rectangle
from twoclick.formats.arriving import fitted
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage, LabelledShape

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What has become of a shape in the file: `text` says what was mended, or why it is left out;
    None where there is nothing to say."""

    shape: LabelledShape | None
    text: str | None = None


def tag_value(data: Json) -> FileTag:
    """A tag; lines of its skeleton that lead from or to no point of it are left out."""
    count = len(data.get("keypoints", ()))
    return FileTag(
        name=data["name"],
        id=data.get("id"),
        color=data.get("color"),
        key=data.get("key"),
        deleted=data.get("deleted", False),
        keypoints=tuple(data.get("keypoints", ())),
        skeleton=tuple(
            (int(one), int(other))
            for one, other in data.get("skeleton", ())
            if one < count and other < count and one != other
        ),
    )


def predictor_value(data: Json) -> FilePredictor:
    """A predictor."""
    return FilePredictor(
        id=data["id"],
        iteration=int(data["iteration"]),
        name=data["name"],
        digest=data["digest"],
        classes=tuple(data["classes"]),
    )


def image_value(data: Json, shapes: tuple[LabelledShape, ...]) -> LabelledImage:
    """An image with these shapes on it."""
    state = data.get("labelState")
    return LabelledImage(
        name=data["name"],
        width=_whole(data.get("width")),
        height=_whole(data.get("height")),
        shapes=shapes,
        number=_whole(data.get("number")) or 0,
        split=data.get("split"),
        label_state=None if state is None else LabelState(state),
        note=data.get("note"),
        digest=data.get("digest"),
        page=_whole(data.get("page")) or 0,
    )


def taken_shape(data: Json, *, width: int | None, height: int | None) -> Taken:
    """A shape on an image of `width` x `height` pixels, None where they are not known."""
    try:
        shape = shape_value(data["shape"])
    except (ValueError, OverflowError) as error:
        return Taken(shape=None, text=f"shape.{error}")
    if isinstance(shape, RotatedBox) and not is_rectangle(ring_points(shape.ring)):
        text = "The rotated box is not a rectangle with its corners in clockwise order"
        return Taken(shape=None, text=text)
    found = fitted(shape, width=width, height=height)
    if found.shape is None:
        return Taken(shape=None, text=found.text)
    # What had nothing to be said about stays what it is, to the last digit.
    kept = shape if found.text is None else found.shape
    annotation = data.get("annotation")
    return Taken(
        shape=LabelledShape(
            tag=data["tag"],
            shape=kept,
            score=data.get("score"),
            annotation=None if annotation is None else _annotation(annotation, kept),
        ),
        text=found.text,
    )


def _annotation(data: Json, shape: Shape) -> Annotation:
    provenance = data["provenance"]
    if provenance is not None:
        provenance = {
            **provenance,
            **_whole_numbers(provenance, "candidate", "classId", "iteration"),
        }
    numbers = _whole_numbers(data, "createdAt", "revision")
    return annotation_with(
        {"imported": False, **data, **numbers, "provenance": provenance}, shape=shape
    )


def _whole_numbers(data: Json, *keys: str) -> dict[str, int]:
    # JSON has one kind of number: a whole one may come as 5.0.
    return {key: int(data[key]) for key in keys}


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
