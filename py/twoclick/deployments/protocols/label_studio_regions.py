"""Regions as Label Studio has them, in per cent of the image.

Sources: HumanSignal/label-studio-sdk 97fcff1 `converter/{converter,brush,utils}.py` (values,
rotation, packed masks); HumanSignal/label-studio-ml-backend d02cedf `examples/yolo/control_models`
(regions with scores, the points of an object).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from twoclick.deployments.answer import (
    Found,
    found_box,
    found_class,
    found_ellipse,
    found_keypoints,
    found_polygon,
    found_pose,
    found_rotated_box,
    turned_about,
)
from twoclick.deployments.deployment import Picture
from twoclick.deployments.masks import cropped, found_mask, too_large
from twoclick.deployments.reading import (
    list_of,
    member,
    misread,
    number_of,
    object_of,
    points_of,
    score_of,
    shortened,
    text_of,
)
from twoclick.kernels.contours import Ring
from twoclick.kernels.packed_runs import packed_mask
from twoclick.kernels.raster import TooLargeError
from twoclick.kernels.rle import InvalidRunsError

_WITHOUT_SHAPE = ("textarea", "rating", "number", "datetime", "taxonomy", "pairwise", "relation")
"""What backends tell beside shapes: texts that were read, and answers to other questions."""

_BARE = ("rectangle", "polygon", "ellipse", "brush", "keypoint")
"""Shapes without a class: another region of the same id has it."""

Region = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A region whose class and score are read."""

    kind: str
    label: str
    score: float
    value: Mapping[str, Any]
    where: str


def found_of_regions(
    regions: Sequence[Region], picture: Picture, *, score: float, points: tuple[str, ...]
) -> tuple[Found, ...]:
    """What regions show of a picture; `score` is that of regions without one.

    Keypoints that name a region as their parent are those of its box, ordered as `points` names
    them, else as they come; others are objects of a single point.  A region with several classes
    is of the first, a choice of several is that many classes.  Raises DeploymentError.
    """
    poses = _poses(regions, score=score)
    found: list[Found] = []
    left_out: set[str] = set()
    for place, region in enumerate(regions):
        where = f"region {place + 1}"
        kind = text_of(member(region, "type", where), f"{where}.type").lower()
        if kind in _WITHOUT_SHAPE or (kind in _BARE and _is_told_again(region, regions)):
            left_out.add(kind)
        elif kind == "choices":
            found += _choices(region, where, score=score)
        elif kind == "keypointlabels" and _name(region, "parentID") in poses:
            continue
        else:
            read = _read(region, kind, where, score=score)
            of_pose = poses.get(_name(region, "id"), [])
            found.append(
                _pose(read, of_pose, picture, points=points)
                if of_pose
                else _shape(read, region, picture)
            )
    if regions and not found:
        misread(f"it has no shapes but only: {', '.join(sorted(left_out))}")
    return tuple(found)


def _is_told_again(region: Region, regions: Sequence[Region]) -> bool:
    name = _name(region, "id")
    return name != "" and any(
        other is not region
        and _name(other, "id") == name
        and _name(other, "type").lower().endswith("labels")
        for other in regions
    )


def _name(region: Region, key: str) -> str:
    """The text at a key; "" where there is none."""
    told = region.get(key)
    return told if isinstance(told, str) else ""


def _poses(regions: Sequence[Region], *, score: float) -> dict[str, list[_Read]]:
    """Keypoints by the id of the box that they are on."""
    boxes = {
        _name(region, "id")
        for region in regions
        if _name(region, "type").lower() == "rectanglelabels" and _name(region, "id")
    }
    poses: dict[str, list[_Read]] = {}
    for place, region in enumerate(regions):
        parent = _name(region, "parentID")
        if _name(region, "type").lower() == "keypointlabels" and parent in boxes:
            where = f"region {place + 1}"
            poses.setdefault(parent, []).append(_read(region, "keypointlabels", where, score=score))
    return poses


def _read(region: Region, kind: str, where: str, *, score: float) -> _Read:
    value = object_of(member(region, "value", where), f"{where}.value")
    key = kind if kind in value else "labels"
    if key not in value:
        misread(f"{where} has no class: its value has no “{shortened(kind)}”")
    labels = list_of(value[key], f"{where}.value.{key}")
    if not labels:
        misread(f"{where} has no class: {key} is empty")
    return _Read(
        kind=kind,
        label=text_of(labels[0], f"{where}.value.{key}[0]"),
        score=_score(region, where, score=score),
        value=value,
        where=where,
    )


def _score(region: Region, where: str, *, score: float) -> float:
    told = region.get("score")
    return score if told is None else score_of(told, f"{where}.score")


def _choices(region: Region, where: str, *, score: float) -> list[Found]:
    value = object_of(member(region, "value", where), f"{where}.value")
    names = list_of(member(value, "choices", f"{where}.value"), f"{where}.value.choices")
    own = _score(region, where, score=score)
    return [found_class(text_of(name, f"{where}.value.choices"), own) for name in names]


def _shape(read: _Read, region: Region, picture: Picture) -> Found:
    value = read.value
    if "rle" in value:
        return _brush(read, region, picture)
    if "points" in value:
        ring = points_of(value["points"], f"{read.where}.value.points", least=3)
        return found_polygon(read.label, read.score, (_pixels(ring, picture),))
    if "radiusX" in value:
        return _ellipse(read, picture)
    if "height" in value:
        return _rectangle(read, picture)
    if not read.kind.startswith("keypoint"):
        told = shortened(read.kind)
        misread(f"{read.where} is of type “{told}”, which is no shape that is known here")
    point = _numbers(read, "x", "y", picture=picture)
    return found_keypoints(read.label, read.score, None, point[None], np.ones(1))


def _numbers(read: _Read, *keys: str, picture: Picture) -> Ring:
    """Those of a value in per cent of width and height in turn, in pixels of the picture."""
    numbers = [
        number_of(member(read.value, key, f"{read.where}.value"), f"{read.where}.value.{key}")
        for key in keys
    ]
    return _pixels(np.array(numbers, dtype=np.float64).reshape(-1, 2), picture).ravel()


def _pixels(points: Ring, picture: Picture) -> Ring:
    scaled: Ring = points * (picture.width / 100, picture.height / 100)
    return scaled


def _turned(read: _Read) -> float:
    told = read.value.get("rotation")
    return 0.0 if told is None else number_of(told, f"{read.where}.value.rotation")


def _rectangle(read: _Read, picture: Picture) -> Found:
    """Turned about its top-left corner, clockwise."""
    x, y, width, height = _numbers(read, "x", "y", "width", "height", picture=picture).tolist()
    if min(width, height) < 0:
        misread(f"{read.where} has a width or a height below 0")
    turned = _turned(read)
    if turned == 0:
        return found_box(read.label, read.score, (x, y, x + width, y + height))
    corner = np.array((x, y))
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
    return found_rotated_box(read.label, read.score, turned_about(corners, turned) + corner)


def _ellipse(read: _Read, picture: Picture) -> Found:
    x, y, across, down = _numbers(read, "x", "y", "radiusX", "radiusY", picture=picture).tolist()
    return found_ellipse(
        read.label, read.score, (x, y), (abs(across), abs(down)), turned=_turned(read)
    )


def _brush(read: _Read, region: Region, picture: Picture) -> Found:
    """A mask of the image that the region says it was made on."""
    where = f"{read.where}.value.rle"
    told = list_of(read.value["rle"], where)
    size = _size(read, region, picture)
    try:
        mask = packed_mask(bytes(told), width=size[0], height=size[1])
    except InvalidRunsError as error:
        misread(f"{where} is no mask: {error}")
    except TooLargeError as error:
        raise too_large(where, error) from error
    except (TypeError, ValueError):
        misread(f"{where} should be a list of bytes, whole numbers from 0 to 255")
    return found_mask(
        read.label, read.score, cropped(mask), size=size, picture=picture, where=where
    )


def _size(read: _Read, region: Region, picture: Picture) -> tuple[int, int]:
    """Told beside the value, or in it; that of the picture where it is not."""
    sides = []
    for key, own in (("original_width", picture.width), ("original_height", picture.height)):
        told = region.get(key, read.value.get(key))
        sides.append(own if told is None else int(number_of(told, f"{read.where}.{key}")))
    return sides[0], sides[1]


def _pose(
    read: _Read, told: Sequence[_Read], picture: Picture, *, points: tuple[str, ...]
) -> Found:
    """The box of an object, with its keypoints."""
    x, y, width, height = _numbers(read, "x", "y", "width", "height", picture=picture).tolist()
    names = [point.label for point in told]
    named = len(set(names)) == len(names) and set(names) <= set(points)
    placed: dict[int, tuple[float, float, float]] = {}
    for place, point in enumerate(told):
        at_x, at_y = _numbers(point, "x", "y", picture=picture).tolist()
        placed[points.index(point.label) if named else place] = at_x, at_y, point.score
    return found_pose(
        read.label,
        read.score,
        (x, y, x + width, y + height),
        placed,
        count=len(points) if named else len(told),
    )
