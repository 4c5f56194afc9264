import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twoclick.kernels.probiou import probiou, rotated_survivors


@st.composite
def candidates(draw):
    count = draw(st.sampled_from([0, 1, 30, 700]))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    boxes = np.hstack(
        (
            random.uniform(0, 300, (count, 2)),
            random.uniform(1, 90, (count, 2)),
            random.uniform(-1, 3, (count, 1)),
        )
    )
    return boxes, random.random(count), random.integers(0, 3, count)


def one(*numbers):
    return np.array([numbers], dtype=np.float64)


def test_a_box_is_like_itself_however_it_is_told():
    same = probiou(one(5, 6, 20, 10, 0.3), one(5, 6, 20, 10, 0.3))
    turned = probiou(one(5, 6, 20, 10, 0.3), one(5, 6, 10, 20, 0.3 + math.pi / 2))
    np.testing.assert_allclose([same, turned], 1, atol=1e-3)


def test_likeness_of_moved_circles_is_what_the_paper_says():
    # Variances of 12, for sides of 12, and 6 pixels apart: a distance of 36 / (8 * 12).
    likeness = probiou(one(0, 0, 12, 12, 0), one(6, 0, 12, 12, 0))
    np.testing.assert_allclose(likeness, 1 - math.sqrt(1 - math.exp(-0.375)), rtol=1e-5)


def test_boxes_without_area_or_far_away_are_like_nothing():
    pairs = [(one(0, 0, 0, 5, 0), one(0, 0, 0, 5, 0)), (one(0, 0, 5, 5, 0), one(900, 0, 5, 5, 0))]
    for first, second in pairs:
        likeness = float(probiou(first, second)[0])
        assert likeness <= 1
        assert math.isfinite(likeness)


@given(candidates(), st.sampled_from([0.0, 0.3, 0.7, 0.9]))
def test_what_is_skipped_as_too_far_would_have_changed_nothing(drawn, overlap):
    boxes, scores, classes = drawn
    kept = rotated_survivors(boxes, scores, classes, overlap=overlap, limit=10_000)
    order = np.argsort(-scores, kind="stable")
    count = len(order)
    first, second = np.triu_indices(count, k=1)
    alike = probiou(boxes[order[first]], boxes[order[second]]) > overlap
    alike &= classes[order[first]] == classes[order[second]]
    wanted = np.delete(order, np.unique(second[alike]))
    np.testing.assert_array_equal(kept, wanted)
    np.testing.assert_array_equal(
        rotated_survivors(boxes, scores, classes, overlap=overlap, limit=5), wanted[:5]
    )
