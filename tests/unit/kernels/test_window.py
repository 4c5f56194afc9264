import numpy as np
import pytest

from twoclick.kernels.window import Window, auto_window, through_window


def test_one_value_in_a_hundred_is_left_out_at_either_end():
    values = np.arange(1000, 2000, dtype=np.uint16).reshape(25, 40)
    assert auto_window(values) == Window(1009, 1989)


def test_a_few_hot_pixels_do_not_darken_the_rest():
    values = np.full(1000, 300, dtype=np.uint16)
    values[:500] = 100
    values[:5] = 65535
    assert auto_window(values) == Window(100, 300)


@pytest.mark.parametrize(("value", "window"), [(0, (0, 1)), (7, (7, 8)), (65535, (65534, 65535))])
def test_one_value_everywhere_still_has_a_window(value, window):
    assert auto_window(np.full((3, 3), value, dtype=np.uint16)) == window


def test_values_are_spread_over_the_window_and_clamped():
    values = np.array([0, 100, 101, 151, 200, 65535], dtype=np.uint16)
    assert through_window(values, Window(100, 200)).tolist() == [0, 0, 3, 130, 255, 255]
