"""Commit, Commit All, Done: what becomes an annotation, and what never does unseen."""

import pytest

from twoclick.domain.geometry import Box
from unit.session.workplace import APART, Workplace


def test_the_selected_become_annotations_with_their_provenance(answered: Workplace) -> None:
    accepted = answered.commit(0, 2)
    assert accepted.name == "Commit 2 suggestions"
    assert answered.said() == ["Committed 2 suggestions"]
    assert [row["score"] for row in answered.annotations.values()] == [0.9, 0.6]
    assert {row["origin"] for row in answered.annotations.values()} == {"model"}
    assert {row["tagId"] for row in answered.annotations.values()} == {answered.tag_ids[0]}
    assert answered.view["status"] == [5, 0, 5, 1]
    assert answered.row["labelState"] == "started"
    assert answered.row["annotations"] == 2
    stored = answered.document(answered.current)
    assert [one.shape for one in stored.annotations.values()] == [APART[0][0], APART[2][0]]


def test_the_boxes_come_with_the_changes(answered: Workplace) -> None:
    answered.commit(0)
    (changes,) = answered.told("changes")
    assert len(changes["added"]) == 1
    assert len(changes["buffers"][0]) == 4 * 8


def test_only_what_was_painted_is_committed(answered: Workplace) -> None:
    answered.here("select", candidates=[0, 1], mode="add")
    accepted = answered.here("commit", painted=[1, 2])
    assert accepted.name == "Commit 1 suggestion"
    assert answered.view["selected"] == [0]
    assert answered.row["selected"] == 1


def test_an_image_is_not_finished_while_something_comes_into_sight(answered: Workplace) -> None:
    late = [one for one in answered.painted if one != 1]
    refusal = answered.refused("commit-all-and-next", assetId=answered.current, painted=late)
    assert refusal.code == "just-changed"
    assert answered.row["labelState"] == "todo"
    assert answered.annotations == {}
    answered.here("commit-all-and-next", painted=answered.painted)
    assert answered.current == answered.ids[1]


def test_a_second_commit_of_a_held_key_finds_nothing(answered: Workplace) -> None:
    painted = answered.painted
    answered.here("commit-all", painted=painted)
    refusal = answered.refused("commit-all", assetId=answered.current, painted=painted)
    assert refusal.code == "nothing-shown"
    assert len(answered.annotations) == 3


def test_commit_without_a_selection_is_refused(answered: Workplace) -> None:
    refusal = answered.refused("commit", assetId=answered.current, painted=answered.painted)
    assert refusal.code == "nothing-selected"


def test_commit_all_takes_as_many_as_its_button_says(answered: Workplace) -> None:
    promised = answered.view["commitAll"]["count"]
    answered.here("commit-all", painted=answered.painted)
    assert len(answered.annotations) == promised == 3


def test_commit_all_says_how_many_readings_it_dropped(place: Workplace) -> None:
    place.here("assist")
    place.answer([(Box(0, 0, 10, 10), 0.9, 0), (Box(0, 0, 10, 9.5), 0.8, 1)])
    assert place.view["commitAll"] == {"count": 1, "dropped": 1}
    place.here("commit-all", painted=place.painted)
    assert place.said() == ["Committed 1 suggestion, dropped 1 other reading"]


def test_a_disagreement_is_never_in_commit_all(answered: Workplace) -> None:
    answered.commit(0)
    answered.do("add-predictor", **answered.predictor_spec("m2"))
    answered.answer([(Box(0, 0, 10, 9), 0.9, 1), (Box(80, 0, 90, 10), 0.8, 1)])
    assert answered.view["disagreements"] == [0]
    answered.here("commit-all", painted=answered.painted)
    assert answered.row["annotations"] == 2
    answered.commit(0)
    assert answered.row["annotations"] == 3


@pytest.mark.parametrize("tag", ["commit", "commit-all", "commit-all-and-next"])
@pytest.mark.parametrize(
    ("situation", "code"),
    [
        ("pending", "prediction-pending"),
        ("failed", "prediction-failed"),
        ("never asked", "no-prediction"),
        ("hidden", "suggestions-hidden"),
    ],
)
def test_nothing_is_committed_unseen(place: Workplace, tag: str, situation: str, code: str) -> None:
    if situation != "never asked":
        place.here("assist")
    if situation == "failed":
        about = {"assetId": place.current, "predictorId": place.project["activePredictorId"]}
        place.do("record-failure", **about, code="decode", reason="no memory")
    if situation == "hidden":
        place.answer()
        place.do("show-suggestions", shown=False)
    refusal = place.refused(tag, assetId=place.current, painted=[0, 1, 2])
    assert refusal.code == code
    assert place.row["labelState"] == "todo"


def test_commit_needs_a_predictor() -> None:
    with Workplace(predictor=False) as place:
        assert place.refused("commit", assetId=place.current, painted=[]).code == "no-predictor"


def test_a_command_for_an_image_that_is_no_longer_open_is_refused(answered: Workplace) -> None:
    first, painted = answered.current, answered.painted
    answered.here("commit-all-and-next", painted=painted)
    refusal = answered.refused("commit-all-and-next", assetId=first, painted=painted)
    assert refusal.code == "not-open"
    assert answered.rows[answered.current]["labelState"] == "todo"


def test_done_commits_the_selected_and_goes_on(answered: Workplace) -> None:
    first = answered.current
    answered.here("select", candidates=[1], mode="add")
    answered.here("done", painted=answered.painted)
    assert answered.current == answered.ids[1]
    assert answered.rows[first]["labelState"] == "labelled"
    assert answered.rows[first]["annotations"] == 1
    assert answered.view["status"] == [0, 0, 0, 1]
    assert [event["event"] for event in answered.events][:6] == [
        "settings",
        "changes",
        "current",
        "asset",
        "predictions",
        "view",
    ]


def test_done_with_nothing_on_it_says_nothing_here(place: Workplace) -> None:
    first = place.current
    place.here("done", painted=[])
    assert place.said() == ["page-0.png is done: nothing here"]
    assert place.rows[first]["labelState"] == "labelled"


def test_done_while_hidden_commits_nothing_and_says_what_was_left(answered: Workplace) -> None:
    answered.here("select", candidates=[0], mode="add")
    answered.do("show-suggestions", shown=False)
    first = answered.current
    answered.here("done", painted=[])
    assert answered.rows[first]["annotations"] == 0
    assert answered.rows[first]["labelState"] == "labelled"
    assert answered.said() == ["1 suggestion selected, not committed on page-0.png"]


def test_what_remained_shown_at_done_is_passed_over(answered: Workplace) -> None:
    first = answered.current
    answered.here("select", candidates=[0], mode="add")
    answered.here("done", painted=[0, 1])
    answered.do("go-to", assetId=first)
    # 2 was shown but not painted, 3 was below the threshold: neither was in sight.
    assert answered.view["status"] == [5, 6, 0, 1]
    assert answered.view["hidden"]["passedOver"] == 1


@pytest.mark.parametrize(("painted", "expected"), [([0], [6, 6, 6]), ([], [0, 8, 2])])
def test_what_hid_behind_the_passed_over_does_not_come_out(
    place: Workplace, painted: list[int], expected: list[int]
) -> None:
    place.here("assist")
    place.answer(
        [
            (Box(0, 0, 10, 10), 0.9, 0),
            (Box(0, 0, 10, 9.5), 0.8, 1),
            (Box(0, 0, 10, 9), 0.7, 0),
        ]
    )
    first = place.current
    place.here("done", painted=painted)
    place.do("go-to", assetId=first)
    assert place.view["status"] == expected


def test_what_was_passed_over_is_back_for_another_predictor(answered: Workplace) -> None:
    first = answered.current
    answered.here("done", painted=answered.painted)
    answered.do("add-predictor", **answered.predictor_spec("m2"))
    answered.do("go-to", assetId=first)
    answered.answer()
    assert answered.view["status"] == [0, 0, 0, 1]


def test_the_work_list_goes_round_until_all_is_finished(answered: Workplace) -> None:
    answered.do("go-to", assetId=answered.ids[1])
    answered.here("done", painted=[])
    assert answered.current == answered.ids[2]
    answered.here("done", painted=[])
    assert answered.current == answered.ids[0]
    answered.here("done", painted=[])
    assert answered.current == answered.ids[0]
    assert answered.said() == ["All 3 finished"]


def test_commit_all_and_next_finishes_in_one_key(answered: Workplace) -> None:
    for _ in answered.ids:
        answered.here("commit-all-and-next", painted=answered.painted)
    assert answered.said() == ["All 3 finished"]
    assert [row["annotations"] for row in answered.rows.values()] == [3, 3, 3]
    assert {row["labelState"] for row in answered.rows.values()} == {"labelled"}


def test_commit_all_waits_for_reopen_on_a_labelled_asset(answered: Workplace) -> None:
    first = answered.current
    answered.here("done", painted=[])
    answered.do("go-to", assetId=first)
    assert answered.refused("commit-all", assetId=first, painted=[0]).code == "labelled"
    answered.here("reopen")
    assert answered.row["labelState"] == "started"
    answered.here("commit-all", painted=answered.painted)
    assert answered.refused("reopen", assetId=first).code == "not-labelled"


def test_any_change_on_a_labelled_asset_starts_it_again(answered: Workplace) -> None:
    first = answered.current
    answered.here("done", painted=[])
    answered.do("go-to", assetId=first)
    answered.commit(0)
    assert answered.row["labelState"] == "started"


def test_done_on_a_finished_asset_only_goes_on(answered: Workplace) -> None:
    first = answered.current
    answered.here("done", painted=[])
    answered.do("go-to", assetId=first)
    assert answered.here("done", painted=[]).name is None
    assert answered.history["undo"] == "Done"
    assert answered.current == answered.ids[1]
