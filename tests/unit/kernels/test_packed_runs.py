"""Masks as Label Studio packs them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from twoclick.kernels.packed_runs import packed_mask
from twoclick.kernels.raster import TooLargeError
from twoclick.kernels.rle import InvalidRunsError

# Source: label-studio-sdk 2.1.2 converter.brush.mask2rle, of the mask below with 255.
GOLDEN = bytes([0, 0, 0, 80, 57, 27, 254, 27, 0, 159, 254, 112, 11, 127, 248, 92, 0])
MASK = np.array(
    [[0, 0, 0, 0, 0], [0, 0, 1, 1, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]], dtype=np.bool_
)

SIZES = (3, 4, 8, 16)


def bits(number: int, size: int) -> str:
    return f"{number:0{size}b}"


def head(count: int, *, word: int = 8, sizes: tuple[int, ...] = SIZES) -> str:
    return bits(count, 32) + bits(word - 1, 5) + "".join(bits(size - 1, 4) for size in sizes)


def packed(text: str) -> bytes:
    text += "0" * (-len(text) % 8)
    return bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8))


def encoded(values: NDArray[np.uint8], lengths: list[int], sizes: tuple[int, ...]) -> bytes:
    """Values in runs of at most these lengths in turn; single values where a run would be one."""
    text, at, turn = head(len(values), sizes=sizes), 0, 0
    while at < len(values):
        which = turn % len(sizes)
        part = values[at : at + min(lengths[turn % len(lengths)], 2 ** sizes[which])]
        length = bits(len(part) - 1, sizes[which])
        same = bool((part == part[0]).all())
        text += ("1" if same else "0") + bits(which, 2) + length
        text += "".join(bits(int(value), 8) for value in (part[:1] if same else part))
        at, turn = at + len(part), turn + 1
    return packed(text)


def test_the_example_of_label_studio() -> None:
    assert (packed_mask(GOLDEN, width=5, height=4) == MASK).all()


@given(
    alpha=hnp.arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 6))),
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=5),
    sizes=st.tuples(*[st.integers(1, 16)] * 4),
)
def test_any_runs_give_the_pixels(
    alpha: NDArray[np.uint8], lengths: list[int], sizes: tuple[int, ...]
) -> None:
    pixels = np.stack((alpha[::-1], alpha, alpha // 2, alpha), axis=2)
    found = packed_mask(
        encoded(pixels.ravel(), lengths, sizes), width=alpha.shape[1], height=alpha.shape[0]
    )
    assert (found == (alpha.astype(int) * 2 > alpha.max())).all()


@given(data=st.binary(max_size=60), width=st.integers(1, 5), height=st.integers(1, 5))
def test_any_bytes_are_read_or_refused(data: bytes, width: int, height: int) -> None:
    start = packed(head(width * height * 4))
    for given_bytes in (data, start + data):
        try:
            mask = packed_mask(given_bytes, width=width, height=height)
        except InvalidRunsError:
            continue
        assert mask.shape == (height, width)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "in the middle"),
        (GOLDEN[:-4], "in the middle"),
        (packed(head(81)), "81 values and not the 80"),
        (packed(head(80, word=16)), "not 8 bits"),
        (packed(head(80) + "1" + "11" + bits(80, 16) + bits(1, 8)), "more than the pixels"),
    ],
)
def test_what_is_no_mask_is_named(data: bytes, says: str) -> None:
    with pytest.raises(InvalidRunsError, match=says):
        packed_mask(data, width=5, height=4)


def test_no_image_is_that_large() -> None:
    with pytest.raises(TooLargeError):
        packed_mask(GOLDEN, width=2**14, height=2**14)
    with pytest.raises(InvalidRunsError):
        packed_mask(GOLDEN, width=0, height=4)
