"""Whether labels that were read back are those that were written."""

from collections.abc import Iterator
from itertools import zip_longest
from operator import sub

from twoclick.domain.geometry import Keypoints, Shape, labelled_points, rings_of
from twoclick.domain.rings import ring_numbers
from twoclick.formats.labels import LabelledImage, LabelledShape

TOLERATED_ON = 1000
"""Pixels of the longer side of the image that a format's tolerance is given for."""

_SCORE_TOLERANCE = 1e-6


def difference(
    expected: LabelledImage, read: LabelledImage | None, *, tolerance: float
) -> str | None:
    """What is not as expected of one image, for people; None where all is.

    `expected` is what the format's `as_written` gives.  Names, numbers and splits are not compared:
    the caller knows which image it is.  `tolerance` is the format's.
    """
    if read is None:
        return "it is missing"
    return next(_differences(expected, read, tolerance=tolerance), None)


def _differences(
    expected: LabelledImage, read: LabelledImage, *, tolerance: float
) -> Iterator[str]:
    if (expected.width, expected.height) != (read.width, read.height):
        yield f"its size is {_size(read)}, not {_size(expected)}"
    for what, one, other in (
        ("label state", expected.label_state, read.label_state),
        ("note", expected.note, read.note),
        ("digest", expected.digest, read.digest),
        ("page", expected.page, read.page),
    ):
        if one != other:
            yield f"its {what} is {other}, not {one}"
    if len(expected.shapes) != len(read.shapes):
        yield f"it has {len(read.shapes):,} shapes, not {len(expected.shapes):,}"
        return
    farthest = tolerance * max(expected.width or 0, expected.height or 0) / TOLERATED_ON
    for number, pair in enumerate(zip(expected.shapes, read.shapes, strict=True), 1):
        text = _shape_difference(*pair, farthest=farthest)
        if text is not None:
            yield f"shape {number:,} {text}"


def _size(image: LabelledImage) -> str:
    return f"{image.width} x {image.height}"


def _shape_difference(
    expected: LabelledShape, read: LabelledShape, *, farthest: float
) -> str | None:
    if expected.tag != read.tag:
        return f'is "{read.tag}", not "{expected.tag}"'
    if not _is_same_score(expected.score, read.score):
        return f"has the score {read.score}, not {expected.score}"
    if expected.annotation is not None and expected.annotation != read.annotation:
        return "is not the same annotation"
    if not is_near(expected.shape, read.shape, farthest=farthest):
        return "has other keypoints" if isinstance(read.shape, Keypoints) else "has another outline"
    return None


def _is_same_score(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _SCORE_TOLERANCE


def is_near(one: Shape, other: Shape, *, farthest: float) -> bool:
    """Whether two shapes are of one kind, point by point at most `farthest` pixels apart in x and
    in y.  Where a keypoint that is not there lies does not count."""
    if one == other:
        return True
    if type(one) is not type(other):
        return False
    if (
        isinstance(one, Keypoints)
        and isinstance(other, Keypoints)
        and not _have_near_points(one, other, farthest)
    ):
        return False
    return all(
        ring is not None and other_ring is not None and _is_near(ring, other_ring, farthest)
        for ring, other_ring in zip_longest(rings_of(one), rings_of(other))
    )


def _have_near_points(one: Keypoints, other: Keypoints, farthest: float) -> bool:
    if one.visibility != other.visibility:
        return False
    points = zip(labelled_points(one), labelled_points(other), strict=True)
    return all(
        abs(ax - bx) <= farthest and abs(ay - by) <= farthest for (ax, ay), (bx, by) in points
    )


def _is_near(ring: bytes, other: bytes, farthest: float) -> bool:
    if ring == other:
        return True
    if len(ring) != len(other):
        return False
    apart = map(sub, ring_numbers(ring), ring_numbers(other))
    return all(-farthest <= distance <= farthest for distance in apart)
