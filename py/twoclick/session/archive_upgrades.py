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
    if schema < 4 and store == "projects":
        record = _project_4(record)
    return record


def _project_3(project: Record) -> Record:
    return {**project, "classOrder": []}


def _project_4(project: Record) -> Record:
    predictors = [{**one, "addedAt": 0, "removed": False} for one in project["predictors"]]
    return {**project, "predictors": predictors}


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
