"""Polygons in whole pixels, and back."""

import numpy as np
import pytest
from hypothesis import given

from twoclick.domain.geometry import rings_of
from twoclick.domain.rings import ring_points
from twoclick.kernels.mask_outlines import mask_outlines
from twoclick.kernels.raster import TooLargeError, filled
from twoclick.kernels.rle import compressed, patch_of, runs_of
from unit.domain.shape_strategies import grid_polygons, simple_shapes
from unit.kernels.mask_strategies import masks, pasted, whole

SQUARE = np.array([[1, 1], [4, 1], [4, 3], [1, 3]], dtype=np.float64)


def arrays(shape):
    return [np.array(ring_points(ring)) for ring in rings_of(shape)]


def mask_of(rings, *, width=100, height=100):
    return pasted(filled(rings, width=width, height=height), width=width, height=height)


def by_counting(rings, *, width, height):
    """Pixel by pixel: the crossings left of a centre."""
    mask = np.zeros((height, width), dtype=bool)
    for row in range(height):
        for column in range(width):
            x, y = column + 0.5, row + 0.5
            for ring in rings:
                for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
                    if (ay > y) != (by > y):
                        mask[row, column] ^= ax + (y - ay) * ((bx - ax) / (by - ay)) < x
    return mask


def test_the_golden_polygon_of_pycocotools():
    patch = filled([SQUARE], width=5, height=4)
    assert compressed(runs_of(patch, width=5, height=4)) == "5220003"


@pytest.mark.parametrize("seed", range(20))
def test_pixels_are_those_whose_centre_is_inside(seed):
    rng = np.random.default_rng(seed)
    rings = [
        rng.choice([rng.uniform(-4, 16, (5, 2)), rng.integers(-2, 13, (5, 2)) / 2.0])
        for _ in range(3)
    ]
    found = mask_of(rings, width=12, height=9)
    assert (found == by_counting(rings, width=12, height=9)).all()


@given(masks)
def test_the_outline_of_a_mask_gives_the_mask_again(mask):
    height, width = mask.shape
    assert (mask_of(mask_outlines(whole(mask)), width=width, height=height) == mask).all()


@given(simple_shapes | grid_polygons)
def test_what_was_drawn_in_pixels_is_drawn_the_same_again(shape):
    mask = mask_of(arrays(shape))
    assert (mask_of(mask_outlines(whole(mask))) == mask).all()


def test_outlines_of_a_disc_are_smooth_and_have_few_points():
    rows, columns = np.mgrid[:200, :200]
    disc = np.hypot(rows - 100, columns - 100) < 80
    (ring,) = mask_outlines(whole(disc))
    assert len(ring) < 220
    assert np.abs(np.hypot(*(ring - 100.5).T) - 80).max() < 1


def test_a_small_shape_on_a_large_image_takes_little():
    patch = filled([SQUARE + 50_000], width=100_000, height=100_000)
    assert patch.pixels.size == 6
    counts = runs_of(patch, width=100_000, height=100_000)
    assert patch_of(counts, width=100_000, height=100_000).pixels.sum() == 6


def test_nothing_is_nothing():
    assert filled([], width=5, height=5).pixels.size == 0
    assert not filled([SQUARE * 100 + 50], width=5, height=5).pixels.any()


def test_what_takes_too_much_memory_or_time_is_refused():
    with pytest.raises(TooLargeError):
        mask_outlines(whole(np.indices((100, 100)).sum(axis=0) % 2 == 0))
    with pytest.raises(TooLargeError):
        filled([SQUARE * 10_000], width=100_000, height=100_000)
    zigzag = np.array([[at % 7, 1e5 * (at % 2)] for at in range(20_000)])
    with pytest.raises(TooLargeError):
        filled([zigzag], width=100, height=100_000)
