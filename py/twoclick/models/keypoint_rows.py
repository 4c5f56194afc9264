"""From the points that a model gives with each box to objects with keypoints on the image."""

import numpy as np
from numpy.typing import NDArray

from twoclick.domain.geometry import NOT_THERE, VISIBLE
from twoclick.models.answers import check_scores
from twoclick.models.box_rows import KeptRows
from twoclick.models.errors import DecodeError
from twoclick.models.outlines import Outlines
from twoclick.models.placings import to_image
from twoclick.models.plan import Plan
from twoclick.models.predictions import RawPredictions

LEAST_CERTAINTY = 0.5
"""A point that the model is less sure of is not there.

Source: Ultralytics 8.3 `engine/results.py::Keypoints`, which drops where such a point lies.
"""

_LARGEST_SHARE = 2.0


def with_keypoints(
    rows: KeptRows,
    points: NDArray[np.floating],
    name: str,
    *,
    plan: Plan,
    width: int,
    height: int,
) -> RawPredictions:
    """The candidates of an image of `width` x `height` pixels with their points.

    `points` (n, k, 2 or 3), a row of it for each of `rows`: x and y in pixels of the tensor and, of
    three numbers, how certain it is that the point is to be seen, 0..1, sigmoid applied; of two,
    every point is.  Points are moved to the nearest edge of the image where they lie beside it.
    Raises DecodeError, naming the output `name`, for certainties that do not lie between 0 and 1.

    Source: Ultralytics 8.4 `utils/ops.py::scale_coords`.
    """
    places = points[..., :2]
    on_image = to_image(places.reshape(-1, 2), plan, width=width, height=height)
    inside = np.clip(on_image, 0, (width, height)).reshape(places.shape)
    certainties = np.ones(places.shape[:2])
    if points.shape[2] == 3:
        check_scores(points[..., 2], name)
        certainties = np.clip(points[..., 2].astype(np.float64), 0, 1)
    visibility = np.where(certainties >= LEAST_CERTAINTY, VISIBLE, NOT_THERE)
    return RawPredictions(
        boxes=rows.boxes,
        scores=rows.scores,
        classes=rows.classes,
        outlines=Outlines.of_keypoints(inside, visibility, certainties),
    )


def check_points(points: NDArray[np.floating], name: str) -> None:
    """Raises DecodeError where the points of all candidates, as `with_keypoints` takes them, lie in
    the corner of the tensor: scores of classes that were taken for points do."""
    farthest = np.abs(points[..., :2]).max(initial=0.0)
    if points.size and farthest <= _LARGEST_SHARE:
        raise DecodeError(
            f'Output "{name}" has numbers up to {farthest:.3g} where the points of objects should '
            "be, in pixels: they are scores, or shares of the image. Choose another way to read "
            "the file, or export it again with its metadata."
        )
