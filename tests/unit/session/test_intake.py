"""Images that come to a project: all of a chunk or none, each content once, each name once."""

from typing import Any

import pytest

from twoclick.session import wire
from twoclick.session.intake import Intake
from twoclick.session.refusal import Refused
from unit.session.workplace import Workplace, digest_of


def image(name: str, digest: str, **fields: Any) -> dict[str, Any]:
    about = {"width": 40, "height": 30, "type": "image/png", "bytes": 5}
    return {"name": name, "digest": digest, **about, **fields}


def add(place: Workplace, *images: dict[str, Any]) -> Intake:
    place.events.clear()
    files = {one["digest"]: one for one in images}
    refs = [{key: one[key] for key in ("digest", "type", "bytes")} for one in files.values()]
    intake = place.run(
        place.session.add_assets(
            wire.parse_assets(images), images=wire.parse_images(refs, list(files))
        )
    )
    assert isinstance(intake, Intake)
    return intake


def test_images_come_behind_all_others(place: Workplace) -> None:
    before = place.filed["changes"]
    message = wire.intake_message(add(place, image("b.png", "b"), image("a.png", "a", depth=16)))
    assert message == {"added": 2, "duplicates": [], "renamed": []}
    (told,) = place.told("assets-added")
    assert [(row["name"], row["depth"]) for row in told["assets"]] == [("b.png", 8), ("a.png", 16)]
    assert place.work_list["assetIds"] == list(place.ids)
    assert place.filed["changes"] == before + 2
    place.do("go-to", assetId=place.ids[4])
    place.reload()
    assert [row["name"] for row in place.rows.values()][3:] == ["b.png", "a.png"]
    assert place.run(place.store.read("images", ("a",)))["blob"].token == "a"


def test_the_same_content_is_taken_once_and_named(place: Workplace) -> None:
    intake = add(
        place, image("x.png", "x"), image("again.png", "x"), image("old.png", digest_of(1))
    )
    assert wire.intake_message(intake) == {
        "added": 1,
        "duplicates": [
            {"name": "again.png", "of": "x.png"},
            {"name": "old.png", "of": "page-1.png"},
        ],
        "renamed": [],
    }
    assert place.run(place.store.read("images", (digest_of(1),))) is None
    assert add(place, image("more.png", "x")).assets == ()
    assert place.events == []


def test_pages_of_one_file_are_assets_of_one_image(place: Workplace) -> None:
    intake = add(place, *(image(f"scan page {at}.tif", "t", page=at) for at in range(3)))
    assert [asset.page for asset in intake.assets] == [0, 1, 2]
    assert add(place, image("other.tif", "t", page=2)).duplicates[0].of == "scan page 2.tif"


def test_a_name_that_is_taken_gets_a_number(place: Workplace) -> None:
    first = add(place, image("page-1.png", "x"), image("page-1.png", "y"), image("bare", "z"))
    assert [asset.name for asset in first.assets] == ["page-1 (2).png", "page-1 (3).png", "bare"]
    assert [one.name for one in first.renamed] == ["page-1.png", "page-1.png"]
    assert [one.to for one in add(place, image("bare", "w")).renamed] == ["bare (2)"]


def test_what_matches_the_work_list_joins_it(place: Workplace) -> None:
    place.do("open-work-list", kind="name", value="page")
    add(place, image("page-9.png", "x"), image("photo.jpg", "y"))
    names = [place.rows[one]["name"] for one in place.work_list["assetIds"]]
    assert names == ["page-0.png", "page-1.png", "page-2.png", "page-9.png"]


def test_images_that_cannot_be_stored_are_not_there(place: Workplace) -> None:
    place.settle()
    place.store.refuse("quota", "the disk is full")
    with pytest.raises(Refused, match="the disk is full"):
        add(place, image("x.png", "x"))
    assert place.events == []
    place.store.accept()
    place.here("done", painted=[])
    place.reload()
    assert len(place.ids) == 3
    assert add(place, image("x.png", "x")).assets[0].ordinal == 3


def test_unsaved_steps_are_saved_before_images_come(place: Workplace) -> None:
    place.settle()
    place.store.refuse("quota", "the disk is full")
    place.here("done", painted=[])
    with pytest.raises(Refused) as raised:
        add(place, image("x.png", "x"))
    assert raised.value.code == "not-saved"
    place.store.accept()
    place.run(place.session.retry_save())
    add(place, image("x.png", "x"))
    place.reload()
    assert len(place.ids) == 4


def test_nothing_comes_to_a_project_for_reading_only(place: Workplace) -> None:
    place.settle()
    place.open(read_only=True)
    with pytest.raises(Refused) as raised:
        add(place, image("x.png", "x"))
    assert raised.value.code == "read-only"


def test_an_image_without_pixels_is_refused_by_name(place: Workplace) -> None:
    with pytest.raises(Refused, match=r"empty\.png"):
        add(place, image("good.png", "g"), image("empty.png", "x", width=0))
    assert len(place.ids) == 3


def test_suggestions_are_asked_for_new_images_where_they_are_wanted(place: Workplace) -> None:
    place.here("assist")
    for asset_id in place.ids:
        place.answer(asset=asset_id)
    add(place, image("x.png", "x"))
    assert place.wanted["assetIds"] == [place.ids[3]]
