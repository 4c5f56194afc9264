"""What label files are written from: everything, as it is, with tags in an order that stays."""

from typing import Any

import pytest

from twoclick.domain.geometry import Box
from twoclick.session.refusal import Refused
from unit.session.label_files import label_requests, part
from unit.session.workplace import Workplace

BOX = Box(10.25, 20, 50, 60.5)


def test_every_asset_is_given_as_it_is_stored_opened_or_not(worked: Workplace) -> None:
    requests = label_requests(worked)
    begun, _ = requests.ask("begin-export")
    given = part(requests)
    assert begun["project"] == {"id": worked.project_id, "name": "Pages"}
    assert begun["assets"] == 3
    assert [asset.id for asset, _ in given] == list(worked.ids)
    for (asset, document), (stored, label_state) in zip(given, worked.documents(), strict=True):
        assert asset.label_state.value == label_state
        assert document == stored or (document is None and not stored.annotations)
    assert sum(asset.annotations for asset, _ in given) == 4
    assert requests.ask("end-export", written=False)[0] == {"changed": []}


def test_parts_are_what_was_asked_for(worked: Workplace) -> None:
    requests = label_requests(worked)
    requests.ask("begin-export")
    assert [asset.id for asset, _ in part(requests, start=1, count=1)] == [worked.ids[1]]
    assert part(requests, start=3) == []
    with pytest.raises(Refused, match="1 to 200 images"):
        part(requests, count=201)


def test_what_could_not_be_saved_is_given_too(place: Workplace) -> None:
    place.settle()
    place.store.refuse("quota", "the disk is full")
    place.draw(BOX)
    requests = label_requests(place)
    requests.ask("begin-export")
    (asset, document), *_ = part(requests)
    assert asset.annotations == 1
    assert document is not None
    assert [one.shape for one in document.annotations.values()] == [BOX]
    place.store.accept()
    place.run(place.session.retry_save())


def test_what_changed_meanwhile_is_named_and_the_list_stays(answered: Workplace) -> None:
    requests = label_requests(answered)
    requests.ask("begin-export")
    first, second, _ = answered.ids
    part(requests)
    answered.draw(BOX)
    answered.do("step", direction="next")
    answered.here("select", candidates=[0], mode="add")  # a selection is no label
    answered.here("skip", reason="blurred")
    assert len(part(requests)) == 3
    assert requests.ask("end-export", written=True)[0] == {"changed": [first, second]}
    with pytest.raises(Refused, match="No labels are being exported"):
        requests.ask("end-export", written=True)


def test_another_project_ends_the_export(worked: Workplace) -> None:
    requests = label_requests(worked)
    requests.ask("begin-export")
    worked.settle()
    copy = worked.run(worked.projects.duplicate(worked.project_id))
    worked.run(worked.session.open_project(copy))
    with pytest.raises(Refused, match="project was closed"):
        part(requests)


def test_a_project_that_is_only_read_is_exported(worked: Workplace) -> None:
    worked.settle()
    worked.start_session()
    worked.open(read_only=True)
    requests = label_requests(worked)
    requests.ask("begin-export")
    assert len(part(requests)) == 3
    requests.ask("end-export", written=True)
    worked.settle()
    (record,) = worked.run(worked.store.read_all("projects", ()))
    assert record["classOrder"] == []


def test_tags_keep_their_numbers_once_they_were_written(place: Workplace) -> None:
    def numbered() -> list[tuple[str, bool]]:
        return [(tag["name"], tag["deleted"]) for tag in exported(place)["tags"]]

    assert numbered() == [("Text", False), ("Title", False)]
    place.do("delete-tag", tagId=place.tag_ids[0])
    assert numbered() == [("Text", True), ("Title", False)]
    place.do("add-tag", name="Figure", color=None)
    place.reload()
    assert numbered() == [("Text", True), ("Title", False), ("Figure", False)]


def test_a_list_that_was_not_written_numbers_nothing(place: Workplace) -> None:
    exported(place, written=False)
    place.do("delete-tag", tagId=place.tag_ids[0])
    assert [tag["name"] for tag in exported(place)["tags"]] == ["Title"]


def test_the_importer_is_told_tags_and_assets(worked: Workplace) -> None:
    requests = label_requests(worked)
    context, _ = requests.ask("import-context")
    assert [tag["name"] for tag in context["tags"]] == ["Text", "Title"]
    assert context["assets"] == 3
    told, _ = requests.ask("import-assets", **{"from": 1, "count": 500})
    assert [row["name"] for row in told["assets"]] == ["page-1.png", "page-2.png"]
    assert (
        told["assets"][0].items()
        >= {
            "width": 100,
            "height": 100,
            "page": 0,
            "labelState": worked.rows[worked.ids[1]]["labelState"],
            "annotations": worked.rows[worked.ids[1]]["annotations"],
        }.items()
    )


def exported(place: Workplace, *, written: bool = True) -> Any:
    """What an export begins with; it is ended."""
    requests = label_requests(place)
    begun, _ = requests.ask("begin-export")
    requests.ask("end-export", written=written)
    return begun
