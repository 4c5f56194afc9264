"""Whatever a person does in whatever order: it can be taken back, done again, and reloaded."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twoclick.domain.geometry import Box
from twoclick.session.refusal import Refused
from unit.session.workplace import APART, Found, Workplace

CROWDED: tuple[Found, ...] = (
    (Box(0, 0, 10, 10), 0.9, 0),
    (Box(0, 0, 10, 9.5), 0.8, 1),
    (Box(0, 0, 10, 9), 0.7, 0),
    (Box(0, 0, 10, 6), 0.6, 1),
    (Box(40, 0, 50, 10), 0.4, 1),
)
ANSWERS: tuple[tuple[Found, ...], ...] = (APART, CROWDED, (), CROWDED[1:])

candidates = st.lists(st.integers(0, 4), min_size=1, max_size=3)
percent = st.integers(0, 100).map(lambda value: value / 100)


def on_current(tag: str) -> Callable[..., dict[str, Any]]:
    return lambda **fields: {"tag": tag, **fields}


steps = st.one_of(
    st.builds(
        on_current("select"), candidates=candidates, mode=st.sampled_from(["toggle", "add", "only"])
    ),
    st.builds(on_current("swap-reading"), candidate=st.integers(0, 4)),
    st.builds(on_current("commit"), painted=st.just([0, 1, 2, 3, 4])),
    st.builds(on_current("commit-all"), painted=candidates),
    st.builds(on_current("commit-all-and-next"), painted=st.just([0, 1, 2, 3, 4])),
    st.builds(on_current("done"), painted=candidates),
    st.builds(on_current("reopen")),
    st.builds(on_current("reject"), candidates=candidates),
    st.builds(on_current("delete-annotations"), delete=st.integers(0, 3)),
    st.builds(on_current("assist")),
    st.builds(on_current("ask-anew")),
    st.builds(lambda at: {"answer": at}, st.integers(0, 3)),
    st.builds(lambda at: {"fail": at}, st.integers(0, 2)),
    st.builds(lambda at: {"go": at}, st.integers(0, 2)),
    st.builds(lambda value: {"threshold": value}, percent),
    st.builds(lambda at: {"choose": at}, st.integers(0, 1)),
    st.sampled_from([{"tag": "undo"}, {"tag": "redo"}, {"tag": "last-worked-on"}]),
    st.just({"reload": True}),
)


def carry_out(place: Workplace, step: dict[str, Any]) -> None:
    """One step; what is refused is left out, as a person would."""
    if step == {"reload": True}:
        place.reload()
        return
    with suppress(Refused):
        if "answer" in step:
            place.answer(ANSWERS[step["answer"]])
        else:
            place.do(**command_of(place, step))


def command_of(place: Workplace, step: dict[str, Any]) -> dict[str, Any]:
    """The command of a step, with the ids of this project."""
    predictor_id = place.project["activePredictorId"]
    match step:
        case {"fail": at}:
            about = {"assetId": place.ids[at], "predictorId": predictor_id}
            return {"tag": "record-failure", **about, "code": "run", "reason": "no memory"}
        case {"go": at}:
            return {"tag": "go-to", "assetId": place.ids[at]}
        case {"threshold": value}:
            about = {"predictorId": predictor_id, "tagId": None, "final": True}
            return {"tag": "set-threshold", **about, "value": value}
        case {"choose": at}:
            chosen = place.project["predictors"][at]["id"]
            return {"tag": "choose-predictor", "predictorId": chosen}
        case {"delete": at}:
            ids = list(place.annotations)[at : at + 1]
            return {"tag": step["tag"], "assetId": place.current, "annotationIds": ids}
        case _:
            return {"assetId": place.current, **step}


def until_refused(place: Workplace, tag: str) -> None:
    while True:
        try:
            place.do(tag)
        except Refused:
            return


def check_what_the_page_knows(place: Workplace) -> None:
    """The page's picture, put together from events, is what is stored."""
    for (document, label_state), asset_id in zip(place.documents(), place.ids, strict=True):
        row = place.rows[asset_id]
        assert row["labelState"] == label_state
        assert row["annotations"] == len(document.annotations)
        if asset_id == place.current:
            assert set(place.annotations) == set(document.annotations)
    assert place.row["selected"] == len(place.view["selected"])
    assert place.row["prediction"] == place.view["prediction"]
    shown = [at for at, status in enumerate(place.view["status"]) if status == 0]
    assert set(place.view["selected"]) <= set(shown)
    assert place.view["commitAll"]["count"] == len(set(shown) - set(place.view["disagreements"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, max_size=30))
def test_any_work_can_be_taken_back_and_done_again(work: list[dict[str, Any]]) -> None:
    with Workplace() as place:
        place.do("add-predictor", **place.predictor_spec("m2"))
        place.here("assist")
        place.answer(CROWDED)
        untouched = place.documents()
        for step in work:
            carry_out(place, step)
            check_what_the_page_knows(place)
        place.do("choose-predictor", predictorId=place.project["predictors"][1]["id"])
        until_refused(place, "redo")
        worked = place.documents()
        until_refused(place, "undo")
        assert place.documents() == untouched
        place.reload()
        until_refused(place, "redo")
        assert place.documents() == worked
        check_what_the_page_knows(place)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(steps, max_size=20))
def test_commit_all_commits_as_many_as_it_says(work: list[dict[str, Any]]) -> None:
    with Workplace() as place:
        place.here("assist")
        place.answer(CROWDED)
        place.do("add-predictor", **place.predictor_spec("m2"))
        for step in work:
            carry_out(place, step)
        before, promised = len(place.annotations), place.view["commitAll"]["count"]
        try:
            place.here("commit-all", painted=place.painted)
        except Refused:
            return
        assert len(place.annotations) == before + promised
        assert place.view["commitAll"]["count"] == 0
