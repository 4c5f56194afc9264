import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from twoclick.kernels.boxes import areas, clip, pairwise_iou

corners = arrays(np.float64, st.tuples(st.integers(0, 6), st.just(4)), elements=st.integers(0, 20))


def slow_iou(a, b):
    area = [max(0, box[2] - box[0]) * max(0, box[3] - box[1]) for box in (a, b)]
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    union = sum(area) - width * height
    return width * height / union if union > 0 else 0.0


@given(corners, corners)
def test_iou_is_that_of_each_pair(first, second):
    expected = [[slow_iou(a, b) for b in second] for a in first]
    np.testing.assert_allclose(
        pairwise_iou(first, second), np.reshape(expected, (len(first), len(second)))
    )


def test_a_box_overlaps_itself_wholly_and_a_line_overlaps_nothing():
    boxes = np.array([[0, 0, 10, 10], [5, 5, 5, 9]], dtype=float)
    np.testing.assert_array_equal(pairwise_iou(boxes, boxes), [[1, 0], [0, 0]])


def test_swapped_corners_have_no_area():
    np.testing.assert_array_equal(areas(np.array([[4.0, 4, 2, 2], [0, 0, 2, 3]])), [0, 6])


@given(corners)
def test_clipping_keeps_boxes_inside_and_leaves_its_argument_alone(boxes):
    before = boxes.copy()
    clipped = clip(boxes - 5, width=10, height=7)
    assert ((clipped >= 0) & (clipped <= [10, 7, 10, 7])).all()
    np.testing.assert_array_equal(boxes, before)
