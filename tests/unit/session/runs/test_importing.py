"""Importing annotations: what becomes of each image, what is counted, and how it is taken back."""

from typing import Any

import pytest

from twoclick.domain.geometry import Box, Keypoints, Shape
from twoclick.domain.rings import pack_ring
from twoclick.session.refusal import Refused
from unit.session.runs.importing import A, B, C, Importing, OnImage, imported, moved
from unit.session.workplace import Workplace

BOTH = (OnImage(at=0, shapes=[(A, 0), (B, 1)]), OnImage(at=2, shapes=[(C, 1)]))


def shapes_on(place: Workplace, at: int) -> list[Shape]:
    """The shapes of the annotations that are stored on an asset."""
    return [one.shape for one in place.document(place.ids[at]).annotations.values()]


def states(place: Workplace) -> list[str]:
    return [state for _, state in place.documents()]


def test_annotations_are_added_beside_what_is_there(place: Workplace) -> None:
    place.draw(C, tag_id=place.tag_ids[0])
    assert imported(place, *BOTH) == {"changed": 2, "added": 3, "removed": 0, "skipped": 0}
    assert shapes_on(place, 0) == [C, A, B]
    assert list(place.shapes.values()) == [C, A, B]
    assert [row["origin"] for row in place.annotations.values()] == ["hand", "import", "import"]
    assert states(place) == ["labelled", "todo", "labelled"]
    assert place.rows[place.ids[2]]["annotations"] == 1
    assert [tag["uses"] for tag in place.project["tags"]] == [2, 2]
    assert place.said() == ["Imported 3 annotations on 2 images; Ctrl+Z takes it back"]
    author = {one.author for one in place.document(place.ids[2]).annotations.values()}
    assert author == {"me"}


def test_it_is_one_step_that_undo_takes_back_and_redo_does_again(answered: Workplace) -> None:
    answered.commit(0)
    answered.do("step", direction="next")
    before = answered.documents()
    imported(answered, *BOTH)
    after = answered.documents()
    assert answered.history == {"undo": "Import labels", "redo": None}
    for _ in range(2):
        moved(answered, "undo")
        assert answered.documents() == before
        assert answered.history == {"undo": "Commit 1 suggestion", "redo": "Import labels"}
        answered.reload()
        moved(answered, "redo")
        assert answered.documents() == after
        answered.reload()
    assert answered.history == {"undo": "Import labels", "redo": None}


def test_importing_twice_doubles_nothing(place: Workplace) -> None:
    imported(place, *BOTH)
    before = place.documents()
    again = imported(place, *BOTH)
    assert again == {"changed": 0, "added": 0, "removed": 0, "skipped": 3}
    assert place.documents() == before
    assert place.said() == ["Import labels: everything in it is there already"]
    more = OnImage(at=0, shapes=[(A, 0), (C, 0)])
    imported(place, more)
    assert place.said() == [
        "Imported 1 annotation on 1 image, 1 was there already; Ctrl+Z takes it back"
    ]


def test_what_brings_nothing_is_no_step_and_leaves_nothing(place: Workplace) -> None:
    place.draw(C, tag_id=place.tag_ids[0])
    imported(place, *BOTH)
    there = place.history, place.project["tags"]
    imported(
        place,
        *BOTH,
        OnImage(at=1),
        tags=["Text", "Title", "Other"],
        newTags=[{"name": "Other"}],
        labelState="as-file",
        ordered=True,
    )
    assert place.said() == ["Import labels: everything in it is there already"]
    for _ in range(2):
        assert place.history == there[0]
        assert place.project["tags"] == there[1]
        assert len(place.run(place.store.keys("runs", ()))) == 1
        assert len(place.run(place.store.keys("history", ()))) == 2
        place.reload()
    (project,) = place.run(place.store.read_all("projects", ()))
    assert project["classOrder"] == place.tag_ids[:2]
    moved(place, "undo")
    assert place.history == {"undo": "Draw box", "redo": "Import labels"}
    assert shapes_on(place, 0) == [C]


def test_what_is_there_is_replaced_on_the_images_of_the_file_alone(answered: Workplace) -> None:
    answered.commit(0, 1)
    answered.do("step", direction="next")
    answered.commit(0)
    before = answered.documents()
    counts = imported(answered, OnImage(at=0, shapes=[(A, 1)]), OnImage(at=2), mode="replace")
    assert counts == {"changed": 2, "added": 1, "removed": 2, "skipped": 0}
    assert [len(document.annotations) for document, _ in answered.documents()] == [1, 1, 0]
    assert states(answered) == ["labelled", "started", "labelled"]
    moved(answered, "undo")
    assert answered.documents() == before


@pytest.mark.parametrize(
    ("asked", "fields", "expected"),
    [
        ("labelled", {}, "labelled"),
        ("started", {}, "started"),
        ("as-file", {"labelState": "approved"}, "approved"),
        ("as-file", {"labelState": "skipped", "note": "blurred"}, "skipped"),
        ("as-file", {}, "started"),
    ],
)
def test_label_states(place: Workplace, asked: str, fields: dict[str, Any], expected: str) -> None:
    imported(place, OnImage(at=0, shapes=[(A, 0)], fields=fields), labelState=asked)
    assert states(place) == [expected, "todo", "todo"]
    assert place.rows[place.ids[0]]["note"] == fields.get("note")
    moved(place, "undo")
    assert states(place) == ["todo"] * 3


def test_what_is_no_news_leaves_an_approved_image_approved(place: Workplace) -> None:
    place.draw(A, tag_id=place.tag_ids[0])
    place.here("done", painted=[])
    place.do("go-to", assetId=place.ids[0])
    place.here("approve")
    imported(place, OnImage(at=0, shapes=[(A, 0)]))
    assert states(place)[0] == "approved"
    imported(place, OnImage(at=0, shapes=[(B, 0)]))
    assert states(place)[0] == "labelled"


def test_new_tags_come_with_it_and_go_with_it(place: Workplace) -> None:
    new = [{"name": "Figure", "color": "#123456", "key": "7"}, {"name": "text"}]
    run = Importing(place, newTags=new, tags=["figure", "Text", None])
    run.add(OnImage(at=1, shapes=[(A, 0), (B, 1), (C, 2)]))
    assert names(place) == ["Text", "Title"]
    assert run.start()["added"] == 2
    assert run.begun["tagIds"] == [place.tag_ids[2], place.tag_ids[0], None]
    assert names(place) == ["Text", "Title", "Figure"]
    assert place.project["tags"][2].items() >= {"color": "#123456", "key": "7"}.items()
    moved(place, "undo")
    assert names(place) == ["Text", "Title"]
    place.do("add-tag", name="Figure", color=None)
    place.do("change-tag", tagId=place.tag_ids[2], name="Table", color="#123456", key="7")
    place.reload()
    moved(place, "redo")
    assert sorted(names(place)) == ["Table", "Text", "Title"]
    assert place.document(place.ids[1]).annotations


POINTS = {"keypoints": ["nose", "tail"], "skeleton": [[0, 1]]}
POSED = Keypoints(box=A, points=pack_ring((11, 11, 12, 12)), visibility=bytes((2, 0)))


def points_of(place: Workplace) -> list[Any]:
    return [(tag["keypoints"], tag["skeleton"]) for tag in place.project["tags"]]


def test_keypoints_come_with_tags_and_go_with_them(place: Workplace) -> None:
    first, second = place.tag_ids
    new = [{"name": "Cat", **POINTS}]
    points = [{"tagId": first, **POINTS}]
    run = Importing(place, newTags=new, tags=["Cat", "Text"], points=points)
    run.add(OnImage(at=1, shapes=[(POSED, 0), (POSED, 1)]))
    assert points_of(place) == [([], []), ([], [])]
    assert run.start()["added"] == 2
    told = (["nose", "tail"], [[0, 1]])
    assert points_of(place) == [told, ([], []), told]
    moved(place, "undo")
    assert points_of(place) == [([], []), ([], [])]
    place.reload()
    moved(place, "redo")
    assert points_of(place) == [told, ([], []), told]
    assert [one.shape for one in place.document(place.ids[1]).annotations.values()] == [POSED] * 2
    other = [{"tagId": one, "keypoints": ["other"], "skeleton": []} for one in (first, second)]
    imported(place, OnImage(at=0, shapes=[(B, 0)]), tags=["Text", None], points=other)
    assert points_of(place) == [told, (["other"], []), told]


@pytest.mark.parametrize("skeleton", [[[0, 2]], [[0]], [[-1, 0]], [[0, 1, 1]]])
def test_a_skeleton_is_between_keypoints(place: Workplace, skeleton: list[Any]) -> None:
    wrong = {"keypoints": ["nose", "tail"], "skeleton": skeleton}
    with pytest.raises(Refused, match="skeleton"):
        Importing(place, newTags=[{"name": "Cat", **wrong}])
    with pytest.raises(Refused, match="skeleton"):
        Importing(place, points=[{"tagId": place.tag_ids[0], **wrong}])


def test_a_file_of_our_own_keeps_what_it_knows(place: Workplace) -> None:
    kept = {
        "id": "x1",
        "createdAt": 5,
        "revision": 3,
        "author": "ann",
        "edited": True,
        "provenance": {
            "predictorId": "p",
            "digest": "d",
            "candidate": 4,
            "classId": 1,
            "iteration": 2,
            "score": 0.75,
        },
    }
    plain = {**kept, "id": "x2", "provenance": None}
    on_image = OnImage(at=0, shapes=[(A, 0), (B, 1), (C, 0)], fields={"kept": [kept, plain, None]})
    imported(place, on_image)
    first, second, third = place.document(place.ids[0]).annotations.values()
    assert (first.id, first.created_at, first.revision, first.author) == ("x1", 5, 3, "ann")
    assert first.provenance is not None
    assert (first.origin, second.origin, third.origin) == ("model", "import", "import")
    assert third.author == "me"
    place.reshape("x1", Box(1, 1, 9, 9))
    assert imported(place, on_image)["skipped"] == 3
    counts = imported(place, on_image, mode="replace")
    assert counts == {"changed": 1, "added": 2, "removed": 2, "skipped": 0}
    moved(place, "undo")
    assert shapes_on(place, 0)[0] == Box(1, 1, 9, 9)


def test_numbers_of_classes_come_from_a_class_list(place: Workplace) -> None:
    new = [{"name": "Figure"}]
    order = ["Title", "Figure"]
    imported(place, OnImage(at=0, shapes=[(A, 1)]), newTags=new, tags=order, ordered=True)
    requests = Importing(place).requests
    assert [tag["name"] for tag in requests.ask("begin-export")[0]["tags"]] == [*order, "Text"]
    requests.ask("end-export", written=False)
    moved(place, "undo")
    assert [tag["name"] for tag in requests.ask("begin-export")[0]["tags"]] == ["Text", "Title"]


def test_nothing_is_seen_of_what_is_only_planned(place: Workplace) -> None:
    before = place.documents()
    run = Importing(place)
    run.add(*BOTH)
    assert place.documents() == before
    assert run.give_up() is False
    assert place.run(place.store.read_all("runs", ())) == []
    assert place.run(place.store.read_all("runParts", ())) == []
    Importing(place).add(*BOTH)
    place.reload()
    assert place.run(place.store.read_all("runParts", ())) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"tags": ["Nothing"]}, "unknown-tag"),
        ({"name": " "}, "bad-value"),
        ({"as": "suggestions", "predictor": None}, "bad-value"),
    ],
)
def test_what_does_not_fit_is_refused(place: Workplace, fields: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        Importing(place, **fields)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "wrong",
    [
        OnImage(at=0, shapes=[(Box(50, 50, 101, 60), 0)]),
        OnImage(at=0, shapes=[(A, 2)]),
        OnImage(at=0, shapes=[(A, 0)], fields={"kept": [None, None]}),
        OnImage(at=0, shapes=[(A, 0)], fields={"assetId": "nothing"}),
    ],
)
def test_what_cannot_be_placed_is_refused(place: Workplace, wrong: OnImage) -> None:
    run = Importing(place)
    with pytest.raises(Refused):
        run.add(wrong)
    run.give_up()
    assert place.run(place.store.read_all("runParts", ())) == []


def test_an_image_comes_once(place: Workplace) -> None:
    run = Importing(place)
    run.add(BOTH[0])
    with pytest.raises(Refused, match="twice"):
        run.add(BOTH[0])


def test_an_import_of_nothing_is_not_begun(place: Workplace) -> None:
    with pytest.raises(Refused) as refused:
        Importing(place).start()
    assert refused.value.code == "nothing-planned"
    assert place.history == {"undo": None, "redo": None}


def names(place: Workplace) -> list[str]:
    return [tag["name"] for tag in place.project["tags"]]
