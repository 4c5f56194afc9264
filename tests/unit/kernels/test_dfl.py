import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from twoclick.kernels.dfl import expected_distances


def slow_expectation(logits):
    weights = [math.exp(logit - max(logits)) for logit in logits]
    return sum(place * weight for place, weight in enumerate(weights)) / sum(weights)


@given(arrays(np.float32, (3, 32), elements=st.floats(-80, 80, width=32)))
def test_each_side_is_the_mean_of_its_own_distribution(logits):
    expected = [[slow_expectation(side) for side in row.reshape(4, 8).tolist()] for row in logits]
    np.testing.assert_allclose(expected_distances(logits), expected, rtol=1e-4, atol=1e-5)


def test_even_logits_mean_the_middle_and_huge_ones_do_not_overflow():
    logits = np.full((1, 32), 1e4, dtype=np.float32)
    np.testing.assert_allclose(expected_distances(logits), [[3.5] * 4])


def test_no_rows_give_no_rows():
    assert expected_distances(np.empty((0, 32), dtype=np.float32)).shape == (0, 4)
