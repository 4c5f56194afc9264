import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.kernels import nms
from twoclick.kernels.boxes import pairwise_iou
from twoclick.kernels.nms import class_wise_nms


def slow_nms(boxes, scores, classes, iou, limit):
    """The definition, one candidate at a time."""
    kept = []
    for index in sorted(range(len(scores)), key=lambda i: -scores[i]):
        rivals = [k for k in kept if classes[k] == classes[index]]
        if all(pairwise_iou(boxes[[k]], boxes[[index]])[0, 0] <= iou for k in rivals):
            kept.append(index)
    return kept[:limit]


@st.composite
def candidates(draw):
    count = draw(st.integers(0, 40))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    corner = random.integers(0, 12, (count, 2))
    boxes = np.hstack((corner, corner + random.integers(0, 10, (count, 2)))).astype(np.float64)
    # Few distinct scores, so that ties are common.
    return boxes, random.integers(1, 9, count) / 8, random.integers(0, 3, count)


@given(candidates(), st.sampled_from([0.0, 0.3, 0.5, 0.9]), st.integers(1, 40))
def test_survivors_are_those_of_the_definition(drawn, iou, limit):
    boxes, scores, classes = drawn
    kept = class_wise_nms(boxes, scores, classes, iou=iou, limit=limit)
    assert kept.tolist() == slow_nms(boxes, scores, classes, iou, limit)


@pytest.mark.parametrize("block", [1, 2, 7])
@given(drawn=candidates())
def test_blocks_make_no_difference(block, drawn):
    boxes, scores, classes = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nms, "_BLOCK", block)
        kept = class_wise_nms(boxes, scores, classes, iou=0.4, limit=40)
    assert kept.tolist() == slow_nms(boxes, scores, classes, 0.4, 40)


def test_a_suppressed_box_suppresses_nothing():
    boxes = np.array([[0, 0, 10, 10], [4, 0, 14, 10], [8, 0, 18, 10]], dtype=float)
    kept = class_wise_nms(boxes, np.array([0.9, 0.8, 0.7]), np.zeros(3), iou=0.4, limit=9)
    assert kept.tolist() == [0, 2]
