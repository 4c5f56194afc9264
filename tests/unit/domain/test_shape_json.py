"""Shapes as JSON, there and back, and what is no shape."""

import json
from typing import Any

import pytest
from hypothesis import given

from twoclick.domain.geometry import Shape
from twoclick.domain.shape_json import shape_json, shape_value
from unit.domain.shape_strategies import all_shapes

BOX = [0, 0, 9, 9]


@given(all_shapes)
def test_shapes_come_back_as_they_were(shape: Shape) -> None:
    assert shape_value(json.loads(json.dumps(shape_json(shape)))) == shape


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"kind": "blob"}, "kind: 'blob' is not one of box, rotated-box, polygon, keypoints"),
        ({"kind": "whole-image"}, "box: expected a list of numbers"),
        ({"kind": "keypoints", "box": BOX}, "points: expected a list of numbers"),
        (
            {"kind": "keypoints", "box": BOX, "points": [1, 2, 3], "visibility": [2]},
            "points: expected x and y of each point",
        ),
        (
            {"kind": "keypoints", "box": BOX, "points": [1, 2], "visibility": [2, 2]},
            "visibility: expected a list of 1 numbers",
        ),
        (
            {"kind": "keypoints", "box": BOX, "points": [1, 2], "visibility": [3]},
            "visibility: expected 0, 1 or 2",
        ),
        (
            {"kind": "keypoints", "box": BOX, "points": [1, 2], "visibility": [True]},
            "visibility: expected 0, 1 or 2",
        ),
        (
            {"kind": "keypoints", "box": BOX[:3], "points": [1, 2], "visibility": [1]},
            "box: expected 4 numbers, found 3",
        ),
    ],
)
def test_what_is_no_shape_is_said(data: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        shape_value(data)
