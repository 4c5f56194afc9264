"""Project files: what is written is read back equal, and of one moment although work goes on."""

import hashlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twoclick.session import wire
from twoclick.session.filing import LINES
from twoclick.session.refusal import Refused
from unit.session.project_file import OtherBrowser, give_images, requests_of, there, written
from unit.session.test_random_work import carry_out, steps
from unit.session.workplace import Workplace

BOX = {"kind": "box", "box": [10.25, 20, 50, 60.5]}


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


def test_a_file_is_written_where_the_project_is_written(worked: Workplace) -> None:
    ask = requests_of(worked).ask
    worked.settle()
    worked.open(read_only=True)
    with pytest.raises(Refused, match="for reading only"):
        ask("begin-file", models=True)
    worked.run(worked.session.close())
    with pytest.raises(Refused, match="Open a project first"):
        ask("begin-file", models=True)
    with pytest.raises(Refused, match="No project file is being written"):
        ask("file-paths")


def test_a_file_that_is_given_up_changes_nothing(worked: Workplace) -> None:
    ask = requests_of(worked).ask
    ask("begin-file", models=True)
    ask("file-paths")
    ask("give-up-file")
    with pytest.raises(Refused, match="No project file is being written"):
        ask("file-written")
    assert worked.filed["filedAt"] is None


def test_parts_come_in_their_order(worked: Workplace, other: OtherBrowser) -> None:
    parts = written(worked)
    ask = other.requests.ask
    found, _ = ask("look-into-file", parts["twoclick.json"])
    with pytest.raises(Refused, match="No project file is being read"):
        ask("restore-records", b"", path=found["paths"][0])
    ask("begin-restore", role="itself")
    with pytest.raises(Refused) as raised:
        ask("restore-records", b"", path=found["paths"][1])
    assert raised.value.code == "bad-order"
    with pytest.raises(wire.WireError, match="role"):
        ask("begin-restore", role="other")


def test_the_open_project_is_not_replaced(worked: Workplace) -> None:
    parts = written(worked)
    ask = requests_of(worked).ask
    ask("look-into-file", parts["twoclick.json"])
    with pytest.raises(Refused, match="Close the project first"):
        ask("begin-restore", role="replacement")


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
