"""Single results in answers of Ultralytics' services.

Sources as in `ultralytics`; results in pixels are those of `Results.summary()`, ultralytics/
ultralytics `ultralytics/engine/results.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.answer import (
    Found,
    found_box,
    found_class,
    found_keypoints,
    found_polygon,
    found_rotated_box,
)
from twoclick.deployments.deployment import Picture
from twoclick.deployments.reading import (
    list_of,
    member,
    misread,
    number_of,
    object_of,
    points_of,
    score_of,
    text_of,
)

Corners = tuple[float, float, float, float]


def label_of(row: Mapping[str, Any], where: str, classes: Sequence[str]) -> str:
    """The name of a class: as told, else that of its id among `classes`, else "class 7"."""
    if row.get("name") not in (None, ""):
        return text_of(row["name"], f"{where}.name")
    number = number_of(member(row, "class", where), f"{where}.class")
    if number % 1 or number < 0:
        misread(f"{where}.class should be the number of a class, but is {number:g}")
    place = int(number)
    return classes[place] if place < len(classes) else f"class {place}"


def found_in_pixels(
    row: Mapping[str, Any], where: str, scale: tuple[float, float], classes: Sequence[str]
) -> Found:
    """A result of the Platform; `scale` makes pixels of the picture of its numbers, x and y.

    Without a box it is a class of the whole image.  A rotated box has four corners.
    """
    label, score = label_of(row, where, classes), _score(row, where)
    if row.get("box") is None and not row.get("segments") and not row.get("keypoints"):
        return found_class(label, score)
    box = row.get("box")
    if box is not None and "x3" in object_of(box, f"{where}.box"):
        return found_rotated_box(label, score, _corners(box, 4, f"{where}.box") * scale)
    corners = None
    if box is not None:
        two = _corners(box, 2, f"{where}.box") * scale
        (x0, y0), (x1, y1) = two.tolist()
        corners = (x0, y0, x1, y1)
    if row.get("keypoints"):
        points, certainties = _keypoints(row["keypoints"], f"{where}.keypoints")
        return found_keypoints(label, score, corners, points * scale, certainties)
    if row.get("segments"):
        ring = _columns(row["segments"], f"{where}.segments") * scale
        if len(ring) >= 3:
            return found_polygon(label, score, (ring,))
    # A mask with nothing inside has an empty outline; its box is what is left.
    if corners is None:
        misread(f"{where} has neither a box nor an outline of 3 points")
    return found_box(label, score, corners)


def found_in_shares(
    row: Mapping[str, Any], where: str, picture: Picture, classes: Sequence[str]
) -> Found:
    """A result of the older HUB, all of whose coordinates are shares of the image."""
    label, score = label_of(row, where, classes), _score(row, where)
    size = np.array((picture.width, picture.height), dtype=np.float64)
    if row.get("obb"):
        corners = points_of(row["obb"], f"{where}.obb")
        if len(corners) != 4:
            misread(f"{where}.obb should be 4 corners, but has {corners.size} numbers")
        return found_rotated_box(label, score, corners * size)
    box = _box_in_shares(row, where, picture) if "xcenter" in row else None
    if row.get("keypoints"):
        numbers = [number_of(one, f"{where}.keypoints") for one in list_of(row["keypoints"], where)]
        if len(numbers) % 3:
            misread(f"{where}.keypoints should have x, y and certainty in turn")
        rows = np.array(numbers, dtype=np.float64).reshape(-1, 3)
        certainties = _certainties(rows[:, 2].tolist(), f"{where}.keypoints")
        return found_keypoints(label, score, box, rows[:, :2] * size, certainties)
    if row.get("segment"):
        ring = points_of(row["segment"], f"{where}.segment", least=3) * size
        return found_polygon(label, score, (ring,))
    return found_class(label, score) if box is None else found_box(label, score, box)


def _score(row: Mapping[str, Any], where: str) -> float:
    told = row.get("confidence")
    return 1.0 if told is None else score_of(told, f"{where}.confidence")


def _box_in_shares(row: Mapping[str, Any], where: str, picture: Picture) -> Corners:
    x, y, width, height = (
        number_of(member(row, key, where), f"{where}.{key}")
        for key in ("xcenter", "ycenter", "width", "height")
    )
    left, right = (x - width / 2) * picture.width, (x + width / 2) * picture.width
    top, bottom = (y - height / 2) * picture.height, (y + height / 2) * picture.height
    return left, top, right, bottom


def _corners(value: Any, count: int, where: str) -> NDArray[np.float64]:
    """The corners x1, y1, x2, y2 and so on of a box, (count, 2)."""
    box = object_of(value, where)
    return np.array(
        [
            [number_of(member(box, f"{axis}{one}", where), f"{where}.{axis}{one}") for axis in "xy"]
            for one in range(1, count + 1)
        ],
        dtype=np.float64,
    )


def _columns(value: Any, where: str) -> NDArray[np.float64]:
    """Points (n, 2) from a list of all x and one of all y; n may be 0."""
    told = object_of(value, where)
    x, y = (
        [number_of(one, f"{where}.{axis}") for one in list_of(member(told, axis, where), where)]
        for axis in "xy"
    )
    if len(x) != len(y):
        misread(f"{where} has {len(x)} numbers x and {len(y)} numbers y")
    return np.array((x, y), dtype=np.float64).T


def _keypoints(value: Any, where: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points = _columns(value, where)
    if not len(points):
        misread(f"{where} has no points")
    visible = object_of(value, where).get("visible")
    told = [1.0] * len(points) if visible is None else list_of(visible, f"{where}.visible")
    certainties = _certainties(told, f"{where}.visible")
    if len(certainties) != len(points):
        misread(f"{where} has {len(points)} points and {len(certainties)} certainties")
    return points, certainties


def _certainties(told: Sequence[Any], where: str) -> NDArray[np.float64]:
    """How sure the model is of each point: 0..1, no visibility of COCO."""
    return np.array([score_of(one, where) for one in told], dtype=np.float64)
