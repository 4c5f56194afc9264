"""What Twoclick's own label files look like, as a JSON Schema: the reader checks by it, and it
ships as `labels.schema.json` for everyone else's programs."""

import json
from collections.abc import Mapping
from typing import Any

from twoclick.domain.asset import LabelState

FORMAT = "twoclick-labels"
VERSION = 1
"""Rises when older readers would misread a file.  What they may ignore is no new version."""

_MOST = 2**53 - 1  # whole numbers up to here are exact in every reader of JSON

_PLACES = "in pixels of the oriented image, from the top-left corner of its top-left pixel"


def _text(description: str, *, least: int = 0) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "description": description}


def _like(pattern: str, description: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "description": description}


def _whole(description: str, *, least: int = 0, most: int = _MOST) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "description": description}


def _score(description: str) -> dict[str, Any]:
    return {"type": "number", "minimum": 0, "maximum": 1, "description": description}


def _numbers(description: str, *, least: int, most: int | None = None) -> dict[str, Any]:
    limits = {"minItems": least} if most is None else {"minItems": least, "maxItems": most}
    return {"type": "array", "items": {"type": "number"}, **limits, "description": description}


def _object(
    description: str, required: tuple[str, ...], properties: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "required": list(required),
        "properties": dict(properties),
    }


_TAG = _object(
    "A class that shapes can have.",
    ("name",),
    {
        "name": _text("Names the tag in this file; no two have the same.", least=1),
        "id": _text("The id of the tag in the project that it comes from.", least=1),
        "color": _like("^#[0-9a-f]{6}$", "The colour that it is shown in."),
        "key": _like("^[1-9]$", "The digit that gives it."),
        "deleted": {
            "type": "boolean",
            "description": "Whether it is gone from the project and only keeps its place here.",
        },
        "keypoints": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The names of the points that its shapes have; none if absent.",
        },
        "skeleton": {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "integer", "minimum": 0},
                "minItems": 2,
                "maxItems": 2,
            },
            "description": "The lines between its points, as pairs of places in `keypoints`, "
            "from 0; none if absent.",
        },
    },
)

_PREDICTOR = _object(
    "A model that shapes came from.",
    ("id", "iteration", "name", "digest", "classes"),
    {
        "id": _text("What `predictorId` of a provenance names.", least=1),
        "iteration": _whole("Its ordinal in the life of the project: 1 for v1.", least=1),
        "name": _text("Its name for people."),
        "digest": _text("The SHA-256 of the model file, in hexadecimal."),
        "classes": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The names of its classes; `classId` of a provenance is the place here.",
        },
    },
)

_PROVENANCE = _object(
    "The suggestion that an annotation was committed from.",
    ("predictorId", "digest", "candidate", "classId", "iteration", "score"),
    {
        "predictorId": _text("The `id` of one of the file's predictors.", least=1),
        "digest": _text("The digest of the stored answer that it was a candidate of."),
        "candidate": _whole("Which candidate of that answer, from 0."),
        "classId": _whole("The class that the model gave it, from 0."),
        "iteration": _whole("The iteration of the model at that time.", least=1),
        "score": _score("How sure the model was."),
    },
)

_ANNOTATION = _object(
    "What Twoclick knows of a committed shape.",
    ("id", "tagId", "createdAt", "revision", "author", "edited", "provenance"),
    {
        "id": _text("Unique everywhere: it is how an annotation is known again.", least=1),
        "tagId": _text("The id of its tag in the project that it comes from.", least=1),
        "createdAt": _whole("In milliseconds since 1970 UTC."),
        "revision": _whole("Rises with each edit.", least=1),
        "author": _text("The id of the browser of whoever made it; empty if not known."),
        "edited": {
            "type": "boolean",
            "description": "Whether a person changed it, as a suggestion or since.",
        },
        "imported": {
            "type": "boolean",
            "description": "Whether it came from a label file; false if absent.",
        },
        "provenance": {
            "oneOf": [{"type": "null"}, {"$ref": "#/$defs/provenance"}],
            "description": "Where it came from; null where it was drawn by hand.",
        },
    },
)


def _kind(name: str, description: str, **values: Mapping[str, Any]) -> dict[str, Any]:
    return _object(description, ("kind", *values), {"kind": {"const": name}, **values})


_SHAPE = {
    "description": f"Where it is, {_PLACES}. x grows to the right, y downwards.",
    "oneOf": [
        _kind(
            "box",
            "An upright box.",
            box=_numbers("x0, y0, x1, y1 with x0 < x1 and y0 < y1.", least=4, most=4),
        ),
        _kind(
            "rotated-box",
            "A rectangle at any angle.",
            ring=_numbers(
                "x, y of its four corners, clockwise on the screen; the first edge is its width.",
                least=8,
                most=8,
            ),
        ),
        _kind(
            "polygon",
            "One or more closed lines; what an odd number of them encloses belongs to the shape: "
            "parts and holes alike.",
            rings={
                "type": "array",
                "minItems": 1,
                "items": _numbers(
                    "x, y, x, y ... of a ring, the first point not repeated at the end.", least=6
                ),
            },
        ),
        _kind(
            "keypoints",
            "An object with the points on it that its tag names, in the order of these names.",
            box=_numbers("The object: x0, y0, x1, y1 with x0 < x1 and y0 < y1.", least=4, most=4),
            points=_numbers(
                "x, y, x, y ...; where one that is not there lies has no meaning.", least=2
            ),
            visibility={
                "type": "array",
                "minItems": 1,
                "items": {"enum": [0, 1, 2]},
                "description": "Of each point: 0 it is not there, 1 something is in front of it, "
                "2 it is seen.",
            },
        ),
        _kind(
            "whole-image",
            "All of the image: what its tag says, it says of the image.",
            box=_numbers("0, 0, width and height of the image.", least=4, most=4),
        ),
    ],
}

_LABELLED_SHAPE = _object(
    "One shape on an image.",
    ("tag", "shape"),
    {
        "tag": _text("The name of its tag.", least=1),
        "shape": {"$ref": "#/$defs/shape"},
        "score": _score("How sure the model was that it came from; absent if drawn by hand."),
        "annotation": {"$ref": "#/$defs/annotation"},
    },
)

_IMAGE = _object(
    "One image and everything on it.",
    ("name", "shapes"),
    {
        "name": _text('Its path, with "/" between folders.', least=1),
        "page": _whole("Which page of a file that holds several, from 0; 0 if absent."),
        "width": _whole("Pixels of the oriented image.", least=1, most=10**9),
        "height": _whole("Pixels of the oriented image.", least=1, most=10**9),
        "digest": _like("^[0-9a-f]{64}$", "The SHA-256 of the image file."),
        "labelState": {
            "enum": [state.value for state in LabelState],
            "description": "The person's word on it: `labelled` and `approved` are finished.",
        },
        "note": _text("What the person said with it: why skipped, why returned."),
        "number": _whole("Its place in the project, from 1.", least=1),
        "split": _text("The part of the data that it goes to.", least=1),
        "shapes": {
            "type": "array",
            "items": {"$ref": "#/$defs/labelledShape"},
            "description": "What is on it. Empty says that nothing is.",
        },
    },
)

SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Twoclick labels",
    **_object(
        "Labels of images as Twoclick keeps them. Keys that are not named here are ignored.",
        ("format", "version", "tags", "images"),
        {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "project": _object(
                "The project that the labels come from.", ("name",), {"name": _text("Its name.")}
            ),
            "tags": {
                "type": "array",
                "items": {"$ref": "#/$defs/tag"},
                "description": "All tags, used or not, in class order.",
            },
            "predictors": {
                "type": "array",
                "items": {"$ref": "#/$defs/predictor"},
                "description": "The models that shapes came from.",
            },
            "images": {"type": "array", "items": {"$ref": "#/$defs/image"}},
        },
    ),
    "$defs": {
        "tag": _TAG,
        "predictor": _PREDICTOR,
        "image": _IMAGE,
        "labelledShape": _LABELLED_SHAPE,
        "shape": _SHAPE,
        "annotation": _ANNOTATION,
        "provenance": _PROVENANCE,
    },
}


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(SCHEMA, indent=2) + "\n"
