"""What a deployment found on a picture, in the picture's pixels, before anything is left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import Ring
from twoclick.models.outlines import BOX, KEYPOINTS, POLYGON, ROTATED_BOX, WHOLE_IMAGE


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
    """Points (k, 2) on an object with a box, that of the points where the server tells none."""
    low, high = points.min(axis=0), points.max(axis=0)
    box = _ring(corners) if corners is not None else np.stack((low, high))
    return Found(
        label=label,
        score=score,
        kind=KEYPOINTS,
        rings=(box, points.astype(np.float64)),
        certainties=certainties.astype(np.float64),
    )


def found_class(label: str, score: float) -> Found:
    """A class of the whole image."""
    return Found(label=label, score=score, kind=WHOLE_IMAGE)


def _ring(corners: tuple[float, float, float, float]) -> Ring:
    return np.array(corners, dtype=np.float64).reshape(2, 2)
