"""Saving: in order, all or nothing, and never silently not."""

import pytest

from twoclick.session import wire
from twoclick.session.refusal import Refused
from unit.session.workplace import Workplace


def test_saved_is_said_once_the_store_has_it(answered: Workplace) -> None:
    accepted = answered.commit(0)
    answered.settle()
    saved = answered.told("saved")
    assert saved[-1]["revision"] == accepted.revision
    assert saved[-1]["pending"] == 0
    order = [event["event"] for event in answered.events]
    assert order.index("changes") < order.index("saving") < order.index("saved")


def test_a_failed_write_freezes_editing_and_a_retry_thaws_it(answered: Workplace) -> None:
    answered.here("select", candidates=[0], mode="add")
    answered.settle()
    answered.store.refuse("quota", "the disk is full")
    answered.here("commit", painted=answered.painted)
    answered.settle()
    failure = answered.told("not-saved")[-1]
    assert failure["reason"] == "the disk is full"
    assert len(answered.annotations) == 1

    refusal = answered.refused("commit-all", assetId=answered.current, painted=[1])
    assert refusal.code == "not-saved"
    assert "the disk is full" in refusal.message
    answered.do("step", direction="next")
    answered.do("step", direction="previous")
    assert len(answered.annotations) == 1

    answered.run(answered.session.retry_save())
    assert answered.told("not-saved")
    assert answered.refused("undo").code == "not-saved"

    answered.store.accept()
    answered.events.clear()
    answered.run(answered.session.retry_save())
    assert answered.told("saved")[-1]["pending"] == 0
    answered.here("commit-all", painted=answered.painted)
    answered.reload()
    assert len(answered.annotations) == 3


def test_steps_behind_a_failed_one_are_kept_in_order(answered: Workplace) -> None:
    answered.settle()
    answered.store.refuse("failed", "gone")
    messages = [
        {"type": "reject", "assetId": answered.current, "candidates": [0]},
        {"type": "commit-all", "assetId": answered.current, "painted": [1, 2]},
        {"type": "undo"},
    ]
    answered.do_at_once(messages)
    answered.settle()
    assert answered.told("not-saved")[-1]["unsaved"] == 3
    answered.store.accept()
    answered.run(answered.session.retry_save())
    answered.reload()
    assert answered.view["status"] == [4, 0, 0, 1]
    assert answered.history == {"undo": "Reject 1 suggestion", "redo": "Commit 2 suggestions"}


def test_another_project_is_not_opened_over_unsaved_steps(answered: Workplace) -> None:
    answered.settle()
    answered.store.refuse("quota", "the disk is full")
    answered.here("commit-all", painted=[0])
    with pytest.raises(Refused, match="the disk is full"):
        answered.open()
    with pytest.raises(Refused, match="the disk is full"):
        answered.run(answered.session.close())
    answered.store.accept()
    answered.run(answered.session.retry_save())
    answered.open()
    assert len(answered.annotations) == 1


def test_a_project_open_for_reading_can_be_looked_at_only(answered: Workplace) -> None:
    answered.commit(0)
    answered.settle()
    answered.open(read_only=True)
    assert answered.project["readOnly"] is True
    answered.do("step", direction="next")
    answered.do("step", direction="previous")
    assert answered.refused("undo").code == "read-only"
    answered.settle()
    assert answered.told("saving") == []


def test_without_an_open_project_there_is_nothing_to_do(place: Workplace) -> None:
    place.run(place.session.close())
    assert place.refused("undo").code == "no-project"


def test_an_unknown_project_is_refused(place: Workplace) -> None:
    with pytest.raises(Refused) as raised:
        place.run(place.session.open_project("nothing"))
    assert raised.value.code == "unknown-project"


def test_projects_are_listed_last_opened_first(place: Workplace) -> None:
    spec = wire.parse_project(
        {
            "name": "Faces",
            "tags": [],
            "assets": [
                {"name": "a", "width": 1, "height": 1, "digest": "d", "type": "t", "bytes": 1}
            ],
        }
    )
    images = wire.parse_images([{"digest": "d", "type": "t", "bytes": 1}], ["token"])
    other = place.run(place.projects.create(spec, images=images))
    image = place.run(place.store.read("images", ("d",)))
    assert (image["type"], image["bytes"], image["blob"].token) == ("t", 1, "token")
    place.run(place.session.open_project(other.project_id))
    place.settle()
    rows = wire.project_rows_message(place.run(place.projects.rows()))
    assert [(row["name"], row["assets"]) for row in rows] == [("Faces", 1), ("Pages", 3)]


def test_a_project_without_images_or_with_a_tag_twice_is_refused(place: Workplace) -> None:
    asset = {"name": "a", "width": 1, "height": 1, "digest": "d", "type": "t", "bytes": 1}
    for tags, assets, code in (
        ([], [], "empty-project"),
        ([{"name": "Text"}, {"name": " text"}], [asset], "bad-value"),
    ):
        spec = wire.parse_project({"name": "P", "tags": tags, "assets": assets})
        with pytest.raises(Refused) as raised:
            place.run(place.projects.create(spec, images=[]))
        assert raised.value.code == code


def test_a_project_that_cannot_be_stored_is_not_there(place: Workplace) -> None:
    place.settle()
    place.store.refuse("quota", "the disk is full")
    asset = {"name": "a", "width": 1, "height": 1, "digest": "d", "type": "t", "bytes": 1}
    spec = wire.parse_project({"name": "P", "tags": [], "assets": [asset]})
    with pytest.raises(Refused, match="the disk is full"):
        place.run(place.projects.create(spec, images=[]))
    place.store.accept()
    assert len(place.run(place.projects.rows())) == 1


def test_a_commit_is_one_transaction(answered: Workplace) -> None:
    answered.settle()
    answered.here("commit-all-and-next", painted=answered.painted)
    answered.settle()
    assert len(answered.told("saved")) == 1


def test_the_list_of_projects_counts_what_is_labelled(place: Workplace) -> None:
    def labelled() -> int:
        place.settle()
        [row] = wire.project_rows_message(place.run(place.projects.rows()))
        return int(row["finished"])

    place.here("done", painted=[])
    place.here("done", painted=[])
    assert labelled() == 2
    place.do("undo")
    assert labelled() == 1
    place.do("redo")
    place.reload()
    assert labelled() == 2
    place.do("last-worked-on")
    place.here("reopen")
    assert labelled() == 1
