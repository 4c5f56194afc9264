"""Masks as COCO's run lengths."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.kernels.raster import TooLargeError
from twoclick.kernels.rle import (
    InvalidRunsError,
    compressed,
    counts_of_numbers,
    counts_of_text,
    patch_of,
    runs_of,
)
from unit.kernels.mask_strategies import masks, pasted, whole

SHAPE = np.array([[0, 0, 0, 0, 0], [0, 0, 1, 1, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]], dtype=bool)
"""From the documentation of the format; its answers are those of pycocotools 2.0.11."""


@pytest.mark.parametrize(
    ("mask", "counts", "text"),
    [
        (SHAPE, [6, 1, 2, 2, 2, 2, 5], "6121003"),
        (np.ones((2, 3), dtype=bool), [0, 6], "06"),
        (np.zeros((2, 3), dtype=bool), [6], "6"),
    ],
)
def test_known_masks(mask, counts, text):
    height, width = mask.shape
    assert runs_of(whole(mask), width=width, height=height).tolist() == counts
    assert compressed(np.array(counts)) == text
    assert counts_of_text(text).tolist() == counts


@given(masks)
def test_a_mask_comes_back(mask):
    height, width = mask.shape
    counts = runs_of(whole(mask), width=width, height=height)
    patch = patch_of(counts_of_text(compressed(counts)), width=width, height=height)
    assert (pasted(patch, width=width, height=height) == mask).all()
    assert (runs_of(patch, width=width, height=height) == counts).all()


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=20))
def test_counts_of_any_size_come_back_from_text(counts):
    assert counts_of_text(compressed(np.array(counts, dtype=np.int64))).tolist() == counts


def test_runs_without_length_change_nothing():
    patch = patch_of(np.array([0, 0, 6, 1, 0, 0, 2, 2, 2, 2, 5, 0, 0]), width=5, height=4)
    assert (pasted(patch, width=5, height=4) == SHAPE).all()


def test_numbers_of_a_file_are_counts_where_they_are_whole():
    assert counts_of_numbers([6, 1.0, 2]).tolist() == [6, 1, 2]


@pytest.mark.parametrize(
    "numbers",
    [["6"], [None], [True], [1.5], [2**60], [-(2**60)], [10**400], [float("nan")], [[1]]],
)
def test_numbers_that_are_no_counts_are_refused(numbers):
    with pytest.raises(InvalidRunsError):
        counts_of_numbers(numbers)


@pytest.mark.parametrize("text", ["", "\x00", "~~~", "ß", "P", "oooooooooooooo0"])
def test_text_that_is_no_counts_is_refused(text):
    with pytest.raises(InvalidRunsError):
        counts_of_text(text)


@pytest.mark.parametrize(
    ("counts", "width", "height"),
    [
        ([], 5, 4),
        ([19], 5, 4),
        ([21], 5, 4),
        ([-1, 21], 5, 4),
        ([2**62, 2**62, 2**62, 2**62, 20], 5, 4),
        ([0], 0, 0),
        ([0, 2**60], 2**30, 2**30),
    ],
)
def test_runs_of_another_image_are_refused(counts, width, height):
    with pytest.raises(InvalidRunsError):
        patch_of(np.array(counts, dtype=np.int64), width=width, height=height)


def test_a_mask_of_too_many_pixels_is_refused_before_it_takes_memory():
    before = time.perf_counter()
    with pytest.raises(TooLargeError):
        patch_of(np.array([0, 10**12]), width=10**6, height=10**6)
    assert time.perf_counter() - before < 0.5


@given(st.binary(max_size=40))
def test_any_text_gives_a_mask_or_is_refused(raw):
    try:
        counts = counts_of_text(raw.decode("latin-1"))
        patch = patch_of(counts, width=50, height=40)
    except InvalidRunsError:
        return
    assert patch.pixels.size <= 2000
