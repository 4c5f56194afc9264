"""Project files: what is written is read back equal, of one moment; a bad file leaves nothing."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twoclick.ports.store import SCHEMA_VERSION, Put
from twoclick.session import wire
from twoclick.session.archive import BadFileError
from twoclick.session.filing import LINES
from twoclick.session.refusal import Refused
from unit.session.project_file import OtherBrowser, Parts, everything, requests_of, written
from unit.session.test_random_work import carry_out, steps
from unit.session.workplace import Workplace, digest_of

BOX = {"kind": "box", "box": [10.25, 20, 50, 60.5]}
POLYGON = {"kind": "polygon", "rings": [[1, 1, 90, 2, 50, 80.125]]}


def give_images(place: Workplace) -> None:
    place.settle()
    files = [
        Put(
            "images",
            {
                "digest": digest_of(at),
                "type": "image/png",
                "bytes": 1000,
                "blob": digest_of(at).encode(),
            },
        )
        for at in range(len(place.ids))
    ]
    place.run(place.store.write(files))


@pytest.fixture
def worked(answered: Workplace) -> Workplace:
    """A project with something of everything."""
    give_images(answered)
    answered.commit(0, 1)
    answered.here("draw", tagId=answered.tag_ids[0], shape=POLYGON)
    answered.here("done", painted=[])
    answered.here("draw", tagId=None, shape=BOX)
    answered.here("reject", candidates=[0])
    answered.here("select", candidates=[1], mode="add")
    answered.here("skip", reason="blurred\u2028 ü \ud800")
    answered.do("undo")
    answered.do("open-work-list", kind="name", value="page")
    return answered


def there(place: Workplace) -> dict[str, Any]:
    place.settle()
    return everything(place.store, place.run)


def test_everything_is_restored_as_it_was(worked: Workplace) -> None:
    parts = written(worked)
    with OtherBrowser() as other:
        assert other.restore(parts) == worked.project_id
        assert other.everything() == there(worked)
        (row,) = other.run(other.projects.rows())
        assert row.filed_changes == row.changes > 0


def test_the_page_is_told_what_is_in_a_file(worked: Workplace) -> None:
    assert worked.filed["filedAt"] is None
    written(worked)
    assert worked.filed["filedChanges"] == worked.filed["changes"]
    worked.here("done", painted=[])
    assert worked.filed["changes"] == worked.filed["filedChanges"] + 1
    before = worked.filed
    worked.reload()
    assert worked.filed["changes"] == before["changes"]
    assert worked.filed["filedAt"] == before["filedAt"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, max_size=25), st.lists(st.lists(steps, max_size=3), max_size=8))
def test_any_work_is_in_the_file_and_work_meanwhile_too(
    work: list[dict[str, Any]], meanwhile: list[list[dict[str, Any]]]
) -> None:
    with Workplace() as place, OtherBrowser() as other:
        give_images(place)
        place.do("add-predictor", **place.predictor_spec("m2"))
        place.here("assist")
        place.answer()
        for step in work:
            carry_out(place, step)
        finished: dict[str, Any] = {}

        def go_on(number: int) -> None:
            nonlocal finished
            finished = there(place)  # what the last call finds is what the file was finished with
            if number <= len(meanwhile):
                for step in meanwhile[number - 1]:
                    if step != {"reload": True}:
                        carry_out(place, step)

        other.restore(written(place, meanwhile=go_on))
        found = other.everything()
        for name in ("assets", "documents", "predictions", "history", "images"):
            assert found[name] == finished[name]


def test_images_that_come_meanwhile_are_in_the_file(worked: Workplace) -> None:
    asset = {"name": "new.png", "width": 9, "height": 9, "type": "image/png", "bytes": 4}
    digest = hashlib.sha256(b"new").hexdigest()

    def add(step: int) -> None:
        if step == 3:
            add_asset(worked, {**asset, "digest": digest})

    parts = written(worked, meanwhile=add)
    assert f"images/{digest}.png" in parts
    with OtherBrowser() as other:
        other.restore(parts)
        assert len(other.everything()["assets"]) == 4


def add_asset(place: Workplace, asset: dict[str, Any]) -> None:
    ref = {key: asset[key] for key in ("digest", "type", "bytes")}
    place.run(
        place.session.add_assets(
            wire.parse_assets([asset]),
            images=wire.parse_images([ref], [asset["digest"].encode()]),
        )
    )


def test_what_could_not_be_saved_is_in_the_file(worked: Workplace) -> None:
    worked.settle()
    worked.store.refuse("quota", "the disk is full")
    worked.here("draw", tagId=None, shape=BOX)
    count = len(worked.annotations)
    worked.settle()
    parts = written(worked)
    with OtherBrowser() as other:
        other.restore(parts)
        document = next(
            one for one in other.everything()["documents"] if one["assetId"] == worked.current
        )
        assert len(document["ids"]) == count
    worked.store.accept()
    worked.run(worked.session.retry_save())
    worked.reload()
    assert len(worked.annotations) == count


def test_long_projects_are_written_in_parts() -> None:
    with Workplace(assets=2 * LINES + 1) as place, OtherBrowser() as other:
        give_images(place)
        parts = written(place)
        assert [path for path in parts if path.startswith("records/assets")] == [
            "records/assets-0001.jsonl",
            "records/assets-0002.jsonl",
            "records/assets-0003.jsonl",
        ]
        other.restore(parts)
        assert other.everything() == there(place)


def test_a_project_that_is_there_is_not_written_over(worked: Workplace) -> None:
    parts = written(worked)
    with OtherBrowser() as other:
        other.restore(parts)
        found, _ = other.requests.ask("look-into-file", parts["twoclick.json"])
        assert found["existing"]["name"] == "Pages"
        before = other.everything()
        with pytest.raises(Refused) as raised:
            other.restore(parts)
        assert raised.value.code == "project-exists"
        assert other.everything() == before

        copy = other.restore(parts, "copy")
        replaced = other.restore(parts, "replacement")
        rows = {row.id: row for row in other.run(other.projects.rows())}
        assert rows[copy].name == "Pages (copy)"
        assert rows[replaced].name == "Pages"
        assert rows[worked.project_id].deleted_at is not None
        other.run(other.projects.erase(worked.project_id))
        assert len(other.everything()["images"]) == 3


def test_the_open_project_is_not_replaced(worked: Workplace) -> None:
    parts = written(worked)
    ask = requests_of(worked).ask
    ask("look-into-file", parts["twoclick.json"])
    with pytest.raises(Refused, match="Close the project first"):
        ask("begin-restore", role="replacement")


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


@pytest.fixture
def other() -> Iterator[OtherBrowser]:
    with OtherBrowser() as other:
        yield other


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


def test_a_restore_that_was_interrupted_leaves_nothing(
    worked: Workplace, other: OtherBrowser
) -> None:
    parts = written(worked)
    ask = other.requests.ask
    found, _ = ask("look-into-file", parts["twoclick.json"])
    ask("begin-restore", role="itself")
    for path in found["paths"]:
        ask("restore-records", parts[path], path=path)
    assert other.run(other.projects.rows()) == []
    other.run(other.projects.clean_up())
    assert not any(other.everything().values())


def test_what_an_interrupted_restore_left_does_not_mix_with_the_next(
    worked: Workplace, other: OtherBrowser
) -> None:
    parts = written(worked)
    ask = other.requests.ask
    found, _ = ask("look-into-file", parts["twoclick.json"])
    ask("begin-restore", role="itself")
    for path in found["paths"][:2]:
        ask("restore-records", parts[path], path=path)
    worked.do("undo")
    worked.do("undo")
    later = written(worked)
    other.restore(later)
    assert other.everything() == there(worked)


def test_a_full_disk_is_said_and_nothing_stays(worked: Workplace, other: OtherBrowser) -> None:
    parts = written(worked)
    found, _ = other.requests.ask("look-into-file", parts["twoclick.json"])
    other.requests.ask("begin-restore", role="itself")
    other.store.refuse("quota", "the disk is full")
    with pytest.raises(Refused, match="not saved: the disk is full"):
        other.requests.ask("restore-records", parts[found["paths"][0]], path=found["paths"][0])
    other.store.accept()
    other.requests.ask("give-up-restore")
    assert not any(other.everything().values())
