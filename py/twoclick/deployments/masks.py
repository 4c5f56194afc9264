"""Masks in answers, as polygons in pixels of the picture."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.answer import Found, found_polygon
from twoclick.deployments.deployment import Picture
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.protocol import OpenMask
from twoclick.deployments.reading import misread, type_of
from twoclick.kernels.contours import Region, regions_above
from twoclick.kernels.mask_outlines import mask_outlines
from twoclick.kernels.means_inside import means_inside
from twoclick.kernels.raster import Patch, TooLargeError
from twoclick.kernels.ring_columns import RingColumns
from twoclick.kernels.simplify import thinned
from twoclick.models.background import left_out
from twoclick.models.class_regions import LEAST_PIXELS, LEAST_SHARE
from twoclick.models.predictions import CAP

_TOLERANCE = 0.3
"""Pixels of a map; see `kernels.mask_outlines`."""


def found_mask(
    label: str,
    score: float,
    patch: Patch,
    *,
    size: tuple[int, int],
    picture: Picture,
    where: str,
) -> Found:
    """A polygon around a mask of an image of `size`, width and height, that shows what the picture
    does; without rings where the mask is empty.

    Raises DeploymentError for a mask of more parts than anybody could mend.
    """
    try:
        rings = mask_outlines(patch)
    except TooLargeError as error:
        raise too_large(where, error) from error
    scale = picture.width / size[0], picture.height / size[1]
    return found_polygon(label, score, tuple(ring * scale for ring in rings))


def cropped(pixels: NDArray[np.bool_], *, x: int = 0, y: int = 0) -> Patch:
    """The part of a mask (rows, columns) with something inside; (x, y) is its top-left pixel."""
    rows, columns = (np.flatnonzero(pixels.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return Patch(x=x, y=y, pixels=np.zeros((0, 0), dtype=np.bool_))
    top, left = int(rows[0]), int(columns[0])
    inside = pixels[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    return Patch(x=x + left, y=y + top, pixels=inside)


def opened(value: Any, where: str, *, open_mask: OpenMask) -> NDArray[np.uint8]:
    """The grey values (rows, columns) of a picture as base64, also as a data: URL.

    Raises DeploymentError for anything else.
    """
    if not isinstance(value, str):
        misread(f"{where} should be a picture as base64, but is {type_of(value)}")
    text = value.partition(",")[2] if value.startswith("data:") else value
    try:
        return open_mask(b64decode("".join(text.split()), validate=True))
    except ValueError as error:
        misread(f"{where} should be a picture as base64, but it cannot be read ({error})")


def found_regions(
    classes: NDArray[np.uint8],
    names: Mapping[int, str],
    *,
    certain: NDArray[np.floating] | None,
    picture: Picture,
) -> tuple[Found, ...]:
    """A polygon for each connected region of each class of a map (rows, columns) that shows what
    the picture does; the largest ones, as many as are kept of an image.

    Classes whose name says that they are background have none, specks have none, and a number
    without a name is "class 7".  A score is the mean of `certain` (rows, columns) 0..1 inside, 1
    where that is None.
    """
    rows, columns = classes.shape
    scale = picture.width / columns, picture.height / rows
    least = max(LEAST_PIXELS, LEAST_SHARE * rows * columns)
    numbers = np.unique(classes).tolist()
    labels = [names.get(number, f"class {number}") for number in numbers]
    background = {numbers[place] for place in left_out(labels)} if names else {0}
    regions = [
        (region, label)
        for number, label in zip(numbers, labels, strict=True)
        if number not in background
        for region in _large_regions(classes == number, least=least)
    ]
    regions.sort(key=lambda pair: -_area(pair[0]))
    return tuple(
        found_polygon(
            label,
            1.0 if certain is None else _mean_inside(certain, region),
            tuple(thinned(ring, tolerance=_TOLERANCE) * scale for ring in region.rings),
        )
        for region, label in regions[:CAP]
    )


def too_large(where: str, error: TooLargeError) -> DeploymentError:
    """The error of a mask with more in it than can be a shape."""
    return DeploymentError(
        "answer-too-large",
        f"{where} is a mask that cannot be a shape: {error}. Send images smaller, or have the "
        "server tell polygons.",
    )


def _large_regions(mask: NDArray[np.bool_], *, least: float) -> list[Region]:
    """Without specks, and without holes that are."""
    patch = cropped(mask)
    offset = np.array((patch.x, patch.y), dtype=np.float64)
    regions = []
    for region in regions_above(patch.pixels, 0.5) if patch.pixels.size else []:
        areas = _areas(region)
        if areas[0] >= least:
            kept = [
                ring + offset
                for ring, area in zip(region.rings, areas, strict=True)
                if area >= least
            ]
            regions.append(Region(rings=tuple(kept)))
    return regions


def _areas(region: Region) -> list[float]:
    areas: list[float] = np.abs(_columns(region).signed_areas()).tolist()
    return areas


def _area(region: Region) -> float:
    outer, *holes = _areas(region)
    return outer - sum(holes)


def _mean_inside(values: NDArray[np.floating], region: Region) -> float:
    rings = _columns(region)
    owners = np.zeros(len(rings.points), dtype=np.intp)
    mean = means_inside(values, rings.points, rings.ends(), owners, count=1)
    return float(np.clip(mean[0], 0, 1))


def _columns(region: Region) -> RingColumns:
    sizes = np.array([len(ring) for ring in region.rings], dtype=np.intp)
    return RingColumns(points=np.concatenate(region.rings), sizes=sizes)
