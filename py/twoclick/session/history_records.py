"""History entries as records of the store, and back.

A record that was not written here raises KeyError, ValueError or TypeError.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from twoclick.domain.annotation_json import annotation_json, annotation_value
from twoclick.domain.asset import LabelState, Standing
from twoclick.domain.change import AssetChange, ChangeSet
from twoclick.session.document_records import (
    edit_json,
    edit_value,
    passed_over_json,
    passed_over_value,
    rejection_json,
    rejection_value,
)
from twoclick.session.history import Entry, Move
from twoclick.session.records import Json

R = TypeVar("R")


def entry_record(entry: Entry, *, project_id: str) -> Json:
    """A record of `history`."""
    change = entry.change
    standing = change.standing
    return {
        "projectId": project_id,
        "seq": entry.seq,
        "name": entry.name,
        "assetId": entry.asset_id,
        "move": None if entry.move is None else [entry.move.from_id, entry.move.to_id],
        "at": entry.at,
        "annotations": _change_json(change.annotations, annotation_json),
        "rejections": _change_json(change.rejections, rejection_json),
        "passedOver": _change_json(change.passed_over, passed_over_json),
        "edits": _change_json(change.edits, edit_json),
        "labelState": None if standing is None else [one.label_state.value for one in standing],
        "notes": None if standing is None else [one.note for one in standing],
        "gesture": entry.gesture,
        "runId": entry.run_id,
    }


def entry_value(record: Mapping[str, Any]) -> Entry:
    """The history entry of a record."""
    move = record["move"]
    return Entry(
        seq=record["seq"],
        name=record["name"],
        asset_id=record["assetId"],
        move=None if move is None else Move(from_id=move[0], to_id=move[1]),
        at=record["at"],
        change=AssetChange(
            annotations=_change_value(record["annotations"], annotation_value),
            rejections=_change_value(record["rejections"], rejection_value),
            passed_over=_change_value(record["passedOver"], passed_over_value),
            edits=_change_value(record["edits"], edit_value),
            standing=_standing_value(record),
        ),
        gesture=record["gesture"],
        run_id=record["runId"],
    )


def _standing_value(record: Mapping[str, Any]) -> tuple[Standing, Standing] | None:
    states = record["labelState"]
    if states is None:
        return None
    from_, to = record["notes"]
    return (
        Standing(label_state=LabelState(states[0]), note=from_),
        Standing(label_state=LabelState(states[1]), note=to),
    )


def _change_json(change: ChangeSet[R], to_json: Callable[[R], Json]) -> Json:
    return {
        "added": {key: to_json(one) for key, one in change.added.items()},
        "updated": {
            key: [to_json(from_), to_json(to)] for key, (from_, to) in change.updated.items()
        },
        "removed": {key: to_json(one) for key, one in change.removed.items()},
    }


def _change_value(data: Mapping[str, Any], value: Callable[[Mapping[str, Any]], R]) -> ChangeSet[R]:
    return ChangeSet(
        added={key: value(one) for key, one in data["added"].items()},
        updated={key: (value(from_), value(to)) for key, (from_, to) in data["updated"].items()},
        removed={key: value(one) for key, one in data["removed"].items()},
    )
