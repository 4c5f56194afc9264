"""What the rows of a data set may be besides boxes and polygons: told by all of them together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_ROTATED = 9
_ONE_POINT = 8
_THREE_POINTS = 11
_SLACK = 0.02


@dataclass(slots=True, kw_only=True)
class RowKinds:
    """Counts of rows by how many numbers they have, of those with four points that are upright
    rectangles, of those that would be a box with keypoints, and of those that would be one with
    keypoints in it that have no visibility."""

    by_length: Counter[int] = field(default_factory=Counter)
    upright: int = 0
    as_poses: int = 0
    seen_keypoints: int = 0
    around_points: int = 0

    def count(self, numbers: Sequence[float]) -> None:
        """Counts one row."""
        length = len(numbers)
        self.by_length[length] += 1
        if length == _ROTATED:
            self.upright += _is_upright(numbers)
        if length >= _ONE_POINT and (length - 5) % 3 == 0:
            visibilities = numbers[7::3]
            self.as_poses += all(one in {0.0, 1.0, 2.0} for one in visibilities)
            self.seen_keypoints += 2.0 in visibilities
        if length >= _THREE_POINTS and length % 2:
            self.around_points += _is_around_points(numbers)

    @property
    def may_be_rotated_boxes(self) -> bool:
        """Whether all rows have four points, which are not all upright rectangles."""
        return set(self.by_length) == {_ROTATED} and self.upright < self.by_length[_ROTATED]

    @property
    def are_poses(self) -> bool:
        """Whether all rows have the same number of keypoints, each with its visibility.

        A polygon looks like that by accident only where a few points are on the image's corners.
        """
        if len(self.by_length) != 1 or self.as_poses != self.by_length.total():
            return False
        (length,) = self.by_length
        return self.seen_keypoints > 0 or (length > _ONE_POINT and self.as_poses > 2)

    @property
    def may_be_poses(self) -> bool:
        """Whether all rows have the same number of points, all of them in a box that the first two
        could be: one polygon or two are so by accident, and some small ones, but not all."""
        total = self.by_length.total()
        return len(self.by_length) == 1 and total > 2 and self.around_points == total


def _is_around_points(numbers: Sequence[float]) -> bool:
    x, y, width, height = numbers[1:5]
    points = zip(numbers[5::2], numbers[6::2], strict=True)
    across, down = width / 2 + _SLACK, height / 2 + _SLACK
    return all(abs(px - x) <= across and abs(py - y) <= down for px, py in points if px or py)


def _is_upright(numbers: Sequence[float]) -> bool:
    xs, ys = numbers[1::2], numbers[2::2]
    return len(set(xs)) == len(set(ys)) == 2 and all(
        (ax == bx) != (ay == by)
        for ax, ay, bx, by in zip(xs, ys, (*xs[1:], xs[0]), (*ys[1:], ys[0]), strict=True)
    )
