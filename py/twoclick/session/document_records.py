"""Documents as records of the store, and back.

Annotations are stored as columns, their shapes packed: a document is written with each step, and
one of 2,000 annotations must not take longer than a key press.

A record that was not written here raises KeyError, ValueError or TypeError.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.annotation_json import link_json, link_value
from twoclick.domain.document import Document, Edit, PassedOver, Rejection
from twoclick.domain.outlines import Outlines, pack_outlines, read_outlines
from twoclick.domain.shape_json import shape_json, shape_value
from twoclick.session.records import Json


def document_record(document: Document, *, project_id: str) -> Json:
    """A record of `documents`."""
    return {
        "projectId": project_id,
        "assetId": document.asset_id,
        **annotation_columns(list(document.annotations.values())),
        "rejections": [rejection_json(one) for one in document.rejections.values()],
        "passedOver": [passed_over_json(one) for one in document.passed_over.values()],
        "edits": [edit_json(one) for one in document.edits.values()],
    }


def document_value(record: Mapping[str, Any]) -> Document:
    """The document of a record."""
    rejections = map(rejection_value, record["rejections"])
    passed_over = map(passed_over_value, record["passedOver"])
    edits = map(edit_value, record["edits"])
    return Document(
        asset_id=record["assetId"],
        annotations={one.id: one for one in annotations_of(record)},
        rejections={one.id: one for one in rejections},
        passed_over={one.id: one for one in passed_over},
        edits={one.id: one for one in edits},
    )


def annotation_columns(annotations: Sequence[Annotation]) -> Json:
    """Annotations as columns, the bytes of shapes among them: what `annotations_of` reads."""
    outlines = pack_outlines([annotation.shape for annotation in annotations])
    return {
        "boxes": outlines.boxes,
        "kinds": outlines.kinds,
        "rings": outlines.rings,
        "points": outlines.points,
        "visibility": outlines.visibility,
        "ids": [annotation.id for annotation in annotations],
        "tagIds": [annotation.tag_id for annotation in annotations],
        "createdAt": [annotation.created_at for annotation in annotations],
        "edited": [annotation.edited for annotation in annotations],
        **_revision_column(annotations),
        **_author_columns(annotations),
        **_provenance_columns(annotations),
        **_imported_column(annotations),
    }


def annotations_of(record: Mapping[str, Any]) -> Iterator[Annotation]:
    """The annotations of a record with such columns, in their order."""
    ids = record["ids"]
    outlines = Outlines(
        boxes=record["boxes"],
        kinds=record["kinds"],
        rings=record["rings"],
        points=record["points"],
        visibility=record["visibility"],
    )
    columns = zip(
        ids,
        record["tagIds"],
        read_outlines(outlines, count=len(ids)),
        record["createdAt"],
        record["revisions"] or repeat(1, len(ids)),
        _authors(record, count=len(ids)),
        record["edited"],
        _provenances(record),
        record["imported"] or repeat(False, len(ids)),
        strict=True,
    )
    for one, tag_id, shape, created_at, revision, author, edited, provenance, imported in columns:
        yield Annotation(
            id=one,
            tag_id=tag_id,
            shape=shape,
            created_at=created_at,
            revision=revision,
            author=author,
            edited=edited,
            provenance=provenance,
            imported=imported,
        )


def _revision_column(annotations: Sequence[Annotation]) -> Json:
    """`revisions` of the annotations; empty where none was ever edited."""
    revisions = [annotation.revision for annotation in annotations]
    return {"revisions": [] if revisions.count(1) == len(revisions) else revisions}


def _imported_column(annotations: Sequence[Annotation]) -> Json:
    """Which annotations are `imported`; empty where none is."""
    imported = [annotation.imported for annotation in annotations]
    return {"imported": imported if any(imported) else []}


def _author_columns(annotations: Sequence[Annotation]) -> Json:
    """`authors` lists who made annotations, `authorOf` has the place there of each one's; it is
    empty where one made them all."""
    authors = [annotation.author for annotation in annotations]
    places = {author: place for place, author in enumerate(dict.fromkeys(authors))}
    author_of = [places[author] for author in authors] if len(places) > 1 else []
    return {"authors": list(places), "authorOf": author_of}


def _authors(record: Mapping[str, Any], *, count: int) -> Iterable[str]:
    authors = record["authors"] or [""]
    if len(authors) == 1:
        return repeat(authors[0], count)
    return (authors[place] for place in record["authorOf"])


def _provenance_columns(annotations: Sequence[Annotation]) -> Json:
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


def _provenances(record: Mapping[str, Any]) -> Iterable[Provenance | None]:
    answers = record["answers"]
    for origin in record["origins"]:
        if origin is None:
            yield None
            continue
        place, candidate, class_id, score = origin
        predictor_id, digest, iteration = answers[place]
        yield Provenance(
            link=Link(predictor_id=predictor_id, digest=digest, candidate=candidate),
            class_id=class_id,
            iteration=iteration,
            score=score,
        )


def rejection_json(rejection: Rejection) -> Json:
    """A rejection as JSON."""
    return {
        "id": rejection.id,
        **link_json(rejection.link),
        "classId": rejection.class_id,
        "tagId": rejection.tag_id,
        "shape": shape_json(rejection.shape),
    }


def rejection_value(data: Mapping[str, Any]) -> Rejection:
    """The rejection of its JSON."""
    return Rejection(
        id=data["id"],
        link=link_value(data),
        class_id=data["classId"],
        tag_id=data["tagId"],
        shape=shape_value(data["shape"]),
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


def edit_json(edit: Edit) -> Json:
    """The edit of a suggestion as JSON."""
    return {
        **link_json(edit.link),
        "tagId": edit.tag_id,
        "shape": None if edit.shape is None else shape_json(edit.shape),
    }


def edit_value(data: Mapping[str, Any]) -> Edit:
    """The edit of its JSON."""
    shape = data["shape"]
    return Edit(
        link=link_value(data),
        tag_id=data["tagId"],
        shape=None if shape is None else shape_value(shape),
    )
