"""Drawing, and giving annotations and suggestions another shape or tag."""

from typing import Any

import pytest

from twoclick.domain.geometry import Box, Shape, WholeImage
from twoclick.domain.shape_json import shape_json, shape_value
from unit.domain.shape_builders import polygon, rectangle
from unit.session.workplace import APART, Workplace

BOX = Box(10, 60, 30, 80)
TURNED = rectangle(50, 70, 20, 10, 0.3)
KITE = polygon([(10, 60), (30, 60), (30, 90)], [(20, 62), (22, 62), (22, 64)])
MOVED = Box(1, 2, 12, 13)
"""APART's first, mended."""


@pytest.mark.parametrize(
    ("shape", "name"),
    [(BOX, "Draw box"), (TURNED, "Draw rotated box"), (KITE, "Draw polygon")],
    ids=["box", "rotated box", "polygon"],
)
def test_a_drawn_shape_is_an_annotation_by_hand(place: Workplace, shape: Shape, name: str) -> None:
    annotation_id = place.draw(shape)
    row = place.annotations[annotation_id]
    assert (row["origin"], row["tagId"], row["edited"]) == ("hand", place.tag_ids[0], False)
    assert place.shapes == {annotation_id: shape}
    assert place.history["undo"] == name
    assert place.row["labelState"] == "started"
    (stored,) = place.document(place.current).annotations.values()
    assert (stored.shape, stored.author, stored.revision) == (shape, "me", 1)
    place.reload()
    assert place.shapes == {annotation_id: shape}


def test_a_new_shape_takes_the_tag_used_last(place: Workplace) -> None:
    first, second = place.tag_ids
    place.draw(BOX, tag_id=second)
    assert place.project["lastTagId"] == second
    drawn = place.draw(TURNED)
    assert place.annotations[drawn]["tagId"] == second
    place.retag(first, drawn)
    place.reload()
    assert place.annotations[place.draw(KITE)]["tagId"] == first


def test_without_tags_nothing_is_drawn(place: Workplace) -> None:
    for tag_id in place.tag_ids:
        place.do("delete-tag", tagId=tag_id)
    shape = {"kind": "box", "box": [*BOX]}
    assert place.refused_here("draw", tagId=None, shape=shape).code == "no-tag"


def test_the_whole_image_has_a_tag_once(place: Workplace) -> None:
    text, title = place.tag_ids
    whole = WholeImage(box=Box(0, 0, 100, 100))
    place.draw(whole, tag_id=text)
    assert place.history["undo"] == "Tag the whole image Text"
    about = {"tagId": text, "shape": shape_json(whole)}
    assert place.refused_here("draw", **about).message == "The whole image is Text already"
    place.draw(whole, tag_id=title)
    assert [row["tagId"] for row in place.annotations.values()] == [text, title]


def test_keypoints_are_as_many_as_the_tag_has(place: Workplace) -> None:
    text = place.tag_ids[0]
    about = {"name": "Text", "color": "#000000", "key": "1", "keypoints": "head\ntail"}
    place.do("change-tag", tagId=text, **about)
    three = {"kind": "keypoints", "box": [*BOX], "points": [12, 62] * 3, "visibility": [2, 1, 0]}
    refusal = place.refused_here("draw", tagId=text, shape=three)
    assert refusal.message == "Text has 2 keypoints, and 3 were drawn"
    drawn = place.draw(shape_value({**three, "points": [12, 62] * 2, "visibility": [2, 0]}))
    assert place.annotations[drawn]["tagId"] == text


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ({"kind": "box", "box": [0, 0, 0.5, 50]}, "too small"),
        ({"kind": "box", "box": [10, 10, 5, 50]}, "inside out"),
        ({"kind": "box", "box": [0, 0, 101, 50]}, "outside the image"),
        ({"kind": "box", "box": [float("nan"), 0, 10, 50]}, "not a number"),
        ({"kind": "polygon", "rings": [[0, 0, 9, 9, 9, 0, 0, 9]]}, "crosses itself"),
        ({"kind": "polygon", "rings": [[0, 0, 9, 9]]}, "at least 3 points"),
        ({"kind": "polygon", "rings": []}, "at least 3 points"),
        ({"kind": "rotated-box", "ring": [0, 0, 9, 0, 9, 9, 1, 9]}, "not a rectangle"),
    ],
)
def test_a_shape_that_cannot_be_is_refused(
    answered: Workplace, shape: dict[str, Any], said: str
) -> None:
    drawn = answered.draw(BOX)
    for named in (
        {"tag": "draw", "tagId": None},
        {"tag": "change-shape", "annotationId": drawn, "candidate": None},
        {"tag": "change-shape", "annotationId": None, "candidate": 0},
    ):
        refusal = answered.refused_here(**named, shape=shape)
        assert refusal.code == "bad-shape"
        assert said in refusal.message


def test_an_unknown_or_deleted_tag_is_refused(place: Workplace) -> None:
    drawn = place.draw(BOX)
    gone = place.tag_ids[1]
    place.do("delete-tag", tagId=gone)
    for tag_id in (gone, "unknown"):
        shape = {"kind": "box", "box": [*BOX]}
        assert place.refused_here("draw", tagId=tag_id, shape=shape).code == "unknown-tag"
        named = {"annotationIds": [drawn], "candidates": [], "tagId": tag_id}
        assert place.refused_here("set-tag", **named).code == "unknown-tag"


def test_changing_the_shape_of_an_annotation_is_one_step(answered: Workplace) -> None:
    answered.commit(0)
    (annotation_id,) = answered.annotations
    before = answered.document(answered.current)
    assert answered.reshape(annotation_id, KITE).name == "Change shape"
    after = answered.document(answered.current).annotations[annotation_id]
    assert (after.shape, after.edited, after.revision) == (KITE, True, 2)
    assert after.provenance == before.annotations[annotation_id].provenance
    assert answered.annotations[annotation_id]["edited"]
    assert answered.shapes == {annotation_id: KITE}
    answered.do("undo")
    assert answered.document(answered.current) == before
    assert answered.shapes == {annotation_id: APART[0][0]}


def test_the_same_shape_again_is_no_step(place: Workplace) -> None:
    drawn = place.draw(BOX)
    assert place.reshape(drawn, BOX).revision
    assert place.told("changes") == []
    assert place.annotations[drawn]["edited"] is False


def test_a_change_names_one_shape(answered: Workplace) -> None:
    drawn = answered.draw(BOX)
    for named in (
        {"annotationId": None, "candidate": None},
        {"annotationId": drawn, "candidate": 0},
    ):
        shape = {"kind": "box", "box": [*MOVED]}
        assert answered.refused_here("change-shape", **named, shape=shape).code == "nothing-named"
        assert answered.refused_here("nudge", **named, dx=1, dy=1).code == "nothing-named"


def test_a_nudge_stays_inside_the_image(place: Workplace) -> None:
    drawn = place.draw(BOX)
    place.nudge(drawn, -4, 0)
    assert place.shapes[drawn] == Box(6, 60, 26, 80)
    place.nudge(drawn, -10, 40)
    assert place.shapes[drawn] == Box(0, 80, 20, 100)
    place.nudge(drawn, -1, 0)
    assert place.told("changes") == []
    for far in (float("nan"), float("inf")):
        named = {"annotationId": drawn, "candidate": None}
        assert place.refused_here("nudge", **named, dx=far, dy=0).code == "bad-value"


def test_nudges_in_a_row_are_one_step(place: Workplace) -> None:
    first, second = place.draw(BOX), place.draw(TURNED)
    before = place.documents()
    for _ in range(3):
        place.nudge(first, 1, 0)
    place.nudge(first, -3, 0)
    assert place.shapes[first] == BOX
    place.nudge(first, 0, 2)
    place.nudge(second, 5, 0)
    place.nudge(first, 0, 2)
    changes = place.filed["changes"]
    for left in (2, 2, 0):
        place.do("undo")
        assert place.shapes[first] == Box(10, 60 + left, 30, 80 + left)
    assert place.documents() == before
    assert place.filed["changes"] == changes + 3
    for _ in range(3):
        place.do("redo")
    assert place.shapes[first] == Box(10, 64, 30, 84)


def test_a_nudge_after_undo_begins_a_new_step(place: Workplace) -> None:
    drawn = place.draw(BOX)
    place.nudge(drawn, 1, 0)
    place.here("delete-annotations", annotationIds=[drawn])
    place.do("undo")
    place.nudge(drawn, 1, 0)
    place.do("undo")
    assert place.shapes[drawn] == Box(11, 60, 31, 80)


def test_nudges_are_one_step_across_a_reload(place: Workplace) -> None:
    drawn = place.draw(BOX)
    place.nudge(drawn, 1, 0)
    place.reload()
    place.nudge(drawn, 1, 0)
    place.do("undo")
    assert place.shapes[drawn] == BOX


def test_tags_of_many_shapes_are_set_in_one_step(answered: Workplace) -> None:
    answered.commit(0, 1)
    text, title = answered.tag_ids
    (first, second) = answered.annotations
    before = answered.documents()
    accepted = answered.retag(title, first, second, 2)
    assert accepted.name == "Set tag Title"
    assert [row["tagId"] for row in answered.annotations.values()] == [title, title]
    assert [row["edited"] for row in answered.annotations.values()] == [True, False]
    assert answered.view["tags"][2] == title
    assert answered.view["edited"] == [2]
    answered.do("undo")
    assert answered.documents() == before
    assert answered.view["tags"][2] == text


def test_a_tag_that_is_there_already_is_no_step(answered: Workplace) -> None:
    answered.commit(0)
    (annotation_id,) = answered.annotations
    accepted = answered.retag(answered.tag_ids[0], annotation_id)
    assert accepted.name is None
    assert answered.annotations[annotation_id]["edited"] is False
    assert answered.refused_here(
        "set-tag", annotationIds=[], candidates=[], tagId=answered.tag_ids[0]
    ).code == ("nothing-named")


# --- suggestions ------------------------------------------------------------------------------


def test_a_mended_suggestion_is_selected_and_says_so(answered: Workplace) -> None:
    assert answered.reshape(0, MOVED).name == "Change shape"
    assert answered.view["status"] == [0, 0, 0, 1]
    assert answered.view["selected"] == [0]
    assert answered.edited == {0: MOVED}
    assert answered.annotations == {}
    answered.reload()
    assert answered.edited == {0: MOVED}


def test_a_mended_suggestion_is_committed_as_it_is_seen(answered: Workplace) -> None:
    title = answered.tag_ids[1]
    answered.reshape(0, KITE)
    answered.retag(title, 0)
    before = answered.documents()
    answered.here("commit", painted=answered.painted)
    (stored,) = answered.document(answered.current).annotations.values()
    assert (stored.shape, stored.tag_id, stored.edited) == (KITE, title, True)
    assert stored.provenance is not None
    assert stored.provenance.link.candidate == 0
    assert answered.document(answered.current).edits == {}
    assert answered.view["status"] == [5, 0, 0, 1]
    answered.do("undo")
    assert answered.documents() == before
    assert answered.edited == {0: KITE}


def test_a_suggestion_mended_back_is_the_models_again(answered: Workplace) -> None:
    text, title = answered.tag_ids
    answered.nudge(0, 1, 0)
    answered.nudge(0, -1, 0)
    answered.retag(title, 1)
    answered.retag(text, 0)
    assert answered.view["edited"] == []
    assert answered.document(answered.current).edits == {}


def test_nudges_of_a_suggestion_are_one_step(answered: Workplace) -> None:
    before = answered.documents()
    for _ in range(4):
        answered.nudge(1, 0, 1)
    assert answered.edited == {1: Box(20, 4, 30, 14)}
    answered.do("undo")
    assert answered.documents() == before


def test_only_what_is_shown_can_be_mended(answered: Workplace) -> None:
    shape = {"kind": "box", "box": [*MOVED]}
    for candidate, code in ((3, "nothing-shown"), (9, "unknown-candidate")):
        named = {"annotationId": None, "candidate": candidate}
        assert answered.refused_here("change-shape", **named, shape=shape).code == code
        named = {"annotationIds": [], "candidates": [candidate], "tagId": answered.tag_ids[0]}
        assert answered.refused_here("set-tag", **named).code == code


def test_what_is_hidden_is_neither_retagged_nor_selected_with_the_others(
    answered: Workplace,
) -> None:
    answered.retag(answered.tag_ids[1], 0, 3)
    assert answered.view["status"] == [0, 0, 0, 1]
    assert (answered.view["selected"], answered.view["edited"]) == ([0], [0])


def test_a_mended_suggestion_stays_below_the_threshold(answered: Workplace) -> None:
    answered.nudge(2, 1, 0)
    answered.here("select", candidates=[2], mode="remove")
    predictor_id = answered.project["activePredictorId"]
    answered.do("set-threshold", predictorId=predictor_id, value=0.95, tagId=None, final=True)
    assert answered.view["status"] == [1, 1, 0, 1]
    assert answered.view["commitAll"]["count"] == 1


def test_rejecting_a_mended_suggestion_keeps_the_models_own_shape(answered: Workplace) -> None:
    text, title = answered.tag_ids
    answered.reshape(0, KITE)
    answered.retag(title, 0)
    before = answered.documents()
    answered.here("reject", candidates=[0])
    document = answered.document(answered.current)
    (rejection,) = document.rejections.values()
    assert (rejection.shape, rejection.tag_id) == (APART[0][0], text)
    assert document.edits == {}
    assert answered.view["status"] == [4, 0, 0, 1]
    answered.do("undo")
    assert answered.documents() == before


def test_deleting_a_mended_annotation_rejects_what_the_model_said(answered: Workplace) -> None:
    text, title = answered.tag_ids
    answered.commit(0)
    (annotation_id,) = answered.annotations
    answered.reshape(annotation_id, KITE)
    answered.retag(title, annotation_id)
    answered.here("delete-annotations", annotationIds=[annotation_id])
    (rejection,) = answered.document(answered.current).rejections.values()
    assert (rejection.shape, rejection.tag_id) == (APART[0][0], text)


def test_a_mended_suggestion_that_is_passed_over_is_hidden(answered: Workplace) -> None:
    first = answered.current
    answered.nudge(0, 1, 0)
    answered.here("select", candidates=[0], mode="remove")
    answered.here("done", painted=answered.painted)
    answered.do("go-to", assetId=first)
    assert answered.annotations == {}
    assert answered.view["status"] == [6, 6, 6, 1]


def test_mending_what_is_finished_starts_it_again(answered: Workplace) -> None:
    first = answered.current
    answered.commit(0)
    answered.here("done", painted=[])
    answered.do("go-to", assetId=first)
    (annotation_id,) = answered.annotations
    answered.nudge(annotation_id, 1, 0)
    assert answered.row["labelState"] == "started"
    answered.do("undo")
    assert answered.row["labelState"] == "labelled"


def test_suggestions_with_rings_are_committed_with_them(place: Workplace) -> None:
    place.here("assist")
    place.answer([(TURNED, 0.9, 0), (KITE, 0.8, 1), (BOX, 0.7, 0)])
    (told,) = place.told("predictions")
    assert [len(buffer) for buffer in told["buffers"]][3:] == [3, 3 * 8, (4 + 3 + 3) * 16, 0]
    place.here("commit-all", painted=place.painted)
    assert list(place.shapes.values()) == [TURNED, KITE, BOX]
    place.reload()
    assert list(place.shapes.values()) == [TURNED, KITE, BOX]
    assert place.view["status"] == [5, 5, 5]
