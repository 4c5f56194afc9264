"""Answers that do not fit a mapping: what is said of them, in the answer and in the preview."""

import re
from typing import Any

import numpy as np
import pytest

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.mapping import forms
from twoclick.deployments.mapping.answer_mapping import mapping_of
from twoclick.deployments.mapping.applying import answer_of
from twoclick.deployments.mapping.preview import PreviewRow, explain
from twoclick.deployments.mapping.suggest import suggest_mapping
from unit.deployments.png_masks import open_mask, png

ROW: dict[str, Any] = {"box": [1, 2, 30, 40], "label": "cat", "score": 0.5}


def read(answer: Any, settings: dict[str, str], **more: Any) -> Any:
    return answer_of(
        answer, mapping_of(settings), width=640, height=480, open_mask=open_mask, **more
    )


def preview(answer: Any, settings: dict[str, str]) -> list[PreviewRow]:
    return explain(answer, settings, width=640, height=480, open_mask=open_mask)


@pytest.mark.parametrize(
    ("change", "settings", "says"),
    [
        ({"box": None}, {}, "is (box): predictions[1].box should be a list, but is null"),
        ({"box": [1, 2, 3]}, {}, "predictions[1].box should have 4 numbers, but has 3"),
        ({"box": [1, 2, "3", 4]}, {}, "predictions[1].box[2] should be a number, but is a text"),
        ({"box": [1, 2, 3, True]}, {}, "predictions[1].box[3] should be a number, but is true"),
        ({"box": [30, 2, 3, 40]}, {}, "the numbers may have another order"),
        ({"box": [1, 2, -3, 4]}, {"form": forms.CORNER_SIZE}, "a width of -3"),
        ({"box": [1, 2, 3, 4]}, {"form": forms.ROTATED}, "should have 5 numbers, but has 4"),
        ({"box": [[1, 2], [3, 4]]}, {"form": forms.POINTS}, "3 points or more, but has 2"),
        ({"box": [{"a": 1}, {"a": 2}]}, {"form": forms.AROUND}, "predictions[1].box[0] has no “x”"),
        ({"box": {"size": [2, 2], "counts": [1, 9]}}, {"form": forms.MASK}, "do not add up"),
        ({"box": {"size": [2], "counts": [4]}}, {"form": forms.MASK}, "a height and a width"),
        ({"box": [1e308] * 4}, {"form": forms.CORNER_SIZE}, "numbers that no picture can have"),
        ({"box": [1e306] * 5}, {"form": forms.ROTATED, "units": forms.SHARES}, "no picture can"),
        ({"label": None}, {}, "Class (label): predictions[1].label should be a class, but is null"),
        ({"label": " "}, {}, "predictions[1].label should be a name, but is a text"),
        ({"label": -1}, {}, "should be the number of a class, but is -1"),
        ({"label": 1.5}, {}, "should be the number of a class, but is 1.5"),
        ({"score": 90}, {}, "Score (score): predictions[1].score should be a score from 0 to 1"),
        ({"score": 900}, {"scores": forms.SCORE_PERCENT}, "a percentage from 0 to 100, but is 900"),
        ({"score": "high"}, {"numbers": forms.NUMBERS_AS_TEXTS}, "but is the text “high”"),
        ({}, {"place": "score, score, label, score"}, "predictions[0].label should be a number"),
        ({}, {"place": "box.x1"}, "predictions[0].box has no “x1” (it has 4 items)"),
        ({}, {"label": "tag.name"}, "predictions[0] has no “tag” (it has: box, label, score)"),
        ({}, {"label": "tag?"}, "predictions[0] has no class"),
        ({}, {"units": forms.TOLD, "size": "$.w, $.h"}, "height ($.w, $.h): the answer has"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_path_and_place(
    change: dict[str, Any], settings: dict[str, str], says: str
) -> None:
    answer = {"predictions": [ROW, {**ROW, **change}]}
    # The first object is whole; where the mapping is at fault, it is the first that is told.
    if "form" in settings:
        answer = {"predictions": [{**ROW, **change}] * 2}
        says = says.replace("predictions[1]", "predictions[0]")
    with pytest.raises(
        DeploymentError, match="The answer does not fit the paths in Model"
    ) as caught:
        read(answer, settings)
    assert caught.value.code == "not-understood"
    assert says in str(caught.value)
    assert any(row.problem for row in preview(answer, settings))


@pytest.mark.parametrize(
    ("answer", "settings", "says"),
    [
        ({"error": "no such model"}, {}, "The server says: no such model"),
        ({"predictions": None}, {}, "predictions should be a list of objects, but is null"),
        ({"predictions": "none"}, {}, "predictions should be a list of objects, but is a text"),
        (None, {}, "the answer has no “predictions” (it is null)"),
        (
            {"predictions": {"box": [[1, 2, 3, 4]], "label": ["a", "b"], "score": [1]}},
            {"arrangement": forms.IN_COLUMNS},
            "not equally long: label has 2, score has 1, box has 1",
        ),
        (
            {"predictions": {}},
            {"arrangement": forms.IN_COLUMNS, "label": "", "score": "", "place": "box?"},
            "predictions has no lists that the paths lead to",
        ),
    ],
)  # fmt: skip
def test_an_answer_without_its_list_is_not_one_without_objects(
    answer: Any, settings: dict[str, str], says: str
) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(answer, settings, said="no such model" if "The server" in says else "")
    assert says in str(caught.value)
    (row,) = preview(answer, settings)
    assert row.problem


def test_an_empty_list_is_nothing_found_and_so_is_one_that_may_be_absent() -> None:
    assert read({"predictions": []}, {}).found == ()
    assert read({}, {"objects": "predictions?"}).found == ()


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"objects": "a..b"}, "“List of objects” in Model Settings: character 3 of “a..b”"),
        ({"objects": ""}, "“List of objects” in Model Settings: a path is missing"),
        ({"place": "a,,b"}, "“Where the shape is” in Model Settings: character 3"),
        ({"place": "a,b"}, "takes 1 or 4 paths, not 2"),
        ({"place": "a", "form": forms.POINTS_BY_AXIS}, "takes 2 paths, not 1"),
        ({"place": "a,b,c", "form": forms.POINTS}, "takes 1 or x and y in turn paths, not 3"),
        ({"units": forms.TOLD}, "“Width and height” in Model Settings"),
        ({"units": "inches"}, "“inches” is none of pixels of the picture, shares"),
    ],
)
def test_settings_that_cannot_be_used_are_named(settings: dict[str, str], says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        mapping_of(settings)
    assert caught.value.code == "bad-settings"
    assert says in str(caught.value)
    assert says in preview({}, settings)[0].problem


def test_numbers_of_classes_have_names_where_the_person_gave_some() -> None:
    answer = {"predictions": [{**ROW, "label": number} for number in (1, 7)]}
    assert [one.label for one in read(answer, {}, classes=("a", "b")).found] == ["b", "class 7"]


def test_without_a_path_all_objects_are_of_one_class_and_sure() -> None:
    answer = {"predictions": [ROW]}
    (found,) = read(answer, {"label": "", "score": ""}).found
    assert (found.label, found.score) == ("object", 1.0)
    (found,) = read(answer, {"label": "", "score": ""}, classes=("cell",)).found
    assert found.label == "cell"


def test_the_preview_shows_what_each_path_gives() -> None:
    rows = preview({"predictions": [ROW, {**ROW, "score": None}] + [ROW] * 5}, {})
    assert [(row.object, row.field, row.path, row.value) for row in rows[:4]] == [
        ("", "List of objects", "predictions", "7 objects"),
        ("predictions[0]", "Class", "label", "cat"),
        ("predictions[0]", "Score", "score", "0.5"),
        ("predictions[0]", "Where the shape is", "box", "[1, 2, 30, 40]"),
    ]
    assert [row.problem for row in rows if row.problem] == [
        "predictions[1].score should be a number, but is null"
    ]
    assert {row.object for row in rows} == {"", *(f"predictions[{nth}]" for nth in range(3))}


def test_the_preview_doubts_units_that_are_strange() -> None:
    (*_, row) = preview({"predictions": [{**ROW, "box": [0.1, 0.2, 0.3, 0.4]}]}, {})
    assert row.problem == "all numbers are 1 at most: they may be shares"
    (*_, row) = preview({"predictions": [ROW]}, {"units": forms.SHARES})
    assert row.problem == (
        "it would lie at x 19200, y 19200, far outside the picture of 640 x 480 pixels: the units "
        "may be others"
    )


SQUARE = np.zeros((24, 32), dtype=np.uint8)
SQUARE[6:12, 8:16] = 1


@pytest.mark.parametrize("bright", [1, 255])
def test_a_mask_as_a_picture_of_any_size_lies_on_what_was_sent(bright: int) -> None:
    row = {**ROW, "box": png(SQUARE * np.uint8(bright))}
    found = read({"predictions": [row]}, {"form": forms.PICTURE_MASK}).found[0]
    (ring,) = found.rings
    # A pixel of the mask is 20 of the picture; its corners are cut by half of one.
    assert [*ring.min(axis=0), *ring.max(axis=0)] == pytest.approx([160, 120, 320, 240])


POINTS = [(10.0, 20.0, 0.9), (30.0, 40.0, 0.25)]


@pytest.mark.parametrize(
    ("told", "sure"),
    [
        ([[*point] for point in POINTS], [0.9, 0.25]),
        ([number for point in POINTS for number in point], [0.9, 0.25]),
        ([{"x": x, "y": y, "confidence": sure} for x, y, sure in POINTS], [0.9, 0.25]),
        ([{"x": x, "y": y, "visible": sure > 0.5} for x, y, sure in POINTS], [1, 0]),
        ([10, 20, 2, 30, 40, 0], [1, 0]),
    ],
)
def test_keypoints_have_places_and_certainties(told: list[Any], sure: list[float]) -> None:
    answer = {"predictions": [{**ROW, "points": told}]}
    settings = {"form": forms.SURE_KEYPOINTS, "place": "points"}
    found = read(answer, settings).found[0]
    box, points = found.rings
    assert points.tolist() == [[10, 20], [30, 40]]
    assert box.tolist() == [[10, 20], [30, 40]]
    assert found.certainties.tolist() == pytest.approx(sure)
    assert [row.problem for row in preview(answer, settings)] == [""] * 4


def test_keypoints_without_certainties_are_certain() -> None:
    row = {**ROW, "points": [[x, y] for x, y, _ in POINTS]}
    found = read({"predictions": [row]}, {"form": forms.KEYPOINTS, "place": "points"}).found[0]
    assert found.certainties.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("value", "form", "says"),
    [
        ("no base64!", forms.PICTURE_MASK, "should be a picture as base64, but it cannot be read"),
        ([1], forms.PICTURE_MASK, "should be a picture as base64, but is a list"),
        ([], forms.SURE_KEYPOINTS, "1 point or more, but has 0"),
        ([1, 2], forms.SURE_KEYPOINTS, "x, y and certainty in turn, but has 2 numbers"),
        ([[1, 2]], forms.SURE_KEYPOINTS, "x, y and certainty, but has 2 numbers"),
        ([[1, 2, 7]], forms.SURE_KEYPOINTS, "a score from 0 to 1, but is 7"),
        ([{"x": 1, "y": 2}], forms.SURE_KEYPOINTS, "should have an x, a y and a certainty"),
        ([], forms.KEYPOINTS, "1 points or more, but has 0"),
    ],
)
def test_masks_and_keypoints_that_do_not_fit_are_named(value: Any, form: str, says: str) -> None:
    with pytest.raises(DeploymentError, match=re.escape(says)):
        read({"predictions": [{**ROW, "box": value}]}, {"form": form})


def test_masks_and_keypoints_are_suggested() -> None:
    masks = suggest_mapping([{"label": "cat", "score": 0.5, "mask": png(SQUARE)}])
    assert (masks.settings["form"], masks.settings["place"]) == (forms.PICTURE_MASK, "mask")
    row = {"label": "cat", "score": 0.5, "bbox": [1, 2, 30, 40]}
    sure = suggest_mapping([{**row, "keypoints": [[*point] for point in POINTS]}])
    assert (sure.settings["form"], sure.settings["place"]) == (forms.SURE_KEYPOINTS, "keypoints")
    plain = suggest_mapping([{**row, "landmarks": [[1.5, 2], [30, 40], [3, 9]]}])
    assert (plain.settings["form"], plain.settings["place"]) == (forms.KEYPOINTS, "landmarks")
