"""Which points change places in a mirror, and whether numbers of points fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats.keypoint_names import differing, mirrored, mismatch
from twoclick.formats.labels import FileTag


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (("nose", "left_eye", "right_eye"), (0, 2, 1)),
        (("LeftEar", "RightEar"), (1, 0)),
        (("leftEar", "rightEar", "tail"), (1, 0, 2)),
        (("eye left", "EYE-RIGHT", "eye right"), None),
        (("EYE LEFT", "EYE RIGHT"), (1, 0)),
        (("l_hip", "r_hip"), (1, 0)),
        (("hip.L", "hip.R"), (1, 0)),
        (("left_eye", "nose"), None),
        (("top left", "top right", "bottom right", "bottom left"), (1, 0, 3, 2)),
        (("a", "b"), None),
        (("point 1", "point 2"), None),
        (("bright", "cleft"), None),
        (("left", "left"), None),
        ((), None),
    ],
)
def test_sides_are_told_by_words(names, places):
    assert mirrored(names) == places


@given(st.lists(st.text("leftrigLR_ 1", max_size=8), max_size=6))
def test_a_mirror_twice_is_none(names):
    places = mirrored(names)
    assert places is None or [places[at] for at in places] == list(range(len(names)))


def test_numbers_of_points_fit_or_are_told():
    two, three, none = (
        FileTag(name=name, keypoints=("x",) * count)
        for name, count in (("two", 2), ("three", 3), ("none", 0))
    )
    assert differing((two, none)) is None
    assert differing((none, two, three)) == '"two" has 2 keypoints and "three" has 3'
    assert mismatch({("two", 2): 5, ("none", 4): 1}, (two, three, none)) is None
    wrong = '"two" names 2 keypoints, and 5 of its shapes have 3'
    assert mismatch({("two", 3): 5}, (two,)) == wrong
    several = mismatch({("none", 3): 5, ("none", 4): 1}, (none,))
    assert several == '"none" has shapes with 3 keypoints, and one of its shapes has 4'
