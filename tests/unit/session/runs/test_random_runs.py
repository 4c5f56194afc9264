"""Imports amid any work, killed anywhere: all of it can be taken back and done again."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twoclick.session.refusal import Refused
from twoclick.session.runs import planning
from unit.session.runs.importing import A, B, C, Importing, MortalStore, OnImage, revived
from unit.session.test_random_work import (
    CROWDED,
    carry_out,
    check_what_the_page_knows,
    mends,
    steps,
)
from unit.session.workplace import Workplace

FILE = {"name": "coco.json", "digest": "f" * 64, "classes": ["Text", "Figure"], "size": 99}

shapes = st.lists(st.tuples(st.sampled_from([A, B, C]), st.integers(0, 1)), max_size=3)
imports = st.fixed_dictionaries(
    {
        "images": st.dictionaries(st.integers(0, 2), shapes, min_size=1),
        "as": st.sampled_from(["annotations", "annotations", "suggestions"]),
        "mode": st.sampled_from(["merge", "replace"]),
        "labelState": st.sampled_from(["labelled", "started", "as-file"]),
        "ordered": st.booleans(),
        "give_up": st.booleans(),
        "killed": st.none() | st.integers(0, 6),
    }
)
work = st.lists(st.one_of(steps, mends, imports), min_size=2, max_size=10)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(work)
def test_imports_amid_any_work_are_taken_back_and_done_again(work: list[dict[str, Any]]) -> None:
    store = MortalStore()
    # Parts of one image each: three are many.
    with pytest.MonkeyPatch.context() as patch, Workplace(store=store) as place:
        patch.setattr(planning, "PART", 1)
        place.do("add-predictor", **place.predictor_spec("m2"))
        place.here("assist")
        place.answer(CROWDED)
        untouched = place.documents()
        for step in work:
            if "images" in step:
                bring(place, store, step)
            else:
                carry_out(place, step)
            place.run(place.session.mover.ended())
            check_what_the_page_knows(place)
            check_store(place)
        all_the_way(place, "redo")
        worked = place.documents()
        all_the_way(place, "undo")
        assert place.documents() == untouched
        place.reload()
        all_the_way(place, "redo")
        assert place.documents() == worked
        check_what_the_page_knows(place)


def bring(place: Workplace, store: MortalStore, step: dict[str, Any]) -> None:
    """One import, perhaps given up before it starts, perhaps with the page killed on the way."""
    told = {key: step[key] for key in ("as", "mode", "labelState", "ordered")}
    suggested = step["as"] == "suggestions"
    place.settle()
    store.left = step["killed"]
    with suppress(Refused):
        run = Importing(
            place,
            **told,
            newTags=[{"name": "Figure"}],
            tags=["Text", "Figure"],
            predictor=FILE if suggested else None,
        )
        for at, found in step["images"].items():
            fields = {"scores": [0.75] * len(found)} if suggested else {}
            run.add(OnImage(at=at, shapes=found, fields=fields))
        if step["give_up"]:
            run.give_up()
        else:
            run.start()
    if step["killed"] is not None:
        revived(place, store)


def check_store(place: Workplace) -> None:
    """The store has every run of the history, and nothing of any other."""
    place.settle()
    steps = place.run(place.store.read_all("history", ()))
    named = {step["runId"] for step in steps} - {None}
    runs = place.run(place.store.read_all("runs", ()))
    assert {run["id"] for run in runs} == named
    assert {part["runId"] for part in place.run(place.store.read_all("runParts", ()))} == named
    assert {run["state"] for run in runs} <= {"done", "undone"}
    (project,) = place.run(place.store.read_all("projects", ()))
    assets = place.run(place.store.read_all("assets", ()))
    finished = [asset for asset in assets if asset["labelState"] in ("labelled", "approved")]
    assert project["finished"] == len(finished)
    known = {predictor["id"] for predictor in project["predictors"]}
    answered = {(asset["id"], one) for asset in assets for one in asset["answers"] if one in known}
    ready = {
        (asset["id"], one)
        for asset in assets
        for one, answer in asset["answers"].items()
        if answer["ready"]
    }
    assert ready <= answered
    stored = place.run(place.store.keys("predictions", ()))
    assert {(asset_id, predictor_id) for _, asset_id, predictor_id in stored} == ready
    assert set(project["classOrder"]) <= {tag["id"] for tag in project["tags"]}


def all_the_way(place: Workplace, key: str) -> None:
    """Undo or redo until there is nothing more."""
    with suppress(Refused):
        while True:
            place.do(key)
            place.run(place.session.mover.ended())
