"""Labels of files as the session takes them: items with the columns of their shapes."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from twoclick.domain.annotation import Annotation
from twoclick.domain.outlines import Outlines, pack_outlines
from twoclick.entry.compute_tasks import PAIR_IOU
from twoclick.formats.labels import LabelledShape
from twoclick.formats.placing import Placed
from twoclick.models.outlines import Outlines as OutlineArrays
from twoclick.models.predictions import CAP, RawPredictions
from twoclick.ports.compute import Buffer

Part = tuple[list[dict[str, Any]], Sequence[Buffer]]


def annotation_part(placed: Sequence[Placed], *, classes: Mapping[str, int]) -> Part:
    """The items of these images as annotations, and the columns of all their shapes.

    `classes` gives the number of each tag's name.
    """
    items = [_annotation_item(one, classes) for one in placed]
    return items, _columns(pack_outlines([s.shape for one in placed for s in one.image.shapes]))


def suggestion_part(placed: Sequence[Placed], *, classes: Mapping[str, int]) -> Part:
    """The items of these images as suggestions: by falling score, at most CAP of each, with the
    overlaps as they come with a model's answer; and the columns of all their shapes.

    A shape without a score has 1.0: somebody was sure of it.
    """
    best = [best_of(one.image.shapes) for one in placed]
    items = [
        {
            "assetId": one.asset.id,
            "tagIndexes": [classes[shape.tag] for shape in shapes],
            "scores": [_score(shape) for shape in shapes],
            **_overlaps(shapes),
        }
        for one, shapes in zip(placed, best, strict=True)
    ]
    return items, _columns(pack_outlines([one.shape for shapes in best for one in shapes]))


def best_of(shapes: Sequence[LabelledShape]) -> list[LabelledShape]:
    """The CAP with the highest scores, by falling score."""
    return sorted(shapes, key=_score, reverse=True)[:CAP]


def _score(shape: LabelledShape) -> float:
    return 1.0 if shape.score is None else shape.score


def _annotation_item(placed: Placed, classes: Mapping[str, int]) -> dict[str, Any]:
    image = placed.image
    item: dict[str, Any] = {
        "assetId": placed.asset.id,
        "tagIndexes": [classes[shape.tag] for shape in image.shapes],
        "labelState": None if image.label_state is None else str(image.label_state),
        "note": image.note,
    }
    if any(shape.annotation for shape in image.shapes):
        item["kept"] = [shape.annotation and _kept(shape.annotation) for shape in image.shapes]
    return item


def _kept(annotation: Annotation) -> dict[str, Any]:
    provenance = annotation.provenance
    return {
        "id": annotation.id,
        "createdAt": annotation.created_at,
        "revision": annotation.revision,
        "author": annotation.author,
        "edited": annotation.edited,
        "provenance": None
        if provenance is None
        else {
            "predictorId": provenance.link.predictor_id,
            "digest": provenance.link.digest,
            "candidate": provenance.link.candidate,
            "classId": provenance.class_id,
            "iteration": provenance.iteration,
            "score": provenance.score,
        },
    }


def _overlaps(shapes: Sequence[LabelledShape]) -> dict[str, Any]:
    columns = pack_outlines([one.shape for one in shapes])
    raw = RawPredictions(
        boxes=np.frombuffer(columns.boxes, dtype=np.float64).reshape(-1, 4),
        scores=np.array([_score(one) for one in shapes], dtype=np.float64),
        classes=np.zeros(len(shapes), dtype=np.int32),
        outlines=OutlineArrays(
            kinds=np.frombuffer(columns.kinds, dtype=np.uint8),
            rings=np.frombuffer(columns.rings, dtype=np.int32).reshape(-1, 2),
            points=np.frombuffer(columns.points, dtype=np.float64).reshape(-1, 2),
            visibility=np.frombuffer(columns.visibility, dtype=np.uint8),
        ),
    )
    pairs, ious = raw.overlaps(minimum=PAIR_IOU)
    return {"pairs": pairs.ravel().tolist(), "ious": ious.tolist()}


def _columns(outlines: Outlines) -> Sequence[Buffer]:
    return (
        outlines.boxes,
        outlines.kinds,
        outlines.rings,
        outlines.points,
        outlines.visibility,
    )
