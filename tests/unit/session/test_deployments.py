"""Deployments in a project: asked by the person's word, their classes told with answers."""

from collections.abc import Iterator
from typing import Any

import pytest

from twoclick.domain.geometry import Box
from unit.session.workplace import APART, Workplace

CARD = {
    "family": "datature",
    "classNames": [],
    "defaultOverlap": 0.7,
    "scoreFloor": 0.05,
    "deployment": {"address": "https://models.test", "protocol": "datature"},
}
SPEC = {
    "card": CARD,
    "name": "models.test",
    "source": "https://models.test",
    "digest": "d" * 64,
    "bytes": 0,
    "kind": "deployment",
}


@pytest.fixture
def deployed() -> Iterator[Workplace]:
    """A project whose only predictor is a deployment, in use."""
    with Workplace(predictor=False) as place:
        place.do("add-predictor", **SPEC, files=[])
        yield place


def predictor(place: Workplace) -> dict[str, Any]:
    active = place.project["activePredictorId"]
    return next(one for one in place.project["predictors"] if one["id"] == active)


def test_it_is_asked_by_the_key_and_for_this_image_only(deployed: Workplace) -> None:
    assert predictor(deployed)["kind"] == "deployment"
    deployed.here("assist")
    assert deployed.wanted["assetIds"] == [deployed.current]
    assert deployed.project["assistOnOpen"] is False


def test_assist_on_open_is_its_own_and_kept(deployed: Workplace) -> None:
    deployed.do("set-assist-on-open", on=True)
    assert deployed.project["assistOnOpen"] is True
    assert deployed.wanted["assetIds"] == list(deployed.ids)
    deployed.do("add-predictor", **{**SPEC, "digest": "e" * 64}, files=[])
    assert deployed.project["assistOnOpen"] is False
    deployed.reload()
    assert deployed.project["assistOnOpen"] is False


def test_what_is_on_for_models_is_not_on_for_deployments(place: Workplace) -> None:
    place.here("assist")
    assert place.project["assistOnOpen"] is True
    place.answer()
    place.do("add-predictor", **SPEC, files=[])
    assert place.project["assistOnOpen"] is False
    assert place.wanted["assetIds"] == []


def test_its_classes_come_with_its_answers(deployed: Workplace) -> None:
    deployed.here("assist")
    deployed.answer(APART, labels=["Title", "Figure"])
    names = [one["name"] for one in predictor(deployed)["classes"]]
    assert names == ["Title", "Figure"]
    assert predictor(deployed)["unmapped"] == 1
    # The next answer numbers them otherwise, and has a new one.
    deployed.do("step", direction="next")
    deployed.answer(
        [(Box(0, 0, 10, 10), 0.9, 0), (Box(20, 0, 30, 10), 0.8, 1), (Box(40, 0, 50, 9), 0.7, 2)],
        labels=["Text", "Figure", "Title"],
    )
    names = [one["name"] for one in predictor(deployed)["classes"]]
    assert names == ["Title", "Figure", "Text"]
    assert deployed.view["status"] == [0, 7, 0]


def test_what_was_answered_is_there_after_a_reload(deployed: Workplace) -> None:
    deployed.here("assist")
    deployed.answer(APART, labels=["Text", "Title"])
    deployed.reload()
    assert [one["name"] for one in predictor(deployed)["classes"]] == ["Text", "Title"]
    assert deployed.view["status"] == [0, 0, 0, 1]


def test_a_class_without_a_label_is_a_failure(deployed: Workplace) -> None:
    deployed.here("assist")
    deployed.answer(APART, labels=["Text"])
    assert deployed.row["prediction"] == "failed"
    assert predictor(deployed)["classes"] == []
