"""What a deployment found on a picture, in the picture's pixels, before anything is left out."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import Ring
from twoclick.models.outlines import BOX, KEYPOINTS, POLYGON, ROTATED_BOX, WHOLE_IMAGE

_LEAST_BOX = 16.0
"""Pixels that the box of keypoints is wide and high at least, where the server tells none: that of
a single point would have no area."""

_CORNERS_OF_ROUND = 32
"""Corners of a polygon that stands for a circle or an ellipse: at most 0.5 % of the radius off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One object.  Coordinates are float64, in pixels of the picture as it was sent, (0, 0) the
    top-left corner of the top-left pixel; they may reach beyond it.

    `kind` is one of `models.outlines`: a BOX has one ring of two opposite corners; a ROTATED_BOX
    one of four corners in turn, either way round; a POLYGON rings by the even-odd rule; KEYPOINTS
    have the corners of their box first, then one ring of their points with `certainties` (k,) 0..1
    of each; a WHOLE_IMAGE has none.  `score` is 0..1, and 1 where the server tells none.
    """

    label: str
    score: float
    kind: int
    rings: tuple[Ring, ...] = ()
    certainties: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found, in the server's order, and the names of all classes, by their ids, where the
    server tells them: `labels` is empty where it does not."""

    found: tuple[Found, ...]
    labels: tuple[str, ...] = ()


def found_box(label: str, score: float, corners: tuple[float, float, float, float]) -> Found:
    """A box from x0, y0, x1, y1, in either order."""
    return Found(label=label, score=score, kind=BOX, rings=(_ring(corners),))


def found_rotated_box(label: str, score: float, corners: NDArray[np.floating]) -> Found:
    """A rotated box from its corners (4, 2) in turn."""
    return Found(label=label, score=score, kind=ROTATED_BOX, rings=(corners.astype(np.float64),))


def found_polygon(label: str, score: float, rings: tuple[Ring, ...]) -> Found:
    """A polygon from its rings (n, 2)."""
    return Found(label=label, score=score, kind=POLYGON, rings=rings)


def found_keypoints(
    label: str,
    score: float,
    corners: tuple[float, float, float, float] | None,
    points: Ring,
    certainties: NDArray[np.floating],
) -> Found:
    """Points (k, 2) on an object with a box, one around the points where the server tells none."""
    box = _ring(corners) if corners is not None else _around(points)
    return Found(
        label=label,
        score=score,
        kind=KEYPOINTS,
        rings=(box, points.astype(np.float64)),
        certainties=certainties.astype(np.float64),
    )


def found_pose(
    label: str,
    score: float,
    corners: tuple[float, float, float, float] | None,
    points: Mapping[int, tuple[float, float, float]],
    *,
    count: int,
) -> Found:
    """Keypoints of which a server tells only those that it is sure of: x, y and certainty of each,
    by its place among all `count`; at least one is told.  The others have a certainty of 0."""
    middle = np.mean([point[:2] for point in points.values()], axis=0)
    rows = np.tile((*middle.tolist(), 0.0), (count, 1))
    for place, point in points.items():
        rows[place] = point
    return found_keypoints(label, score, corners, rows[:, :2], rows[:, 2])


def found_ellipse(
    label: str,
    score: float,
    centre: tuple[float, float],
    radii: tuple[float, float],
    *,
    turned: float = 0.0,
) -> Found:
    """An ellipse as a polygon with the same area; `turned` in degrees, clockwise as seen."""
    step = 2 * math.pi / _CORNERS_OF_ROUND
    angles = np.arange(_CORNERS_OF_ROUND) * step
    # A polygon with its corners on the ellipse would be smaller by this.
    outside = math.sqrt(step / math.sin(step))
    upright = np.stack((np.cos(angles), np.sin(angles)), axis=1) * radii * outside
    return found_polygon(label, score, (turned_about(upright, turned) + centre,))


def turned_about(points: Ring, degrees: float) -> Ring:
    """Points (n, 2) turned about (0, 0), clockwise as seen."""
    along = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turned: Ring = points @ np.array((along, (-along[1], along[0])))
    return turned


def found_class(label: str, score: float) -> Found:
    """A class of the whole image."""
    return Found(label=label, score=score, kind=WHOLE_IMAGE)


def _ring(corners: tuple[float, float, float, float]) -> Ring:
    return np.array(corners, dtype=np.float64).reshape(2, 2)


def _around(points: Ring) -> Ring:
    low, high = points.min(axis=0), points.max(axis=0)
    half = np.maximum((high - low) / 2, _LEAST_BOX / 2)
    middle = (low + high) / 2
    return np.stack((middle - half, middle + half))
