"""Records of project files that earlier versions wrote, in the form of today.

Schema by schema, as `app/workers/session/schema-3.js` and those after it do with the database.
"""

from collections.abc import Callable, Mapping
from typing import Any

Record = dict[str, Any]


def upgraded(store: str, record: Record, *, schema: int) -> Record:
    """A record of `schema` as SCHEMA_VERSION has it.

    One that is not of its schema may raise KeyError, TypeError or AttributeError.
    """
    if schema < 3 and store in _TO_3:
        record = _TO_3[store](record)
    if schema < 4 and store in _TO_4:
        record = _TO_4[store](record)
    return record


def _project_3(project: Record) -> Record:
    return {**project, "classOrder": []}


def _project_4(project: Record) -> Record:
    predictors = [
        {**one, "addedAt": 0, "removed": False, "assistOnOpen": False}
        for one in project["predictors"]
    ]
    return {**_tags_4(project), "predictors": predictors}


def _tags_4(record: Record) -> Record:
    tags = [{**one, "keypoints": [], "skeleton": []} for one in record["tags"]]
    return {**record, "tags": tags}


def _shapes_4(record: Record) -> Record:
    """Of a record that has columns of shapes; a part of a run may only list assets."""
    if "points" not in record:
        return record
    if "lengths" not in record:
        return {**record, "visibility": b""}
    lengths = {**record["lengths"], "visibility": [0] * len(record["assetIds"])}
    return {**record, "visibility": b"", "lengths": lengths}


def _document_3(document: Record) -> Record:
    return {**document, "imported": []}


def _entry_3(entry: Record) -> Record:
    change = entry["annotations"]
    annotations = {
        "added": {key: _annotation_3(one) for key, one in change["added"].items()},
        "updated": {
            key: [_annotation_3(from_), _annotation_3(to)]
            for key, (from_, to) in change["updated"].items()
        },
        "removed": {key: _annotation_3(one) for key, one in change["removed"].items()},
    }
    return {**entry, "annotations": annotations, "runId": None}


def _annotation_3(annotation: Record) -> Record:
    return {**annotation, "imported": False}


_TO_3: Mapping[str, Callable[[Record], Record]] = {
    "projects": _project_3,
    "documents": _document_3,
    "history": _entry_3,
}

_TO_4: Mapping[str, Callable[[Record], Record]] = {
    "projects": _project_4,
    "documents": _shapes_4,
    "predictions": _shapes_4,
    "runs": _tags_4,
    "runParts": _shapes_4,
}
