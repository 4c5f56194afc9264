"""Importing what some model said as suggestions: looked at, committed and taken back like any."""

from collections.abc import Sequence
from typing import Any

import pytest

from twoclick.domain.geometry import Shape
from twoclick.session.refusal import Refused
from unit.session.project_file import there
from unit.session.runs.importing import A, B, C, OnImage, imported, moved
from unit.session.workplace import Workplace

FILE = {"name": "coco.json", "digest": "f" * 64, "classes": ["Text", "Figure"], "size": 99}


def scored(at: int, *found: tuple[Shape, int, float], **fields: Any) -> OnImage:
    """Suggestions on the image at a place: shapes with class and score, by falling score."""
    scores = [score for _, _, score in found]
    return OnImage(
        at=at,
        shapes=[(shape, number) for shape, number, _ in found],
        fields={"scores": scores, "pairs": [], "ious": [], **fields},
    )


def suggested(
    place: Workplace, *images: OnImage, tags: Sequence[str | None] = ("Text", "Title")
) -> Any:
    return imported(place, *images, **{"as": "suggestions"}, predictor=FILE, tags=list(tags))


def test_they_are_seen_when_all_are_there(answered: Workplace) -> None:
    counts = suggested(answered, scored(0, (A, 0, 0.9), (B, 1, 0.6), (C, 1, 0.2)), scored(2))
    assert counts == {"changed": 2, "added": 3, "removed": 0, "skipped": 0}
    predictor = answered.project["predictors"][-1]
    assert predictor["id"] == answered.project["activePredictorId"]
    assert (predictor["kind"], predictor["name"], predictor["iteration"]) == (
        "file",
        "coco.json",
        2,
    )
    assert answered.view["status"] == [0, 0, 1]
    assert answered.view["prediction"] == "ready"
    assert [row["prediction"] for row in answered.rows.values()] == ["ready", "none", "ready"]
    assert answered.documents()[0][1] == "todo"


def test_they_are_committed_with_where_they_came_from(answered: Workplace) -> None:
    suggested(answered, scored(0, (A, 0, 0.9)))
    answered.commit(0)
    (row,) = answered.annotations.values()
    assert (row["origin"], row["iteration"], row["score"]) == ("model", 2, 0.9)
    answered.reload()
    assert answered.view["status"] == [5]


def test_undo_brings_the_former_model_back(answered: Workplace) -> None:
    former = answered.project["activePredictorId"]
    before = there(answered)["predictions"]
    suggested(answered, scored(0, (A, 0, 0.9)), scored(1, (B, 1, 0.8)))
    predictor_id = answered.project["activePredictorId"]
    answered.here("select", candidates=[0], mode="only")
    answered.do("set-threshold", predictorId=predictor_id, value=0.95, tagId=None, final=True)
    answered.reload()
    moved(answered, "undo")
    assert answered.project["activePredictorId"] == former
    assert len(answered.project["predictors"]) == 1
    assert len(answered.view["status"]) == 4
    assert there(answered)["predictions"] == before
    assert all(not record["selections"] for record in there(answered)["assets"])
    moved(answered, "redo")
    assert answered.project["activePredictorId"] == predictor_id
    assert answered.view["threshold"] == 0.95
    assert answered.view["status"] == [1]


def test_a_file_is_never_asked(place: Workplace) -> None:
    place.here("assist")
    place.answer()
    suggested(place, scored(0, (A, 0, 0.9)))
    assert place.wanted["assetIds"] == []
    place.here("assist")
    assert place.project["suggestionsShown"] is False
    place.do("step", direction="next")
    place.here("assist")
    assert place.said() == ["coco.json has nothing for page-1.png"]
    assert place.wanted["assetIds"] == []
    refused = place.refused_here("ask-anew")
    assert (refused.code, "coco.json" in refused.message) == ("from-file", True)


def test_a_class_without_a_tag_is_not_mapped(place: Workplace) -> None:
    suggested(place, scored(0, (A, 0, 0.9), (B, 1, 0.8)), tags=["Text", None])
    assert place.project["predictors"][-1]["unmapped"] == 1
    assert place.view["status"] == [0, 7]


@pytest.mark.parametrize(
    "wrong",
    [
        scored(0, (A, 0, 0.5), (B, 1, 0.9)),
        scored(0, (A, 0, 1.5)),
        scored(0, *[(A, 0, 0.5)] * 301),
        scored(0, (A, 0, 0.5), pairs=[0, 1], ious=[0.5]),
    ],
)
def test_what_no_model_would_say_is_refused(place: Workplace, wrong: OnImage) -> None:
    with pytest.raises(Refused) as refused:
        suggested(place, wrong)
    assert refused.value.code == "bad-value"
