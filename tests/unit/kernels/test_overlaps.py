import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from twoclick.kernels.boxes import pairwise_iou
from twoclick.kernels.overlaps import overlap_pairs

boxes_of_an_image = arrays(
    np.float64, st.tuples(st.integers(0, 12), st.just(4)), elements=st.integers(0, 20)
)


@given(boxes_of_an_image, st.sampled_from([0.0, 0.1, 0.5, 1.0]))
def test_pairs_are_those_of_the_full_table(boxes, minimum):
    pairs, ious = overlap_pairs(boxes, minimum=minimum)
    table = pairwise_iou(boxes, boxes)
    expected = [
        (i, j)
        for i in range(len(boxes))
        for j in range(i + 1, len(boxes))
        if table[i, j] >= minimum and table[i, j] > 0
    ]
    assert [tuple(pair) for pair in pairs.tolist()] == expected
    assert ious.tolist() == [table[i, j] for i, j in expected]
    assert (pairs.dtype, ious.dtype) == (np.int32, np.float64)
    assert pairs.shape == (len(expected), 2)
