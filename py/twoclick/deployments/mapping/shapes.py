"""From what the paths of a mapping give for one object to its shape, in pixels of the picture."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.answer import (
    Found,
    found_box,
    found_keypoints,
    found_polygon,
    found_rotated_box,
)
from twoclick.deployments.mapping.forms import (
    AROUND,
    CENTRE_SIZE,
    CORNER_SIZE,
    CORNER_SIZE_Y_FIRST,
    CORNERS,
    CORNERS_BY_AXIS,
    CORNERS_Y_FIRST,
    KEYPOINTS,
    MASK,
    PICTURE_MASK,
    POINTS_BY_AXIS,
    POINTS_Y_FIRST,
    ROTATED,
    ROTATED_CORNERS,
    SURE_KEYPOINTS,
)
from twoclick.deployments.mapping.keypoints import points_with_certainties
from twoclick.deployments.masks import cropped, opened
from twoclick.deployments.protocol import OpenMask
from twoclick.deployments.reading import list_of, member, misread, number_of, object_of, points_of
from twoclick.kernels.contours import Ring
from twoclick.kernels.mask_outlines import mask_outlines
from twoclick.kernels.raster import TooLargeError
from twoclick.kernels.rle import (
    InvalidRunsError,
    counts_of_numbers,
    counts_of_text,
    patch_of,
)

Scale = NDArray[np.float64]
"""(2,) what an x and a y of the answer are multiplied with to be pixels of the picture."""

_HALVES = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1))) / 2
_XY = (("x", "y"), ("X", "Y"))


def shape_of(
    form: str,
    value: Any,
    where: str,
    *,
    label: str,
    score: float,
    scale: Scale,
    picture: tuple[int, int],
    angle: str,
    texts: bool,
    open_mask: OpenMask,
) -> Found:
    """The object of a `form` whose shape is told by `value`: a list, or what each path gave.

    `texts`: numbers may be texts.  A mask is told in pixels of its own size, whatever `scale` says.
    Keypoints have a box around them.
    Raises DeploymentError, with the place in the answer.
    """
    if form == PICTURE_MASK:
        rings = _pictured_rings(value, where, picture, open_mask=open_mask)
        return found_polygon(label, score, rings)
    if texts:
        value = _with_numbers(value, where)
    if form == MASK:
        return found_polygon(label, score, _mask_rings(value, where, picture))
    if form in (KEYPOINTS, SURE_KEYPOINTS):
        points, sure = _keypoints(form, value, where)
        return found_keypoints(label, score, None, points * scale, sure)
    if form == ROTATED:
        return found_rotated_box(label, score, _turned(value, where, scale=scale, angle=angle))
    if form == ROTATED_CORNERS:
        corners = _points(value, where, least=4) * scale
        if len(corners) != 4:
            misread(f"{where} should have four corners, but has {len(corners)}")
        return found_rotated_box(label, score, corners)
    if form == AROUND:
        points = _points(value, where, least=2) * scale
        (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return found_box(label, score, (x0, y0, x1, y1))
    if form in _BOXES:
        corners = np.array(_BOXES[form](_numbers(value, where, 4), where)).reshape(2, 2) * scale
        (x0, y0), (x1, y1) = corners.tolist()
        return found_box(label, score, (x0, y0, x1, y1))
    rings = tuple(ring * scale for ring in _rings(form, value, where))
    return found_polygon(label, score, rings)


def _keypoints(form: str, value: Any, where: str) -> tuple[Ring, NDArray[np.float64]]:
    if form == SURE_KEYPOINTS:
        return points_with_certainties(value, where)
    points = _points(value, where, least=1)
    return points, np.ones(len(points))


def _numbers(value: Any, where: str, count: int) -> list[float]:
    items = list_of(value, where)
    if len(items) != count:
        misread(f"{where} should have {count} numbers, but has {len(items)}")
    return [number_of(item, f"{where}[{nth}]") for nth, item in enumerate(items)]


def _with_numbers(value: Any, where: str) -> Any:
    """The same with numbers for texts, at any depth; other things stay as they are, for
    whatever reads them to complain of.  The counts of a mask are a text by themselves."""
    if isinstance(value, list):
        return [_with_numbers(item, f"{where}[{nth}]") for nth, item in enumerate(value)]
    if isinstance(value, dict):
        return {
            key: item if key == "counts" else _with_numbers(item, f"{where}.{key}")
            for key, item in value.items()
        }
    return number_of(value, where, texts=True) if isinstance(value, str) else value


def _corners(x0: float, y0: float, x1: float, y1: float, where: str) -> list[float]:
    if x1 < x0 or y1 < y0:
        misread(
            f"{where} has its second corner ({x1:g}, {y1:g}) left of or above its first "
            f"({x0:g}, {y0:g}): the numbers may have another order, or be a width and a height"
        )
    return [x0, y0, x1, y1]


def _sized(x: float, y: float, width: float, height: float, where: str) -> list[float]:
    if width < 0 or height < 0:
        misread(f"{where} has a width of {width:g} and a height of {height:g}")
    return [x, y, x + width, y + height]


def _centred(x: float, y: float, width: float, height: float, where: str) -> list[float]:
    return _sized(x - width / 2, y - height / 2, width, height, where)


_BOXES = {
    CORNERS: lambda n, where: _corners(n[0], n[1], n[2], n[3], where),
    CORNERS_Y_FIRST: lambda n, where: _corners(n[1], n[0], n[3], n[2], where),
    CORNERS_BY_AXIS: lambda n, where: _corners(n[0], n[2], n[1], n[3], where),
    CORNER_SIZE: lambda n, where: _sized(n[0], n[1], n[2], n[3], where),
    CORNER_SIZE_Y_FIRST: lambda n, where: _sized(n[1], n[0], n[3], n[2], where),
    CENTRE_SIZE: lambda n, where: _centred(n[0], n[1], n[2], n[3], where),
}


def _turned(value: Any, where: str, *, scale: Scale, angle: str) -> Ring:
    """The corners (4, 2) of a rotated box from its centre, size and angle."""
    numbers = np.array(_numbers(value, where, 5))
    size = numbers[2:4] * scale
    if (size < 0).any():
        misread(f"{where} has a width of {numbers[2]:g} and a height of {numbers[3]:g}")
    turn = math.radians(numbers[4]) if angle.startswith("degrees") else float(numbers[4])
    # With y downwards, a turn by the usual matrix is clockwise on the screen.
    turn = -turn if angle.endswith("counter-clockwise") else turn
    across = np.array(((math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))))
    corners: Ring = numbers[:2] * scale + (_HALVES * size) @ across
    return corners


def _rings(form: str, value: Any, where: str) -> list[Ring]:
    if form == POINTS_BY_AXIS:
        return [_by_axis(list_of(value, where), where)]
    items = list_of(value, where)
    if items and _is_ring(items[0]):
        rings = [_points(ring, f"{where}[{nth}]", least=3) for nth, ring in enumerate(items)]
    else:
        rings = [_points(value, where, least=3)]
    return [ring[:, ::-1] for ring in rings] if form == POINTS_Y_FIRST else rings


def _is_ring(item: Any) -> bool:
    """Whether what stands in a list is a ring of its own and not a point: a list of points, or a
    flat one of more numbers than a point has."""
    return isinstance(item, list) and (len(item) > 3 or isinstance(next(iter(item), None), list))


def _by_axis(columns: Sequence[Any], where: str) -> Ring:
    xs, ys = (
        [number_of(one, f"{where}[{nth}]") for nth, one in enumerate(list_of(column, where))]
        for column in columns
    )
    if len(xs) != len(ys) or len(xs) < 3:
        misread(f"{where} should have 3 points or more, but has {len(xs)} x and {len(ys)} y")
    return np.array((xs, ys), dtype=np.float64).T


def _points(value: Any, where: str, *, least: int) -> Ring:
    """Points from pairs, from a flat list, or from objects with an x and a y."""
    items = list_of(value, where)
    if not (items and isinstance(items[0], dict)):
        return points_of(value, where, least=least)
    x, y = _names([object_of(item, f"{where}[{nth}]") for nth, item in enumerate(items)], where)
    # Protocol buffers leave out numbers that are 0 (protobuf.dev, "ProtoJSON Format").
    pairs = [
        [number_of(item.get(key, 0), f"{where}[{nth}].{key}") for key in (x, y)]
        for nth, item in enumerate(items)
    ]
    if len(pairs) < least:
        misread(f"{where} should have {least} points or more, but has {len(pairs)}")
    return np.array(pairs, dtype=np.float64)


def _names(points: Sequence[Mapping[str, Any]], where: str) -> tuple[str, str]:
    """What points call their x and their y: some of them must have one, and none anything else
    in its place."""
    for x, y in _XY:
        if any(x in point for point in points) and any(y in point for point in points):
            return x, y
    member(points[0], "x", f"{where}[0]")
    return "x", "y"


def _mask_rings(value: Any, where: str, picture: tuple[int, int]) -> tuple[Ring, ...]:
    """The outlines of COCO's run lengths, of a size of their own, in pixels of the picture."""
    mask = object_of(value, where)
    size = list_of(member(mask, "size", where), f"{where}.size")
    if len(size) != 2 or any(isinstance(side, bool) or not isinstance(side, int) for side in size):
        misread(f"{where}.size should be a height and a width")
    height, width = size
    told = member(mask, "counts", where)
    try:
        if isinstance(told, str):
            counts = counts_of_text(told)
        else:
            counts = counts_of_numbers(list_of(told, f"{where}.counts"))
        rings = mask_outlines(patch_of(counts, width=width, height=height))
    except (InvalidRunsError, TooLargeError) as error:
        misread(f"the mask at {where} cannot be read: {error}")
    scale = np.array((picture[0] / width, picture[1] / height))
    return tuple(ring * scale for ring in rings)


def _pictured_rings(
    value: Any, where: str, picture: tuple[int, int], *, open_mask: OpenMask
) -> tuple[Ring, ...]:
    """The outlines of a mask that comes as a picture which shows what the picture that was sent
    does, whatever its size: what is brighter than half of its brightest pixel."""
    grey = opened(value, where, open_mask=open_mask)
    try:
        rings = mask_outlines(cropped(grey > int(grey.max(initial=0)) // 2))
    except TooLargeError as error:
        misread(f"the mask at {where} cannot be read: {error}")
    rows, columns = grey.shape
    scale = np.array((picture[0] / columns, picture[1] / rows))
    return tuple(ring * scale for ring in rings)
