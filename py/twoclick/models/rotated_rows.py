"""From rotated boxes on a tensor to the rotated boxes that are kept on the image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.domain.shape_problems import LEAST_SIDE
from twoclick.kernels.min_area_rectangle import Rectangles
from twoclick.kernels.probiou import rotated_survivors
from twoclick.kernels.rectangle_cut import cut_inside
from twoclick.models.outlines import ROTATED_BOX, Outlines, Shape
from twoclick.models.placings import to_image
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions

_RANKED = 5000
"""Highest scores that are looked at: bounds the time that a broken model can take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotatedRows:
    """Candidates as a model answered: `boxes` (n, 5) centre, width and height in pixels of the
    tensor, and the angle of the width in radians, clockwise as seen; `scores` (n,) in 0..1;
    `classes` (n,)."""

    boxes: NDArray[np.floating]
    scores: NDArray[np.floating]
    classes: NDArray[np.integer]


def kept_rotated(
    rows: RotatedRows, plan: Plan, *, width: int, height: int, keep: Keep
) -> RawPredictions:
    """Candidates on an oriented image of `width` x `height` pixels, ranked and capped as `keep`
    says; the `overlap` of which is here the likeness of `kernels.probiou`.

    What reaches beyond the image is cut so that a rectangle stays, and dropped where that is
    thinner than a person could draw it.
    """
    sound = (rows.boxes[:, 2:4] > 0).all(axis=1) & (rows.scores >= keep.floor)
    places = np.flatnonzero(sound)
    places = places[np.argsort(-rows.scores[places], kind="stable")][:_RANKED]
    boxes = rows.boxes[places].astype(np.float64)
    if keep.overlap < 1:
        survivors = rotated_survivors(
            boxes,
            rows.scores[places],
            rows.classes[places],
            overlap=keep.overlap,
            limit=keep.cap,
        )
        places, boxes = places[survivors], boxes[survivors]
    else:
        places, boxes = places[: keep.cap], boxes[: keep.cap]
    inside = cut_inside(
        _on_image(boxes, plan, width=width, height=height), width=width, height=height
    )
    corners = np.clip(inside.corners(), 0, (width, height))
    bounds = np.hstack((corners.min(axis=1), corners.max(axis=1)))
    solid = (inside.sides >= LEAST_SIDE).all(axis=1)
    solid &= (bounds[:, 2:] - bounds[:, :2] >= LEAST_SIDE).all(axis=1)
    places = places[solid]
    return RawPredictions(
        boxes=bounds[solid],
        scores=np.clip(rows.scores[places].astype(np.float64), 0, 1),
        classes=rows.classes[places].astype(np.int32),
        outlines=Outlines.of([Shape(kind=ROTATED_BOX, rings=(ring,)) for ring in corners[solid]]),
    )


def _on_image(boxes: NDArray[np.float64], plan: Plan, *, width: int, height: int) -> Rectangles:
    """Sides by the scale of their own axes, as Ultralytics does: letterboxes have nearly one."""
    place = plan.placing
    angle = boxes[:, 4]
    return Rectangles(
        centres=to_image(boxes[:, :2], plan, width=width, height=height),
        sides=boxes[:, 2:4] * np.array([width / place.width, height / place.height]),
        along=np.stack((np.cos(angle), np.sin(angle)), axis=1),
    )
