"""Tags are added, changed and deleted, and come back with the shapes that have them."""

from typing import Any

import pytest

from twoclick.domain.geometry import VISIBLE, Box, Keypoints
from twoclick.domain.rings import pack_ring
from unit.session.workplace import Workplace

BOX = Box(10, 60, 30, 80)


def tag(place: Workplace, name: str) -> dict[str, Any]:
    (found,) = [row for row in place.project["tags"] if row["name"] == name]
    return dict(found)


def test_a_tag_is_added_with_the_next_colour_and_key(place: Workplace) -> None:
    place.do("add-tag", name="  Page   number ", color=None)
    assert tag(place, "Page number")["key"] == "3"
    place.do("add-tag", name="Stamp", color="#123abc")
    assert tag(place, "Stamp")["color"] == "#123abc"
    place.reload()
    assert [row["name"] for row in place.project["tags"]] == [
        "Text",
        "Title",
        "Page number",
        "Stamp",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " ", "color": None}, "A tag needs a name"),
        ({"name": "TEXT", "color": None}, 'There is a tag named "Text" already'),
        ({"name": "New", "color": "red"}, "The colour of a tag is # and six digits"),
        ({"name": "New", "color": "#12345"}, "The colour of a tag is # and six digits"),
    ],
)
def test_a_tag_that_cannot_be_is_refused(
    place: Workplace, fields: dict[str, Any], said: str
) -> None:
    before = place.project["tags"]
    assert place.refused("add-tag", **fields).message.startswith(said)
    if fields["color"] is not None or fields["name"] == " ":
        about = {"tagId": place.tag_ids[0], "key": None, "color": "#000000"}
        given = {key: value for key, value in fields.items() if value is not None}
        assert place.refused("change-tag", **{**about, **given}).message.startswith(said)
    assert place.project["tags"] == before


def test_a_tag_is_changed_and_takes_its_key_from_another(place: Workplace) -> None:
    text, title = place.tag_ids
    place.do("change-tag", tagId=text, name="text", color="#000000", key="2")
    changed = tag(place, "text")
    assert (changed["id"], changed["color"], changed["key"]) == (text, "#000000", "2")
    assert tag(place, "Title")["key"] is None
    about = {"tagId": text, "name": "text", "color": "#000000"}
    assert place.refused("change-tag", **about, key="0").code == "bad-value"
    assert place.refused("change-tag", **{**about, "tagId": "x"}, key="1").code == "unknown-tag"
    assert place.refused("change-tag", **{**about, "name": "title"}, key="1").code == "bad-value"
    place.do("change-tag", **about, key="2")
    assert place.told("settings") == []
    assert title in place.tag_ids


def named(place: Workplace, text: str) -> dict[str, Any]:
    return {
        "tagId": place.tag_ids[0],
        "name": "Text",
        "color": "#000000",
        "key": "1",
        "keypoints": text,
    }


def test_keypoints_are_typed_and_stay_where_nothing_is_said_of_them(place: Workplace) -> None:
    place.do("change-tag", **named(place, " head \n\nTail\nhead - tail\nleg\nTail - leg\n"))
    expected = (["head", "Tail", "leg"], [[0, 1], [1, 2]])
    told = tag(place, "Text")
    assert (told["keypoints"], told["skeleton"]) == expected
    place.do("change-tag", tagId=place.tag_ids[0], name="Text", color="#123456", key="1")
    place.reload()
    told = tag(place, "Text")
    assert told["color"] == "#123456"
    assert (told["keypoints"], told["skeleton"]) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("head\nHead", 'Line 2: "Head" is in line 1 already'),
        ("head\n\nhead - tail", 'Line 3: no keypoint is named "tail"'),
        ("head\nhead - head", 'Line 2: "head" is joined to itself'),
        ("a\nb\na - b - a", "Line 3: a line of the skeleton joins two names"),
        ("\n".join(map(str, range(201))), "A tag has at most 200 keypoints"),
    ],
)
def test_keypoints_that_cannot_be_are_refused(place: Workplace, text: str, said: str) -> None:
    assert place.refused("change-tag", **named(place, text)).message.startswith(said)
    assert tag(place, "Text")["keypoints"] == []


def test_the_number_of_keypoints_stays_while_annotations_may_have_them(place: Workplace) -> None:
    place.do("change-tag", **named(place, "head\ntail"))
    place.draw(keypoints_on(BOX, 2), tag_id=place.tag_ids[0])
    refusal = place.refused("change-tag", **named(place, "head\ntail\nleg"))
    assert refusal.code == "tag-used"
    assert refusal.message.startswith("1 annotation with the tag Text may have its 2 keypoints")
    place.do("change-tag", **named(place, "nose\ntail"))
    assert tag(place, "Text")["keypoints"] == ["nose", "tail"]


def test_keypoints_get_names_while_annotations_have_none(place: Workplace) -> None:
    place.draw(BOX, tag_id=place.tag_ids[0])
    place.do("change-tag", **named(place, "head\ntail"))
    assert tag(place, "Text")["keypoints"] == ["head", "tail"]


def keypoints_on(box: Box, count: int) -> Keypoints:
    at = (box.x0 + 1, box.y0 + 1)
    return Keypoints(box=box, points=pack_ring(at * count), visibility=bytes([VISIBLE] * count))


def test_a_tag_that_is_used_is_not_deleted(answered: Workplace) -> None:
    answered.commit(0, 2)
    answered.do("step", direction="next")
    answered.commit(0)
    text, title = answered.tag_ids
    refusal = answered.refused("delete-tag", tagId=text)
    assert refusal.code == "tag-used"
    assert "3 annotations on 2 images" in refusal.message
    assert tag(answered, "Text")["uses"] == 3
    answered.nudge(1, 1, 0)
    answered.retag(text, 1)
    answered.do("delete-tag", tagId=title)
    answered.retag(text, 1)


def test_a_tag_that_an_edited_suggestion_has_is_not_deleted(answered: Workplace) -> None:
    title = answered.tag_ids[1]
    answered.retag(title, 0)
    refusal = answered.refused("delete-tag", tagId=title)
    assert "1 edited suggestion" in refusal.message


def test_a_deleted_tag_is_gone_from_everywhere(answered: Workplace) -> None:
    text, title = answered.tag_ids
    predictor_id = answered.project["activePredictorId"]
    answered.do("set-threshold", predictorId=predictor_id, value=0.1, tagId=title, final=True)
    answered.draw(BOX, tag_id=title)
    answered.do("undo")
    answered.do("delete-tag", tagId=title)
    assert answered.tag_ids == [text]
    assert answered.project["lastTagId"] is None
    assert answered.view["status"] == [0, 7, 0, 7]
    (predictor,) = answered.project["predictors"]
    assert predictor["tagThresholds"] == {}
    assert answered.refused("delete-tag", tagId=title).code == "unknown-tag"
    answered.reload()
    assert answered.tag_ids == [text]


def test_redo_brings_a_deleted_tag_back_with_its_shapes(place: Workplace) -> None:
    text, title = place.tag_ids
    drawn = place.draw(BOX, tag_id=title)
    place.do("undo")
    place.do("delete-tag", tagId=title)
    place.do("add-tag", name="Stamp", color=None)
    place.do("redo")
    assert place.annotations[drawn]["tagId"] == title
    back = tag(place, "Title")
    assert (back["id"], back["key"], back["uses"]) == (title, None, 1)
    assert text in place.tag_ids


def test_undo_brings_a_deleted_tag_back_with_an_edit(answered: Workplace) -> None:
    title = answered.tag_ids[1]
    answered.retag(title, 0)
    answered.do("undo")
    answered.do("delete-tag", tagId=title)
    answered.do("redo")
    assert title in answered.tag_ids
    assert answered.view["tags"][0] == title


def test_a_deleted_tag_comes_back_where_an_edited_suggestion_has_it(answered: Workplace) -> None:
    first, title = answered.current, answered.tag_ids[1]
    answered.retag(title, 0)
    answered.do("step", direction="next")
    answered.do("delete-tag", tagId=title)
    assert title not in answered.tag_ids
    answered.do("go-to", assetId=first)
    assert title in answered.tag_ids
    assert answered.view["tags"][0] == title


def test_edits_of_an_earlier_answer_keep_no_tag(answered: Workplace) -> None:
    title = answered.tag_ids[1]
    answered.retag(title, 0)
    answered.here("ask-anew")
    answered.answer([(BOX, 0.9, 0)])
    answered.do("delete-tag", tagId=title)
    assert title not in answered.tag_ids


def test_adding_a_tag_of_a_deleted_ones_name_brings_that_back(place: Workplace) -> None:
    title = place.tag_ids[1]
    place.do("delete-tag", tagId=title)
    place.do("add-tag", name="title", color=None)
    assert tag(place, "title")["id"] == title


def test_uses_are_counted_in_steps_as_they_are_from_anew(answered: Workplace) -> None:
    answered.here("commit-all", painted=answered.painted)
    answered.do("step", direction="next")
    answered.here("commit-all-and-next", painted=answered.painted)
    answered.do("undo")
    answered.do("redo")
    uses = {row["name"]: row["uses"] for row in answered.project["tags"]}
    assert uses == {"Text": 4, "Title": 2}
    answered.reload()
    assert {row["name"]: row["uses"] for row in answered.project["tags"]} == uses


def test_work_on_tags_counts_as_work(place: Workplace) -> None:
    place.do("add-tag", name="Stamp", color=None)
    assert place.filed["changes"] == 1
