"""Annotations as JSON, one by one: in what is stored of single steps, and in label files.

Data that was not written here raises KeyError, ValueError or TypeError.
"""

from collections.abc import Mapping
from typing import Any

from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.geometry import Shape
from twoclick.domain.shape_json import shape_json, shape_value


def annotation_json(annotation: Annotation) -> dict[str, Any]:
    """An annotation as JSON."""
    provenance = annotation.provenance
    return {
        "id": annotation.id,
        "tagId": annotation.tag_id,
        "shape": shape_json(annotation.shape),
        "createdAt": annotation.created_at,
        "revision": annotation.revision,
        "author": annotation.author,
        "edited": annotation.edited,
        "imported": annotation.imported,
        "provenance": None
        if provenance is None
        else {
            **link_json(provenance.link),
            "classId": provenance.class_id,
            "iteration": provenance.iteration,
            "score": provenance.score,
        },
    }


def annotation_value(data: Mapping[str, Any]) -> Annotation:
    """The annotation of its JSON."""
    return annotation_with(data, shape=shape_value(data["shape"]))


def annotation_with(data: Mapping[str, Any], *, shape: Shape) -> Annotation:
    """The annotation of its JSON but for the shape, which is this one."""
    provenance = data["provenance"]
    return Annotation(
        id=data["id"],
        tag_id=data["tagId"],
        shape=shape,
        created_at=data["createdAt"],
        revision=data["revision"],
        author=data["author"],
        edited=data["edited"],
        imported=data["imported"],
        provenance=None
        if provenance is None
        else Provenance(
            link=link_value(provenance),
            class_id=provenance["classId"],
            iteration=provenance["iteration"],
            score=provenance["score"],
        ),
    )


def link_json(link: Link) -> dict[str, Any]:
    """A link as JSON."""
    return {
        "predictorId": link.predictor_id,
        "digest": link.digest,
        "candidate": link.candidate,
    }


def link_value(data: Mapping[str, Any]) -> Link:
    """The link of its JSON."""
    return Link(
        predictor_id=data["predictorId"], digest=data["digest"], candidate=data["candidate"]
    )
