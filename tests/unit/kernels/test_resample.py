import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from golden.page_layout_answers import RESAMPLED
from twoclick.kernels.resample import bilinear

images = arrays(np.uint8, array_shapes(min_dims=3, max_dims=3, min_side=1, max_side=9))


def slow_bilinear(image, width, height):
    """The definition, one target pixel at a time."""
    rows, columns, _ = image.shape
    result = np.empty((height, width, image.shape[2]))
    for y in range(height):
        for x in range(width):
            v = min(max((y + 0.5) * rows / height - 0.5, 0), rows - 1)
            u = min(max((x + 0.5) * columns / width - 0.5, 0), columns - 1)
            top, left = int(v), int(u)
            bottom, right = min(top + 1, rows - 1), min(left + 1, columns - 1)
            a, b = v - top, u - left
            above = image[top, left] * (1 - b) + image[top, right] * b
            below = image[bottom, left] * (1 - b) + image[bottom, right] * b
            result[y, x] = above * (1 - a) + below * a
    return result


@given(images, st.integers(1, 12), st.integers(1, 12))
def test_it_is_the_definition_rounded(image, width, height):
    exact = slow_bilinear(image, width, height)
    result = bilinear(image, width=width, height=height)
    assert result.shape == (height, width, image.shape[2])
    assert np.abs(result - exact).max() <= 0.5 + 1e-3


def test_the_same_size_changes_nothing():
    image = np.random.default_rng(1).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    np.testing.assert_array_equal(bilinear(image, width=5, height=7), image)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_one_pixel_fills_everything(size):
    image = np.array([[[7, 8, 9]]], dtype=np.uint8)
    expected = np.broadcast_to([7, 8, 9], (size, size, 3))
    np.testing.assert_array_equal(bilinear(image, width=size, height=size), expected)


def test_it_is_what_opencv_does_but_for_its_fixed_point():
    with np.load(RESAMPLED) as kept:
        stretched = dict(kept)
    source = stretched.pop("source")
    for size, expected in stretched.items():
        width, height = (int(number) for number in size.split("x"))
        ours = bilinear(source, width=width, height=height).astype(int)
        difference = np.abs(ours - expected)
        assert difference.max() <= 1, size
        assert np.mean(difference > 0) < 0.2, size
