"""What a shape becomes in a row, and the row: a box, a polygon of one ring, or a pose.

Corners are put on a grid of ten millions a side, so that no rounding puts them outside the image,
and on an image of 10,000 pixels they come back within a thousandth of a pixel.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from twoclick.domain.geometry import (
    Box,
    Keypoints,
    Polygon,
    Shape,
    WholeImage,
    bounds,
    rings_of,
)
from twoclick.domain.rings import pack_ring, ring_points
from twoclick.formats.arriving import fitted
from twoclick.formats.format import FormatError
from twoclick.formats.yolo.joined import joined

_GRID = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RowForm:
    """One kind of row.

    `written` gives the shape as it is in the file, on an image of that width and height: cut at the
    edge and on the grid, None where nothing of it can be written.  `numbers` gives what stands
    after the class for a shape that `written` gave.
    """

    written: Callable[[Shape, int, int], Shape | None]
    numbers: Callable[[Shape, int, int], str]


def _written_box(shape: Shape, width: int, height: int) -> Shape | None:
    if isinstance(shape, WholeImage):
        return None
    cut = fitted(shape, width=width, height=height).shape
    if cut is None:
        return None
    x0, y0, x1, y1 = bounds(cut)
    box = Box(_on_grid(x0, width), _on_grid(y0, height), _on_grid(x1, width), _on_grid(y1, height))
    return fitted(box, width=width, height=height).shape


def _box_numbers(shape: Shape, width: int, height: int) -> str:
    x0, y0, x1, y1 = bounds(shape)
    left, top = round(x0 / width * _GRID), round(y0 / height * _GRID)
    right, bottom = round(x1 / width * _GRID), round(y1 / height * _GRID)
    return "%.8f %.8f %.8f %.8f" % (  # noqa: UP031 (half the time of an f-string)
        (left + right) / (2 * _GRID),
        (top + bottom) / (2 * _GRID),
        (right - left) / _GRID,
        (bottom - top) / _GRID,
    )


def _written_ring(shape: Shape, width: int, height: int) -> Shape | None:
    if isinstance(shape, Box | Keypoints | WholeImage):
        box = _written_box(shape, width, height)
        return None if box is None else Polygon(rings=rings_of(box))
    cut = fitted(shape, width=width, height=height).shape
    if cut is None:
        return None
    whole = cut if isinstance(cut, Polygon) else Polygon(rings=rings_of(cut))
    ring = joined(whole).rings[0]
    size = (width, height)
    on_grid = np.rint(np.frombuffer(ring).reshape(-1, 2) / size * _GRID) / _GRID * size
    return fitted(Polygon(rings=(on_grid.tobytes(),)), width=width, height=height).shape


def _ring_numbers(shape: Shape, width: int, height: int) -> str:
    (ring,) = rings_of(shape)
    shares = (np.frombuffer(ring).reshape(-1, 2) / (width, height)).ravel().tolist()
    return " ".join(["%.7f"] * len(shares)) % tuple(shares)


def _on_grid(at: float, side: int) -> float:
    return round(at / side * _GRID) / _GRID * side


def _written_pose(shape: Shape, width: int, height: int) -> Shape | None:
    box = _written_box(shape, width, height)
    cut = fitted(shape, width=width, height=height).shape if isinstance(shape, Keypoints) else None
    if not (isinstance(box, Box) and isinstance(cut, Keypoints) and any(cut.visibility)):
        return box
    points: list[float] = []
    for (x, y), seen in zip(ring_points(cut.points), cut.visibility, strict=True):
        points += [_on_grid(x, width), _on_grid(y, height)] if seen else [0.0, 0.0]
    return Keypoints(box=box, points=pack_ring(points), visibility=cut.visibility)


def pose_form(count: int) -> RowForm:
    """Rows with so many keypoints.  Its `numbers` raises FormatError for a shape with others."""

    def numbers(shape: Shape, width: int, height: int) -> str:
        return f"{_box_numbers(shape, width, height)} {_point_numbers(shape, width, height, count)}"

    return RowForm(written=_written_pose, numbers=numbers)


def _point_numbers(shape: Shape, width: int, height: int, count: int) -> str:
    if not isinstance(shape, Keypoints):
        return " ".join(["0 0 0"] * count)
    if len(shape.visibility) != count:
        raise FormatError(
            f"A shape has {len(shape.visibility):,} keypoints and the data set {count:,}: YOLO has "
            "one number of keypoints for all."
        )
    points = zip(ring_points(shape.points), shape.visibility, strict=True)
    return " ".join(
        f"{x / width:.7f} {y / height:.7f} {seen}" if seen else "0 0 0" for (x, y), seen in points
    )


BOXES = RowForm(written=_written_box, numbers=_box_numbers)
RINGS = RowForm(written=_written_ring, numbers=_ring_numbers)
