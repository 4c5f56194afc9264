"""Project files that are no whole ones: said by part, and nothing of them stays."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from twoclick.ports.store import SCHEMA_VERSION
from twoclick.session.archive import BadFileError
from unit.session.project_file import OtherBrowser, Parts, written
from unit.session.workplace import Workplace

Damage = Callable[[Parts], None]


def change_manifest(**fields: Any) -> Damage:
    def change(parts: Parts) -> None:
        parts["twoclick.json"] = json.dumps(
            {**json.loads(parts["twoclick.json"]), **fields}
        ).encode()

    return change


def change_part(name: str, change: Callable[[bytes], bytes], *, noted: bool = True) -> Damage:
    """Another content of a part; `noted` in the manifest as if it were meant."""

    def apply(parts: Parts) -> None:
        path = f"records/{name}-0001.jsonl"
        parts[path] = change(parts[path])
        manifest = json.loads(parts["twoclick.json"])
        for one in manifest["records"]:
            if one["path"] == path and noted:
                one["sha256"] = hashlib.sha256(parts[path]).hexdigest()
                one["lines"] = parts[path].count(b"\n")
        parts["twoclick.json"] = json.dumps(manifest).encode()

    return apply


def change_record(name: str, **fields: Any) -> Damage:
    """Other values in the first record of a part."""

    def change(content: bytes) -> bytes:
        first, *rest = content.splitlines(keepends=True)
        return json.dumps({**json.loads(first), **fields}).encode() + b"\n" + b"".join(rest)

    return change_part(name, change)


def without(path: str) -> Damage:
    def change(parts: Parts) -> None:
        del parts[next(one for one in parts if one.startswith(path))]

    return change


def first_line_only(content: bytes) -> bytes:
    return content.splitlines(keepends=True)[0]


DIGEST = "ab" * 32

DAMAGES: dict[str, tuple[Damage, str]] = {
    "foreign": (change_manifest(format="other"), "not a Twoclick project file"),
    "newer schema": (
        change_manifest(schema=SCHEMA_VERSION + 1),
        rf"newer Twoclick \(schema {SCHEMA_VERSION + 1}.*Update Twoclick",
    ),
    "newer format": (change_manifest(version=2), "newer Twoclick"),
    "older than any": (change_manifest(schema=1), r"twoclick\.json is damaged"),
    "no text": (
        lambda parts: parts.update({"twoclick.json": b"{"}),
        r"twoclick\.json is damaged",
    ),
    "no records": (change_manifest(records=None), r"twoclick\.json is damaged"),
    "a way out": (
        change_manifest(images=[{"path": "../x", "digest": "d", "type": "t", "bytes": 1}]),
        r"no use for \.\./x",
    ),
    "a way out by a model": (
        change_manifest(models=[{"path": "../x", "digest": "d", "name": "", "bytes": 1}]),
        r"no use for \.\./x",
    ),
    "a model twice": (
        change_manifest(
            models=[
                {"path": f"models/{DIGEST}-000{at}.bin", "digest": DIGEST, "name": "", "bytes": 1}
                for at in range(2)
            ]
        ),
        rf"no use for models/{DIGEST}-0001",
    ),
    "a foreign store": (
        change_manifest(
            records=[{"path": "records/models-0001.jsonl", "store": "models", "lines": 1}]
        ),
        r"twoclick\.json is damaged",
    ),
    "a byte": (
        change_part("documents", lambda content: content.replace(b"a", b"b", 1), noted=False),
        r"records/documents-0001\.jsonl is damaged",
    ),
    "a line": (
        change_part("assets", lambda content: content.replace(b"}\n", b"\n", 1)),
        r"records/assets-0001\.jsonl, line 1, is damaged",
    ),
    "not a record": (change_part("assets", lambda _: b"[]\n"), "line 1, is damaged: not a record"),
    "bytes": (change_record("documents", boxes={"$bytes": "?"}), "line 1, is damaged"),
    "a missing field": (
        change_part("assets", lambda content: content.replace(b'"ordinal"', b'"other"', 1)),
        r"records/assets-0001\.jsonl has a damaged record: KeyError\('ordinal'\)",
    ),
    "short columns": (change_record("documents", boxes={"$bytes": "AAAA"}), "damaged record"),
    "another project": (change_record("history", projectId="other"), "another project, other"),
    "an unknown asset": (change_record("documents", assetId="other"), "damaged record"),
    "an image not listed": (change_record("assets", digest="0" * 64), "is missing"),
    "fewer assets": (change_record("projects", assetCount=4), "not complete: images"),
    "an asset nowhere": (change_record("projects", currentAssetId="x"), "not complete"),
    "no tags": (change_record("projects", tags=[]), "have a tag that is missing"),
    "fewer steps": (change_part("history", first_line_only), "not complete: steps"),
    "fewer suggestions": (change_part("predictions", first_line_only), "not complete: suggestions"),
    "fewer documents": (change_part("documents", first_line_only), "not complete: annotations"),
    "no part": (without("records/predictions"), r"records/predictions-0001\.jsonl is damaged"),
    "no image": (without("images/"), r"images/[0-9a-f]{64}\.png is missing"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_bad_file_is_named_and_leaves_nothing(
    worked: Workplace, other: OtherBrowser, name: str
) -> None:
    damage, said = DAMAGES[name]
    parts = written(worked)
    damage(parts)
    with pytest.raises(BadFileError, match=said):
        other.restore(parts)
    assert not any(other.everything().values())
