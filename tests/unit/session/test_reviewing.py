"""Rejecting, deleting, and readings."""

import pytest

from twoclick.domain.geometry import Box
from unit.session.workplace import APART, Workplace


def test_a_rejected_suggestion_is_gone_and_unselected(answered: Workplace) -> None:
    answered.here("select", candidates=[0, 1], mode="add")
    accepted = answered.here("reject", candidates=[0])
    assert accepted.name == "Reject 1 suggestion"
    assert answered.view["status"] == [4, 0, 0, 1]
    assert answered.view["selected"] == [1]
    assert answered.row["labelState"] == "started"


def test_a_rejection_outlives_another_answer_of_the_same_predictor(answered: Workplace) -> None:
    answered.here("reject", candidates=[0])
    answered.here("ask-anew")
    moved = [(Box(0, 0, 10, 9), 0.95, 0), (Box(0, 0, 10, 9), 0.9, 1)]
    answered.answer(moved)
    assert answered.view["status"] == [4, 0]


def test_only_what_is_shown_can_be_rejected(answered: Workplace) -> None:
    assert answered.refused("reject", assetId=answered.current, candidates=[3]).code == (
        "nothing-shown"
    )
    assert answered.refused("reject", assetId=answered.current, candidates=[9]).code == (
        "unknown-candidate"
    )


def test_deleting_what_came_from_a_model_rejects_it(answered: Workplace) -> None:
    answered.commit(0)
    (annotation_id,) = answered.annotations
    answered.here("delete-annotations", annotationIds=[annotation_id])
    assert answered.annotations == {}
    assert answered.view["status"] == [4, 0, 0, 1]


def test_undoing_a_deletion_gives_back_annotation_and_link(answered: Workplace) -> None:
    answered.commit(0)
    (annotation_id,) = answered.annotations
    before = answered.document(answered.current)
    answered.here("delete-annotations", annotationIds=[annotation_id])
    answered.do("undo")
    assert list(answered.annotations) == [annotation_id]
    assert answered.view["status"] == [5, 0, 0, 1]
    assert answered.document(answered.current) == before


def test_an_unknown_annotation_is_refused_and_nothing_deleted(answered: Workplace) -> None:
    answered.commit(0)
    ids = [*answered.annotations, "unknown"]
    refusal = answered.refused("delete-annotations", assetId=answered.current, annotationIds=ids)
    assert refusal.code == "unknown-annotation"
    assert len(answered.annotations) == 1


READINGS = [
    (Box(0, 0, 10, 10), 0.9, 0),
    (Box(0, 0, 10, 9.5), 0.8, 1),
    (Box(40, 0, 50, 10), 0.7, 0),
]


def test_swapping_shows_the_other_reading_and_keeps_it_selected(place: Workplace) -> None:
    place.here("assist")
    place.answer(READINGS)
    place.here("select", candidates=[0], mode="add")
    place.here("swap-reading", candidate=0)
    assert place.view["status"] == [8, 0, 0]
    assert place.view["readings"] == [[1, 0]]
    assert place.view["selected"] == [1]
    place.here("swap-reading", candidate=1)
    assert place.view["status"] == [0, 8, 0]
    assert place.view["selected"] == [0]


def test_the_swapped_reading_is_the_one_committed_and_the_other_stays_away(
    place: Workplace,
) -> None:
    place.here("assist")
    place.answer(READINGS)
    place.here("swap-reading", candidate=0)
    place.here("commit-all", painted=place.painted)
    assert [row["tagId"] for row in place.annotations.values()] == [
        place.tag_ids[1],
        place.tag_ids[0],
    ]
    assert place.view["status"] == [9, 5, 5]


def test_what_has_one_reading_cannot_be_swapped(answered: Workplace) -> None:
    assert answered.refused("swap-reading", assetId=answered.current, candidate=0).code == (
        "unknown-candidate"
    )


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("toggle", [1, 2]), ("add", [0, 1, 2]), ("remove", [1]), ("only", [0, 2])],
)
def test_modes_of_selecting(answered: Workplace, mode: str, expected: list[int]) -> None:
    answered.here("select", candidates=[0, 1], mode="only")
    answered.here("select", candidates=[0, 2], mode=mode)
    assert answered.view["selected"] == expected
    assert answered.row["selected"] == len(expected)


def test_nothing_is_selected_while_hidden(answered: Workplace) -> None:
    answered.do("show-suggestions", shown=False)
    refusal = answered.refused("select", assetId=answered.current, candidates=[0], mode="add")
    assert refusal.code == "suggestions-hidden"


def test_a_selected_one_stays_shown_below_the_threshold(answered: Workplace) -> None:
    answered.here("select", candidates=[2], mode="add")
    predictor_id = answered.project["activePredictorId"]
    answered.do("set-threshold", predictorId=predictor_id, value=0.95, tagId=None, final=True)
    assert answered.view["status"] == [1, 1, 0, 1]
    assert answered.view["selected"] == [2]


def test_what_is_labelled_meanwhile_is_no_longer_selected(place: Workplace) -> None:
    place.here("assist")
    place.answer([(Box(0, 0, 10, 10), 0.9, 0), (Box(0, 0, 10, 6), 0.8, 0)])
    place.here("select", candidates=[1], mode="add")
    place.here("commit-all", painted=[0])
    assert place.view["status"] == [5, 3]
    assert place.row["selected"] == 0


def test_the_selection_survives_a_reload_and_is_no_part_of_history(answered: Workplace) -> None:
    answered.here("select", candidates=[0, 1], mode="add")
    assert answered.history["undo"] is None
    answered.reload()
    assert answered.view["selected"] == [0, 1]
    assert answered.row["selected"] == 2


def test_another_answer_takes_the_selection_away_and_says_so(answered: Workplace) -> None:
    answered.here("select", candidates=[0], mode="add")
    answered.here("ask-anew")
    answered.answer(APART[:2])
    assert answered.view["selected"] == []
    assert answered.said() == ["The model answered otherwise this time: select again"]


def test_the_same_answer_again_keeps_the_selection(answered: Workplace) -> None:
    answered.here("select", candidates=[0], mode="add")
    answered.commit(1)
    answered.here("select", candidates=[0], mode="add")
    answered.here("ask-anew")
    answered.answer(APART)
    assert answered.view["status"] == [0, 5, 0, 1]
    assert answered.view["selected"] == [0]
