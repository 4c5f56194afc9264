"""Model Assist: what is asked, when, and what is made of the answers."""

import pytest

from twoclick.domain.geometry import Box
from unit.session.workplace import APART, Workplace


def test_the_first_press_asks_and_turns_on_assist_on_open(place: Workplace) -> None:
    place.here("assist")
    assert place.project["assistOnOpen"] is True
    assert place.wanted["assetIds"] == list(place.ids)
    assert place.row["prediction"] == "queued"
    assert place.view["prediction"] == "queued"


def test_later_presses_hide_and_show(answered: Workplace) -> None:
    answered.here("assist")
    assert answered.view["shown"] is False
    answered.here("assist")
    assert answered.view["shown"] is True


def test_a_press_while_waiting_says_so(place: Workplace) -> None:
    place.here("assist")
    place.here("assist")
    assert place.said() == ["Model Assist is working on this image"]


def test_turned_off_assist_on_open_stays_off(place: Workplace) -> None:
    place.do("set-assist-on-open", on=False)
    place.here("assist")
    assert place.wanted["assetIds"] == [place.current]
    place.answer()
    place.do("step", direction="next")
    assert place.wanted["assetIds"] == []
    assert place.row["prediction"] == "none"


def test_an_answer_is_shown_and_the_next_are_asked_for(place: Workplace) -> None:
    place.here("assist")
    place.answer()
    assert place.row["prediction"] == "ready"
    (told,) = place.told("predictions")
    assert told["count"] == 4
    assert [len(buffer) for buffer in told["buffers"]] == [4 * 4 * 8, 4 * 8, 4 * 4, 0, 0, 0, 0]
    assert place.view["status"] == [0, 0, 0, 1]
    assert place.wanted["assetIds"] == list(place.ids[1:])


def test_at_most_three_are_asked_for_ahead() -> None:
    with Workplace(assets=9) as place:
        place.do("go-to", assetId=place.ids[7])
        place.here("assist")
        assert place.wanted["assetIds"] == [place.ids[at] for at in (7, 8, 0, 1)]
        place.do("go-to", assetId=place.ids[3])
        assert place.wanted["assetIds"] == [place.ids[at] for at in (3, 4, 5, 6)]
        assert place.rows[place.ids[8]]["prediction"] == "none"


def test_finished_assets_are_not_asked_for_without_the_key(place: Workplace) -> None:
    place.here("done", painted=[])
    place.here("assist")
    assert place.ids[0] not in place.wanted["assetIds"]
    place.do("go-to", assetId=place.ids[0])
    assert place.ids[0] not in place.wanted["assetIds"]
    place.here("assist")
    assert place.wanted["assetIds"][0] == place.ids[0]
    place.answer()
    assert place.view["status"] == [0, 0, 0, 1]


def test_nothing_found_is_an_answer(place: Workplace) -> None:
    place.here("assist")
    place.answer([])
    assert place.row["prediction"] == "ready"
    assert place.view["status"] == []


def fail(place: Workplace, reason: str = "no memory", asset: str | None = None) -> None:
    place.do(
        "record-failure",
        assetId=asset or place.current,
        predictorId=place.project["activePredictorId"],
        code="run",
        reason=reason,
    )


def test_a_failure_is_not_an_empty_answer(place: Workplace) -> None:
    place.here("assist")
    fail(place)
    assert (place.row["prediction"], place.row["reason"]) == ("failed", "no memory")
    assert place.said() == ["Model Assist failed on page-0.png: no memory"]
    assert place.current not in place.wanted["assetIds"]
    place.settle()
    assert place.run(place.store.read_all("predictions", (place.project_id,))) == []
    place.reload()
    assert place.row["prediction"] == "failed"


def test_a_failure_is_tried_again_by_the_key(place: Workplace) -> None:
    place.here("assist")
    fail(place)
    place.here("assist")
    assert place.wanted["assetIds"][0] == place.current
    place.answer()
    assert (place.row["prediction"], place.row["reason"]) == ("ready", None)


def test_a_failure_ahead_is_told_in_its_row_alone(place: Workplace) -> None:
    place.here("assist")
    fail(place, asset=place.ids[1])
    assert place.said() == []
    assert place.rows[place.ids[1]]["prediction"] == "failed"


def test_asking_anew_keeps_the_earlier_until_the_answer(answered: Workplace) -> None:
    answered.commit(0)
    answered.here("ask-anew")
    assert answered.view["prediction"] == "queued"
    assert answered.view["status"] == [5, 0, 0, 1]
    answered.answer([(Box(80, 80, 90, 90), 0.9, 0)])
    assert answered.view["prediction"] == "ready"
    assert answered.view["status"] == [0]
    assert len(answered.annotations) == 1


def test_asking_anew_in_vain_keeps_suggestions_and_annotations(answered: Workplace) -> None:
    answered.commit(0)
    before = answered.document(answered.current)
    answered.here("ask-anew")
    fail(answered, "the model is gone")
    assert answered.row["prediction"] == "ready"
    assert answered.row["reason"] == "the model is gone"
    assert answered.view["status"] == [5, 0, 0, 1]
    assert answered.said() == [
        "Model Assist failed on page-0.png: the model is gone. The earlier suggestions stay"
    ]
    assert answered.document(answered.current) == before
    answered.reload()
    assert answered.view["status"] == [5, 0, 0, 1]


@pytest.mark.parametrize(
    ("found", "fields", "reason"),
    [
        ([(Box(0, 0, 10, 10), 0.9, 2)], {}, "class 2 is not one of the model's 2"),
        ([(Box(0, 0, float("nan"), 10), 0.9, 0)], {}, "not finite"),
        (APART, {"cap": 2}, "cap of 2"),
        (APART, {"width": 200}, "200 x 100 pixels of an image that has 100 x 100"),
    ],
)
def test_an_answer_that_cannot_be_trusted_is_a_failure(
    place: Workplace, found: list, fields: dict, reason: str
) -> None:
    place.here("assist")
    place.answer(found, **fields)
    assert place.row["prediction"] == "failed"
    assert reason in place.row["reason"]
    assert place.view["status"] == []


def test_an_answer_that_is_no_longer_wanted_is_kept(place: Workplace) -> None:
    place.here("assist")
    first, first_predictor = place.current, place.project["activePredictorId"]
    place.do("go-to", assetId=place.ids[2])
    place.do("add-predictor", **place.predictor_spec("m2"))
    place.answer(asset=first, predictor=first_predictor)
    assert place.rows[first]["prediction"] == "queued"
    place.do("go-to", assetId=first)
    assert place.view["status"] == []
    place.do("choose-predictor", predictorId=first_predictor)
    assert place.view["status"] == [0, 0, 0, 1]
    assert place.row["prediction"] == "ready"


@pytest.mark.parametrize("tag", ["assist", "ask-anew"])
def test_without_a_predictor_nothing_can_be_asked(tag: str) -> None:
    with Workplace(predictor=False) as place:
        assert place.refused(tag, assetId=place.current).code == "no-predictor"


def test_answers_survive_a_reload(answered: Workplace) -> None:
    answered.reload()
    assert answered.view["status"] == [0, 0, 0, 1]
    assert answered.wanted["assetIds"] == []


def test_answers_for_unknown_assets_and_predictors_are_refused(place: Workplace) -> None:
    about = {"code": "run", "reason": "none"}
    predictor_id = place.project["activePredictorId"]
    refusal = place.refused("record-failure", assetId="x", predictorId=predictor_id, **about)
    assert refusal.code == "unknown-asset"
    refusal = place.refused("record-failure", assetId=place.current, predictorId="x", **about)
    assert refusal.code == "unknown-predictor"
