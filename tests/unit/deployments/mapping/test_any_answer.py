"""Whatever an answer is, a mapping reads it or says why not, and a suggestion can be used."""

import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.mapping import forms
from twoclick.deployments.mapping.answer_mapping import mapping_of
from twoclick.deployments.mapping.applying import answer_of
from twoclick.deployments.mapping.preview import explain
from twoclick.deployments.mapping.suggest import suggest_mapping
from unit.deployments.png_masks import open_mask

# fmt: off
WORDS = [
    "predictions", "boxes", "box", "bbox", "score", "scores", "label", "class_id", "x", "y",
    "x1", "y1", "x2", "y2", "w", "h", "width", "height", "cx", "cy", "angle", "points", "polygon",
    "segments", "size", "counts", "name", "obb", "normalizedVertices", "image",
]
# fmt: on
NUMBERS = st.integers(-10, 700) | st.floats(-1, 1) | st.sampled_from([0, 1, 1e300, 2**70, math.inf])
LEAVES = (
    st.none()
    | st.booleans()
    | NUMBERS
    | st.sampled_from(["cat", "0.93", "[1]", '{"a": [1, 2]}', "", "12"])
    | st.lists(NUMBERS, min_size=4, max_size=6)
)
MEMBERS = st.sampled_from(WORDS) | st.text(max_size=3)
WILD = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=5),
    max_leaves=25,
)
OBJECTS = st.dictionaries(MEMBERS, WILD, max_size=4).flatmap(
    lambda more: st.lists(
        st.fixed_dictionaries(
            {
                "box": st.lists(NUMBERS, min_size=4, max_size=5),
                "score": st.floats(0, 1),
                "label": st.sampled_from(["a", "b", 3]),
            }
        ).map(lambda one: {**one, **more}),
        max_size=4,
    )
)
ANSWERS = WILD | OBJECTS | OBJECTS.map(lambda some: {"predictions": some})
PATHS = st.sampled_from(
    [
        *("$", "@", "*", "[*]", "[0]", "@json", "*.@key", "", "a..b"),
        *("predictions", "predictions?", "boxes", "box", "score", "label"),
        *("$.image.width, $.image.height", "x1, y1, x2, y2"),
    ]
)
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "objects": PATHS,
        "place": PATHS,
        "label": PATHS,
        "score": PATHS,
        "size": PATHS,
        "form": st.sampled_from(forms.FORMS),
        "units": st.sampled_from(forms.UNITS),
        "arrangement": st.sampled_from(forms.ARRANGEMENTS),
        "scores": st.sampled_from(forms.SCORES),
        "numbers": st.sampled_from(forms.NUMBERS),
        "angle": st.sampled_from(forms.ANGLES),
    },
)


def is_read(answer: Any, settings: dict[str, str]) -> bool:
    try:
        answer_of(answer, mapping_of(settings), width=640, height=480, open_mask=open_mask)
    except DeploymentError:
        return False
    return True


@given(answer=ANSWERS, settings=SETTINGS)
def test_it_is_read_or_refused_and_the_preview_says_the_same(
    answer: Any, settings: dict[str, str]
) -> None:
    rows = explain(answer, settings, width=640, height=480, open_mask=open_mask)
    problems = [row.problem for row in rows if row.problem and " may be " not in row.problem]
    if is_read(answer, settings):
        assert problems == []
    else:
        # What is wrong may be in an object that the preview does not reach.
        assert problems or int(rows[0].value.split()[0]) > 3


@given(answer=ANSWERS)
def test_what_is_suggested_are_settings_that_find_objects(answer: Any) -> None:
    suggestion = suggest_mapping(answer)
    assert set(suggestion.settings) <= set(suggestion.why)
    if suggestion.settings:
        mapping_of(suggestion.settings)
        first, *_ = explain(answer, suggestion.settings, width=640, height=480, open_mask=open_mask)
        assert not first.problem
        assert first.value != "0 objects"
