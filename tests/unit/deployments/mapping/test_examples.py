"""Known answers are read by the mapping that is suggested for them."""

import numpy as np
import pytest

from twoclick.deployments.mapping.answer_mapping import mapping_of
from twoclick.deployments.mapping.applying import answer_of
from twoclick.deployments.mapping.preview import explain
from twoclick.deployments.mapping.suggest import suggest_mapping
from unit.deployments.mapping.examples import EXAMPLES, HEIGHT, WIDTH, Example
from unit.deployments.png_masks import open_mask


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_answer_is_read_by_the_mapping_that_is_suggested(example: Example) -> None:
    suggestion = suggest_mapping(example.answer)
    assert example.settings.items() <= suggestion.settings.items()
    assert suggestion.why.keys() == suggestion.settings.keys()
    mapping = mapping_of({**suggestion.settings, **example.mended})
    answer = answer_of(example.answer, mapping, width=WIDTH, height=HEIGHT, open_mask=open_mask)
    assert len(answer.found) == example.count
    first, (label, score, bounds) = answer.found[0], example.first
    assert (first.label, first.kind) == (label, example.kind)
    assert first.score == pytest.approx(score)
    if bounds is None:
        assert first.rings == ()
    else:
        points = np.concatenate(first.rings)
        around = [*points.min(axis=0), *points.max(axis=0)]
        assert around == pytest.approx(bounds, abs=0.01 if example.kind != 2 else 70)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_preview_of_a_suggestion_has_no_problem(example: Example) -> None:
    settings = {**suggest_mapping(example.answer).settings, **example.mended}
    rows = explain(example.answer, settings, width=WIDTH, height=HEIGHT, open_mask=open_mask)
    assert [row for row in rows if row.problem] == []
    assert rows[0].value == f"{example.count} object{'s' * (example.count != 1)}"


def test_the_only_text_may_be_the_class_and_an_id_is_none() -> None:
    row = {"box": [1, 2, 30, 40], "score": 0.5, "id": "7f", "kind": "cat"}
    assert suggest_mapping([row]).settings["label"] == "kind"
    del row["kind"]
    suggestion = suggest_mapping([row])
    assert (suggestion.settings["label"], suggestion.why["label"]) == (
        "",
        "nothing looks like a class",
    )


@pytest.mark.parametrize(
    "answer", [None, 3, "text", [], {}, {"predictions": []}, {"status": "ok"}, [[1, 2], [3]]]
)
def test_without_objects_nothing_is_suggested(answer: object) -> None:
    suggestion = suggest_mapping(answer)
    assert suggestion.settings == {}
    assert "Nothing in this answer looks like" in suggestion.why["objects"]
