"""Project files that earlier versions wrote are opened with everything in them."""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from twoclick.session.archive import (
    Manifest,
    image_part,
    lines_of,
    manifest_text,
    records_part,
    records_path,
)
from unit.session.project_file import OtherBrowser, Parts

GOLDEN = Path(__file__).parents[2] / "golden" / "storage"
STORES_2 = ("projects", "assets", "documents", "predictions", "history")


def test_a_file_of_schema_2_is_opened(other: OtherBrowser) -> None:
    parts = file_of_schema(2, STORES_2)
    project_id = other.restore(parts)
    found = other.everything()
    (project,) = found["projects"]
    assert project["id"] == project_id
    assert project["classOrder"] == []
    assert {name: len(found[name]) for name in STORES_2} == {
        "projects": 1,
        "assets": 3,
        "documents": 2,
        "predictions": 3,
        "history": 12,
    }
    assert all(document["imported"] == [] for document in found["documents"])
    deleted = found["history"][10]
    assert deleted["name"] == "Delete 1 annotation"
    assert [one["imported"] for one in deleted["annotations"]["removed"].values()] == [False]
    assert {entry["runId"] for entry in found["history"]} == {None}


def test_a_file_of_schema_3_is_opened(other: OtherBrowser) -> None:
    project_id = other.restore(file_of_schema(3, (*STORES_2, "runs", "runParts")))
    found = other.everything()
    (project,) = found["projects"]
    assert project["id"] == project_id
    assert [one["iteration"] for one in project["predictors"]] == [1, 2]
    assert {(one["addedAt"], one["removed"]) for one in project["predictors"]} == {(0, False)}
    assert len(found["runs"]) == 1
    assert [asset["annotations"] for asset in found["assets"]] == [3, 2, 0]


def file_of_schema(version: int, stores: Sequence[str]) -> Parts:
    """The file of what that version stored."""
    text = (GOLDEN / f"version-{version}.json").read_text(encoding="utf-8")
    stored = json.loads(text)["records"]
    parts: Parts = {}
    records = []
    for store in stores:
        lines = lines_of(map(with_bytes, stored[store]))
        path = records_path(store, 1)
        parts[path] = lines
        records.append(records_part(path, store, lines))
    images = tuple(map(image_part, stored["assets"]))
    (project,) = stored["projects"]
    manifest = Manifest(
        project_id=project["id"],
        name=project["name"],
        written_at=1,
        schema=version,
        records=tuple(records),
        images=images,
    )
    parts["twoclick.json"] = manifest_text(manifest)
    parts.update({image.path: image.digest.encode() for image in images})
    return parts


def with_bytes(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: base64.b64decode(value["$bytes"])
        if isinstance(value, dict) and "$bytes" in value
        else value
        for name, value in record.items()
    }
