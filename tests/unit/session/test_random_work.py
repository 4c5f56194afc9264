"""Whatever a person does in whatever order: it can be taken back, done again, and reloaded."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twoclick.domain.document import Document
from twoclick.domain.geometry import Box
from twoclick.domain.shape_json import shape_json
from twoclick.domain.shape_problems import problem_of
from twoclick.session.refusal import Refused
from unit.domain.shape_builders import polygon, rectangle
from unit.domain.shape_strategies import all_shapes
from unit.session.workplace import APART, Found, Workplace

CROWDED: tuple[Found, ...] = (
    (Box(0, 0, 10, 10), 0.9, 0),
    (Box(0, 0, 10, 9.5), 0.8, 1),
    (Box(0, 0, 10, 9), 0.7, 0),
    (Box(0, 0, 10, 6), 0.6, 1),
    (Box(40, 0, 50, 10), 0.4, 1),
)
TURNED: tuple[Found, ...] = (
    (rectangle(30, 30, 40, 20, 0.4), 0.9, 0),
    (rectangle(30, 30, 39, 20, 0.4), 0.8, 1),
    (polygon([(10, 60), (30, 60), (30, 90)], [(20, 62), (22, 62), (22, 64)]), 0.7, 1),
    (Box(60, 60, 80, 80), 0.6, 0),
    (polygon([(60, 60), (80, 60), (80, 80), (60, 79)]), 0.55, 0),
)
ANSWERS: tuple[tuple[Found, ...], ...] = (APART, CROWDED, (), CROWDED[1:], TURNED)

Step = dict[str, Any] | list[dict[str, Any]]

candidates = st.lists(st.integers(0, 4), min_size=1, max_size=3)
percent = st.integers(0, 100).map(lambda value: value / 100)
places = st.integers(0, 3)
pixels = st.sampled_from([-30.0, -1.0, 0.0, 0.25, 1.0, 10.0])
tag_names = st.sampled_from(["Stamp", "text", "Title", ""])
BAD_SHAPES = (
    {"kind": "box", "box": [5, 5, 5, 50]},
    {"kind": "box", "box": [50, 50, 150, 150]},
    {"kind": "box", "box": [float("nan"), 0, 10, 10]},
    {"kind": "polygon", "rings": [[0, 0, 9, 9, 9, 0, 0, 9]]},
)
drawn = all_shapes.map(shape_json) | st.sampled_from(BAD_SHAPES)
subjects = st.tuples(st.sampled_from(["annotation", "candidate"]), places)


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
    st.builds(on_current("skip"), reason=st.sampled_from(["", "blurred", "twice"])),
    st.builds(on_current("approve")),
    st.builds(on_current("return-asset"), note=st.sampled_from(["", "a title is missing"])),
    st.builds(lambda name: {"tag": "add-tag", "name": name, "color": None}, tag_names),
    st.builds(
        lambda tag, name, key: {"tag": "change-tag", "named": tag, "name": name, "key": key},
        places,
        tag_names,
        st.none() | st.sampled_from("123"),
    ),
    st.builds(lambda tag: {"tag": "delete-tag", "named": tag}, places),
    st.builds(
        lambda kind, value: {"tag": "open-work-list", "kind": kind, "value": value},
        st.sampled_from(["all", "open", "label-state", "name"]),
        st.sampled_from(["labelled", "started", "page-1"]),
    ),
    st.builds(lambda at: {"answer": at}, st.integers(0, 4)),
    st.builds(lambda at: {"fail": at}, st.integers(0, 2)),
    st.builds(lambda at: {"go": at}, st.integers(0, 2)),
    st.builds(lambda value: {"threshold": value}, percent),
    st.builds(lambda at: {"choose": at}, st.integers(0, 1)),
    st.sampled_from([{"tag": "undo"}, {"tag": "redo"}, {"tag": "last-worked-on"}]),
    st.just({"reload": True}),
)


def in_a_row(*several: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Step]:
    """Steps that only mean something one after the other."""
    return st.tuples(*several).map(list)


ALL = {"painted": [0, 1, 2, 3, 4]}
mends = st.one_of(
    st.builds(on_current("draw"), tag_id=st.none() | places, shape=drawn),
    st.builds(on_current("change-shape"), subject=subjects, shape=drawn),
    st.builds(on_current("nudge"), subject=subjects, dx=pixels, dy=pixels),
    st.builds(on_current("set-tag"), subjects=st.lists(subjects, max_size=3), tag_id=places),
)
replays = st.sampled_from([{"tag": "undo"}, {"tag": "redo"}])
rows = st.one_of(
    in_a_row(
        st.builds(on_current("select"), candidates=candidates, mode=st.just("only")),
        mends,
        st.just({"tag": "commit", **ALL}),
    ),
    in_a_row(
        st.just({"tag": "done", **ALL}),
        st.just({"tag": "last-worked-on"}),
        st.builds(on_current("approve"))
        | st.builds(on_current("return-asset"), note=st.just("a title is missing"))
        | mends,
    ),
    in_a_row(
        st.builds(on_current("skip"), reason=st.just("blurred")),
        st.just({"tag": "last-worked-on"}),
        st.builds(on_current("reopen")) | mends,
    ),
    in_a_row(mends, replays, st.builds(lambda tag: {"tag": "delete-tag", "named": tag}, places)),
    in_a_row(mends, mends, replays, replays, replays),
)
work = st.lists(st.one_of(steps, mends, rows), min_size=4, max_size=16).map(
    lambda some: [step for one in some for step in (one if isinstance(one, list) else [one])]
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
            ids = named_by(place, [("annotation", at)])["annotationIds"]
            return {"tag": step["tag"], "assetId": place.current, "annotationIds": ids}
        case _:
            return mending_command_of(place, step)


def mending_command_of(place: Workplace, step: dict[str, Any]) -> dict[str, Any]:
    """The command of a step on single shapes or on tags."""
    match step:
        case {"tag": "draw"}:
            tag_id = None if step["tag_id"] is None else tag_at(place, step["tag_id"])
            about = {"assetId": place.current, "tagId": tag_id}
            return {"tag": "draw", **about, "shape": step["shape"]}
        case {"subject": subject}:
            named = named_by(place, [subject])
            fields = {key: value for key, value in step.items() if key != "subject"}
            annotation_id = next(iter(named["annotationIds"]), None)
            about = {"assetId": place.current, "annotationId": annotation_id}
            return {**fields, **about, "candidate": next(iter(named["candidates"]), None)}
        case {"subjects": subjects}:
            about = {"assetId": place.current, "tagId": tag_at(place, step["tag_id"])}
            return {"tag": "set-tag", **about, **named_by(place, subjects)}
        case {"tag": "change-tag", "named": at}:
            about = {"name": step["name"], "key": step["key"], "color": "#0072b2"}
            return {"tag": "change-tag", "tagId": tag_at(place, at), **about}
        case {"tag": "delete-tag", "named": at}:
            return {"tag": "delete-tag", "tagId": tag_at(place, at)}
        case _:
            return {"assetId": place.current, **step}


def tag_at(place: Workplace, at: int) -> str:
    return place.tag_ids[at] if at < len(place.tag_ids) else "unknown"


def named_by(place: Workplace, subjects: list[tuple[str, int]]) -> dict[str, Any]:
    """Annotations and suggestions: those at these places, around the end of those there are."""
    known = {"annotation": list(place.annotations), "candidate": place.painted}
    chosen = [(what, known[what][at % len(known[what])]) for what, at in subjects if known[what]]
    return {
        "annotationIds": [one for what, one in chosen if what == "annotation"],
        "candidates": [one for what, one in chosen if what == "candidate"],
    }


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
        check_document(place, document)
        if asset_id == place.current:
            shapes = {key: one.shape for key, one in document.annotations.items()}
            assert place.shapes == shapes
            for key, one in document.annotations.items():
                assert place.annotations[key]["tagId"] == one.tag_id
                assert place.annotations[key]["edited"] == one.edited
    check_tags(place)
    assert place.row["selected"] == len(place.view["selected"])
    assert place.row["prediction"] == place.view["prediction"]
    shown = [at for at, status in enumerate(place.view["status"]) if status == 0]
    assert set(place.view["selected"]) <= set(shown)
    assert {place.view["tags"][at] for at in shown} <= set(place.tag_ids)
    assert set(place.view["edited"]) <= set(shown)
    assert place.view["commitAll"]["count"] == len(set(shown) - set(place.view["disagreements"]))


def check_document(place: Workplace, document: Document) -> None:
    """Every shape can be on its image, and has a tag that is there."""
    shapes = [one.shape for one in document.annotations.values()]
    shapes += [one.shape for one in document.edits.values() if one.shape is not None]
    assert [problem_of(shape, width=100, height=100) for shape in shapes] == [None] * len(shapes)
    assert {one.tag_id for one in document.annotations.values()} <= set(place.tag_ids)
    assert all(one.tag_id or one.shape for one in document.edits.values())
    assert {key: one.id for key, one in document.edits.items()} == {
        key: key for key in document.edits
    }


def check_tags(place: Workplace) -> None:
    """Tags are told apart, and their uses are counted."""
    uses: Counter[str] = Counter()
    for document, _ in place.documents():
        uses.update(one.tag_id for one in document.annotations.values())
    rows = place.project["tags"]
    assert {row["id"]: row["uses"] for row in rows} == {row["id"]: uses[row["id"]] for row in rows}
    keys = [row["key"] for row in rows if row["key"] is not None]
    assert len(set(keys)) == len(keys)
    names = [row["name"].casefold() for row in rows]
    assert len(set(names)) == len(names)
    assert place.project["lastTagId"] in {None, *place.tag_ids}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(work)
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
@given(work)
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
