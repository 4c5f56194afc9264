import numpy as np
import pytest

from twoclick.kernels.enlarge import enlarged


@pytest.mark.parametrize("factor", [1, 2, 3])
@pytest.mark.parametrize("shape", [(5, 7), (2, 2), (1, 4)])
def test_values_lie_where_a_bilinear_enlargement_has_them(factor, shape):
    values = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    y, x = ((np.arange(size * factor) + 0.5) / factor - 0.5 for size in shape)
    wide = np.stack([np.interp(x, np.arange(shape[1]), row) for row in values])
    expected = np.stack([np.interp(y, np.arange(shape[0]), column) for column in wide.T]).T
    np.testing.assert_allclose(enlarged(values, factor), expected, atol=1e-6)


def test_an_odd_factor_keeps_every_value():
    values = np.arange(12, dtype=np.float32).reshape(3, 4) ** 2
    np.testing.assert_array_equal(enlarged(values, 3)[1::3, 1::3], values)
