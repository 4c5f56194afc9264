"""Runs as records of the store, and back.

A run is its own record, small enough to be written with each of its parts, and parts by number
from 1 on: what is planned, and of those that are done, what they led away from.  The record number
0 has the ids of all its assets.  A record that was not written here raises KeyError, ValueError or
TypeError.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twoclick.domain.run import Run, TagPoints, Tally
from twoclick.ports.store import Delete, Key
from twoclick.session.records import Json, predictor_json, predictor_value, tag_json, tag_value
from twoclick.session.runs.parts import part_fields

PLAN, BEFORE, ASSETS = "plan", "before", "assets"
"""What a record of `runParts` has."""


def run_record(run: Run, *, project_id: str) -> Json:
    """A record of `runs`."""
    return {
        "projectId": project_id,
        "id": run.id,
        "name": run.name,
        "mode": run.mode,
        "labelState": run.label_state,
        "tags": [tag_json(tag) for tag in run.tags],
        "classOrder": list(run.class_order),
        "points": [_points_json(one) for one in run.points],
        "predictor": None if run.predictor is None else predictor_json(run.predictor),
        "formerPredictorId": run.former_predictor_id,
        "state": run.state,
        "seq": run.seq,
        "sizes": list(run.sizes),
        "done": run.done,
        "complete": run.complete,
        "changed": run.tally.changed,
        "added": run.tally.added,
        "removed": run.tally.removed,
        "skipped": run.tally.skipped,
    }


def run_value(record: Mapping[str, Any]) -> Run:
    """The run of a record."""
    predictor = record["predictor"]
    return Run(
        id=record["id"],
        name=record["name"],
        mode=record["mode"],
        label_state=record["labelState"],
        tags=tuple(map(tag_value, record["tags"])),
        class_order=tuple(record["classOrder"]),
        # Runs of before had none.
        points=tuple(map(_points_value, record.get("points", ()))),
        predictor=None if predictor is None else predictor_value(predictor),
        former_predictor_id=record["formerPredictorId"],
        state=record["state"],
        seq=record["seq"],
        sizes=tuple(record["sizes"]),
        done=record["done"],
        complete=record["complete"],
        tally=Tally(
            changed=record["changed"],
            added=record["added"],
            removed=record["removed"],
            skipped=record["skipped"],
        ),
    )


def _points_json(points: TagPoints) -> Json:
    return {
        "tagId": points.tag_id,
        "keypoints": list(points.keypoints),
        "skeleton": [list(pair) for pair in points.skeleton],
    }


def _points_value(data: Mapping[str, Any]) -> TagPoints:
    return TagPoints(
        tag_id=data["tagId"],
        keypoints=tuple(data["keypoints"]),
        skeleton=tuple((start, end) for start, end in data["skeleton"]),
    )


def assets_record(run_id: str, parts: Sequence[Sequence[str]], *, project_id: str) -> Json:
    """The ids of the assets of each part."""
    key = part_key(project_id, run_id, 0, ASSETS)
    return {**part_fields(key), "parts": [list(part) for part in parts]}


def part_key(project_id: str, run_id: str, number: int, what: str) -> Key:
    """The key of a record of `runParts`."""
    return (project_id, run_id, number, what)


def removals(run: Run, *, project_id: str) -> Iterator[Delete]:
    """Removes a run with all that belongs to it."""
    yield Delete("runs", (project_id, run.id))
    yield Delete("runParts", part_key(project_id, run.id, 0, ASSETS))
    for number in range(1, len(run.sizes) + 1):
        for what in (PLAN, BEFORE):
            yield Delete("runParts", part_key(project_id, run.id, number, what))
