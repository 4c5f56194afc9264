import numpy as np

from twoclick.kernels.closing import closed


def test_gaps_of_one_pixel_are_filled_and_wider_ones_stay():
    values = np.zeros((7, 12), dtype=np.float32)
    values[2:5, [1, 2, 4, 5, 8, 9]] = 0.8
    expected = values.copy()
    expected[2:5, 3] = 0.8
    np.testing.assert_array_equal(closed(values), expected)


def test_it_is_the_least_over_all_squares_of_the_most_in_them():
    rng = np.random.default_rng(4)
    values = rng.random((9, 11))
    framed = np.pad(values, 1)
    for row in range(9):
        for column in range(11):
            squares = [
                framed[row + down : row + down + 2, column + right : column + right + 2].max()
                for down in (0, 1)
                for right in (0, 1)
            ]
            assert closed(values)[row, column] == min(squares)


def test_what_lies_at_the_edge_stays_where_it_is():
    values = np.ones((4, 5))
    np.testing.assert_array_equal(closed(values), values)
