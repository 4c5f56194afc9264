"""Masks as COCO's run lengths: column by column, from the top, beginning with what is outside.

The form of pycocotools (cocodataset/cocoapi, common/maskApi.c); compressed, counts are text: the
difference to the count before the last from the fourth on, in groups of 5 bits, low ones first,
a sixth bit where more follow, plus 48.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.raster import MOST_PIXELS, Patch, TooLargeError

Counts = NDArray[np.int64]
"""(n,) lengths of runs: outside, inside, outside ..."""

MOST_SIDE = 2**20
"""Pixels of one side of an image."""

MOST_RUNS = 2**20
"""Runs of one mask: a million, as of a large one full of holes."""

_BITS, _MORE, _SIGN, _FIRST = 5, 0x20, 0x10, 48
_MOST_DIGITS = 9
"""Groups of a count: 45 bits, more than any image has pixels."""


class InvalidRunsError(ValueError):
    """Run lengths that are not those of a mask; the text says why, for people."""


def runs_of(patch: Patch, *, width: int, height: int) -> Counts:
    """The run lengths of a mask of `width` x `height` pixels."""
    rows, columns = patch.pixels.shape
    framed = np.zeros((columns, rows + 2), dtype=np.int8)
    framed[:, 1:-1] = patch.pixels.T
    steps = np.diff(framed, axis=1)
    starts, ends = (
        (column + patch.x) * height + row + patch.y
        for column, row in (np.nonzero(steps == 1), np.nonzero(steps == -1))
    )
    # What ends at the bottom and goes on at the top of the next column is one run.
    goes_on = starts[1:] == ends[:-1]
    starts = np.delete(starts, np.flatnonzero(goes_on) + 1)
    ends = np.delete(ends, np.flatnonzero(goes_on))
    turns = np.stack((starts, ends), axis=1).ravel()
    counts: Counts = np.diff(turns, prepend=0, append=width * height).astype(np.int64)
    return counts[:-1] if len(counts) > 1 and counts[-1] == 0 else counts


def compressed(counts: Counts) -> str:
    """The text of run lengths."""
    rest = counts.copy()
    rest[3:] -= counts[1:-2]
    digits, going = [], [np.ones(len(rest), dtype=np.bool_)]
    while going[-1].any():
        digit = rest & (_MORE - 1)
        rest = rest >> _BITS
        more = np.where(digit & _SIGN, rest != -1, rest != 0) & going[-1]
        digits.append(digit + _FIRST + np.where(more, _MORE, 0))
        going.append(more)
    text = np.stack(digits, axis=1)[np.stack(going[:-1], axis=1)]
    return text.astype(np.uint8).tobytes().decode("ascii")


def counts_of_text(text: str) -> Counts:
    """The run lengths of a text; not checked beyond its form.  Raises InvalidRunsError."""
    digits = np.frombuffer(text.encode("utf-8", "replace"), dtype=np.uint8).astype(np.int64)
    digits -= _FIRST
    if not len(digits) or digits.min() < 0 or digits.max() >= 2 * _MORE:
        raise InvalidRunsError("its run lengths are not compressed text")
    last = np.flatnonzero(digits < _MORE)
    if not len(last) or last[-1] != len(digits) - 1:
        raise InvalidRunsError("its run lengths end in the middle of a number")
    first = np.concatenate(([0], last[:-1] + 1))
    sizes = last - first + 1
    if sizes.max() > _MOST_DIGITS:
        raise InvalidRunsError("it has a run that is longer than any image")
    shifts = _BITS * (np.arange(len(digits)) - np.repeat(first, sizes))
    values = np.add.reduceat((digits & (_MORE - 1)) << shifts, first)
    values -= np.where(digits[last] & _SIGN, np.int64(1) << (_BITS * sizes), 0)
    values[1::2] = np.cumsum(values[1::2])
    values[2::2] = np.cumsum(values[2::2])
    return values


def counts_of_numbers(numbers: Sequence[object]) -> Counts:
    """The run lengths of a list from a file.  Raises InvalidRunsError."""
    if not {*map(type, numbers)} <= {int, float}:
        raise InvalidRunsError("its run lengths are not numbers")
    try:
        values = np.array(numbers, dtype=np.float64)
    except OverflowError as error:
        raise InvalidRunsError("it has a run that is longer than any image") from error
    if not np.isfinite(values).all() or (np.abs(values) > MOST_SIDE**2).any():
        raise InvalidRunsError("it has a run that is longer than any image")
    counts = values.astype(np.int64)
    if (counts != values).any():
        raise InvalidRunsError("it has a run length that is not a whole number")
    return counts


def patch_of(counts: Counts, *, width: int, height: int) -> Patch:
    """The mask of run lengths, as far as there is something inside.

    Time and memory go with the bounds of what is inside and with the number of runs.  Raises
    InvalidRunsError where they are not those of an image of `width` x `height`, TooLargeError.
    """
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise InvalidRunsError(f"no image has {width:,} x {height:,} pixels")
    if len(counts) > MOST_RUNS:
        raise TooLargeError(f"{len(counts):,} runs are too many")
    if not len(counts):
        raise InvalidRunsError("it has no run lengths")
    if counts.min() < 0:
        raise InvalidRunsError("it has a run length below 0")
    # Added up as floats, which cannot overflow: exact up to any number that could be right.
    if counts.sum(dtype=np.float64) != width * height:
        raise InvalidRunsError(
            f"its run lengths do not add up to the {width:,} x {height:,} pixels of the image"
        )
    ends = np.cumsum(counts)
    starts, ends = (ends - counts)[1::2], ends[1::2]
    starts, ends = starts[ends > starts], ends[ends > starts]
    if not len(starts):
        return Patch(x=0, y=0, pixels=np.zeros((0, 0), dtype=np.bool_))
    first, last = starts // height, (ends - 1) // height
    within = bool((first == last).all())
    top = int((starts % height).min()) if within else 0
    bottom = int(((ends - 1) % height).max()) + 1 if within else height
    left, columns, rows = int(first[0]), int(last[-1] - first[0]) + 1, bottom - top
    if columns * rows > MOST_PIXELS:
        raise TooLargeError(f"{columns:,} x {rows:,} pixels are too many")
    turns = np.stack((starts, ends), axis=1).ravel()
    # An end is counted on the column of the last pixel that is inside.
    column = np.stack((first, last), axis=1).ravel()
    places = (column - left) * rows + turns - column * height - top
    lengths = np.diff(places, prepend=0, append=columns * rows)
    # As places in memory are counted: in the page these numbers have 32 bits.
    pixels = np.repeat(np.arange(len(lengths)) % 2 == 1, lengths.astype(np.intp))
    return Patch(x=left, y=top, pixels=pixels.reshape(columns, rows).T)
