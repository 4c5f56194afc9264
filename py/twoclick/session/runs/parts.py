"""The parts of a run as records of the store, and back: what is planned for their assets, and what
led there from what was before.

A record that was not written here raises KeyError, ValueError or TypeError.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import LabelState, Standing
from twoclick.domain.suggestion import Columns
from twoclick.ports.store import Key
from twoclick.session.document_records import annotation_columns, annotations_of
from twoclick.session.records import Json, columns_json, columns_value


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAnnotations:
    """What a file has for one asset; `standing` is what it says of it, if it does."""

    asset_id: str
    annotations: tuple[Annotation, ...]
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSuggestions:
    """What a file has for one asset, checked: see `domain.suggestion.read_columns`."""

    asset_id: str
    columns: Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What takes the run back on one asset: the ids of the annotations that it added, those that it
    removed or changed as they were, and the standing, None where that stayed."""

    asset_id: str
    added: tuple[str, ...]
    annotations: tuple[Annotation, ...]
    standing: Standing | None


def annotations_record(key: Key, planned: Sequence[PlannedAnnotations]) -> Json:
    """The plan of a part of an import of annotations."""
    return {
        **part_fields(key),
        "assetIds": [one.asset_id for one in planned],
        "counts": [len(one.annotations) for one in planned],
        "standings": [_standing_json(one.standing) for one in planned],
        **annotation_columns([each for one in planned for each in one.annotations]),
    }


def planned_annotations(record: Mapping[str, Any]) -> Iterator[PlannedAnnotations]:
    """The plan of a record, asset by asset."""
    annotations = annotations_of(record)
    rows = zip(record["assetIds"], record["counts"], record["standings"], strict=True)
    for asset_id, count, standing in rows:
        yield PlannedAnnotations(
            asset_id=asset_id,
            annotations=tuple(islice(annotations, count)),
            standing=_standing_value(standing),
        )


def suggestions_record(key: Key, planned: Sequence[PlannedSuggestions]) -> Json:
    """The plan of a part of an import of suggestions: each column of all assets in one, with the
    bytes that each asset has of it."""
    rows = [columns_json(one.columns) for one in planned]
    names = rows[0].keys() if rows else ()
    return {
        **part_fields(key),
        "assetIds": [one.asset_id for one in planned],
        "lengths": {name: [len(row[name]) for row in rows] for name in names},
        **{name: b"".join(row[name] for row in rows) for name in names},
    }


def planned_suggestions(record: Mapping[str, Any]) -> Iterator[PlannedSuggestions]:
    """The plan of a record, asset by asset."""
    sliced = {name: _slices(record[name], lengths) for name, lengths in record["lengths"].items()}
    for at, asset_id in enumerate(record["assetIds"]):
        columns = columns_value({name: parts[at] for name, parts in sliced.items()})
        yield PlannedSuggestions(asset_id=asset_id, columns=columns)


def before_record(key: Key, changed: Sequence[Before]) -> Json:
    """What takes a part back that was done."""
    return {
        **part_fields(key),
        "assetIds": [one.asset_id for one in changed],
        "added": [list(one.added) for one in changed],
        "counts": [len(one.annotations) for one in changed],
        "standings": [_standing_json(one.standing) for one in changed],
        **annotation_columns([each for one in changed for each in one.annotations]),
    }


def before_value(record: Mapping[str, Any]) -> Iterator[Before]:
    """What a record takes back, asset by asset."""
    rows = zip(planned_annotations(record), record["added"], strict=True)
    for one, added in rows:
        yield Before(
            asset_id=one.asset_id,
            added=tuple(added),
            annotations=one.annotations,
            standing=one.standing,
        )


def part_fields(key: Key) -> Json:
    """The fields that make the key of a record of `runParts`."""
    project_id, run_id, number, what = key
    return {"projectId": project_id, "runId": run_id, "number": number, "what": what}


def _standing_json(standing: Standing | None) -> list[str | None] | None:
    return None if standing is None else [standing.label_state.value, standing.note]


def _standing_value(data: Sequence[Any] | None) -> Standing | None:
    return None if data is None else Standing(label_state=LabelState(data[0]), note=data[1])


def _slices(column: bytes, lengths: Sequence[int]) -> list[bytes]:
    slices, start = [], 0
    for length in lengths:
        slices.append(bytes(column[start : start + length]))
        start += length
    if start != len(column):
        raise ValueError("a column has another length than its parts")
    return slices
