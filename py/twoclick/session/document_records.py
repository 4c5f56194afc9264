"""Documents as records of the store, and back.

Annotations are stored as columns, their boxes packed: a document is written with each step, and one
of 2,000 annotations must not take longer than a key press.
"""

from array import array
from collections.abc import Mapping
from typing import Any

from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.document import Document, PassedOver, Rejection
from twoclick.domain.geometry import Box
from twoclick.domain.suggestion import pack_boxes
from twoclick.session.records import Json


def document_record(document: Document, *, project_id: str) -> Json:
    """A record of `documents`."""
    annotations = list(document.annotations.values())
    return {
        "projectId": project_id,
        "assetId": document.asset_id,
        "boxes": pack_boxes([annotation.box for annotation in annotations]),
        "ids": [annotation.id for annotation in annotations],
        "tagIds": [annotation.tag_id for annotation in annotations],
        "createdAt": [annotation.created_at for annotation in annotations],
        "edited": [annotation.edited for annotation in annotations],
        **_provenance_columns(annotations),
        "rejections": [rejection_json(one) for one in document.rejections.values()],
        "passedOver": [passed_over_json(one) for one in document.passed_over.values()],
    }


def document_value(record: Mapping[str, Any]) -> Document:
    """The document of a record."""
    numbers = array("d")
    numbers.frombytes(record["boxes"])
    annotations = (
        Annotation(
            id=annotation_id,
            tag_id=record["tagIds"][at],
            box=Box(*numbers[4 * at : 4 * at + 4]),
            created_at=record["createdAt"][at],
            edited=record["edited"][at],
            provenance=_provenance_at(record, at),
        )
        for at, annotation_id in enumerate(record["ids"])
    )
    rejections = map(rejection_value, record["rejections"])
    passed_over = map(passed_over_value, record["passedOver"])
    return Document(
        asset_id=record["assetId"],
        annotations={one.id: one for one in annotations},
        rejections={one.id: one for one in rejections},
        passed_over={one.id: one for one in passed_over},
    )


def _provenance_columns(annotations: list[Annotation]) -> Json:
    """`answers` lists the stored predictions that annotations came from, as (predictor id, digest,
    iteration); `origins` has, for each annotation, the place there with candidate, class and score,
    or None where it was drawn by hand."""
    places: dict[tuple[str, str, int], int] = {}
    origins: list[list[float] | None] = []
    for annotation in annotations:
        provenance = annotation.provenance
        if provenance is None:
            origins.append(None)
            continue
        link = provenance.link
        answer = (link.predictor_id, link.digest, provenance.iteration)
        place = places.setdefault(answer, len(places))
        origins.append([place, link.candidate, provenance.class_id, provenance.score])
    return {"answers": [list(answer) for answer in places], "origins": origins}


def _provenance_at(record: Mapping[str, Any], at: int) -> Provenance | None:
    origin = record["origins"][at]
    if origin is None:
        return None
    place, candidate, class_id, score = origin
    predictor_id, digest, iteration = record["answers"][place]
    return Provenance(
        link=Link(predictor_id=predictor_id, digest=digest, candidate=candidate),
        class_id=class_id,
        iteration=iteration,
        score=score,
    )


def annotation_json(annotation: Annotation) -> Json:
    """An annotation as JSON."""
    provenance = annotation.provenance
    return {
        "id": annotation.id,
        "tagId": annotation.tag_id,
        "box": list(annotation.box),
        "createdAt": annotation.created_at,
        "edited": annotation.edited,
        "provenance": None
        if provenance is None
        else {
            **_link_json(provenance.link),
            "classId": provenance.class_id,
            "iteration": provenance.iteration,
            "score": provenance.score,
        },
    }


def annotation_value(data: Mapping[str, Any]) -> Annotation:
    """The annotation of its JSON."""
    provenance = data["provenance"]
    return Annotation(
        id=data["id"],
        tag_id=data["tagId"],
        box=Box(*data["box"]),
        created_at=data["createdAt"],
        edited=data["edited"],
        provenance=None
        if provenance is None
        else Provenance(
            link=_link_value(provenance),
            class_id=provenance["classId"],
            iteration=provenance["iteration"],
            score=provenance["score"],
        ),
    )


def rejection_json(rejection: Rejection) -> Json:
    """A rejection as JSON."""
    return {
        "id": rejection.id,
        **_link_json(rejection.link),
        "classId": rejection.class_id,
        "tagId": rejection.tag_id,
        "box": list(rejection.box),
    }


def rejection_value(data: Mapping[str, Any]) -> Rejection:
    """The rejection of its JSON."""
    return Rejection(
        id=data["id"],
        link=_link_value(data),
        class_id=data["classId"],
        tag_id=data["tagId"],
        box=Box(*data["box"]),
    )


def passed_over_json(item: PassedOver) -> Json:
    """What was passed over as JSON."""
    return {
        "predictorId": item.predictor_id,
        "digest": item.digest,
        "candidates": sorted(item.candidates),
    }


def passed_over_value(data: Mapping[str, Any]) -> PassedOver:
    """What was passed over, of its JSON."""
    return PassedOver(
        predictor_id=data["predictorId"],
        digest=data["digest"],
        candidates=frozenset(data["candidates"]),
    )


def _link_json(link: Link) -> Json:
    return {
        "predictorId": link.predictor_id,
        "digest": link.digest,
        "candidate": link.candidate,
    }


def _link_value(data: Mapping[str, Any]) -> Link:
    return Link(
        predictor_id=data["predictorId"], digest=data["digest"], candidate=data["candidate"]
    )
