"""Raw predictions: what is kept of a model's answer for one image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.domain.shape_problems import LEAST_SIDE
from twoclick.kernels.boxes import clip
from twoclick.kernels.nms import class_wise_nms

CAP = 300
"""Candidates kept for an image."""

DUPLICATE_IOU = 0.9
"""Two boxes of one class that overlap by more are one candidate; anything closer to the person's
own overlap setting is decided when the suggestions are looked at."""

_RANKED = 5000
"""Highest scores that suppression looks at: bounds the time that a broken model, which finds
something everywhere, can take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPredictions:
    """Columns of candidates by falling score.

    `boxes` float64 (n, 4): x1, y1, x2, y2 in pixels of the oriented image, (0, 0) the top-left
    corner of the top-left pixel, inside the image and with an area.  `scores` float64 (n,) in
    0..1.  `classes` int32 (n,), indexes into the class names of the model's card.
    """

    boxes: NDArray[np.float64]
    scores: NDArray[np.float64]
    classes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.scores)

    def shown(self, *, confidence: float, overlap: float) -> NDArray[np.intp]:
        """Indexes, by falling score, of what scores `confidence` or more and is not hidden by a
        higher score of its class that it overlaps by more than `overlap` (IoU)."""
        confident = np.flatnonzero(self.scores >= confidence)
        kept = class_wise_nms(
            self.boxes[confident],
            self.scores[confident],
            self.classes[confident],
            iou=overlap,
            limit=CAP,
        )
        return confident[kept]


def keep_candidates(
    boxes: NDArray[np.floating],
    scores: NDArray[np.floating],
    classes: NDArray[np.integer],
    *,
    width: float,
    height: float,
) -> RawPredictions:
    """Candidates of an image of `width` x `height` pixels, cleaned, ranked and capped.

    Boxes are clipped to the image; what is left thinner than a person could draw it is dropped:
    the rim of something beside the image.  Then class-wise
    suppression of duplicates, falling order of score, at most CAP.
    """
    inside = clip(boxes.astype(np.float64), width=width, height=height)
    sides = inside[:, 2:] - inside[:, :2]
    solid = np.flatnonzero((sides >= LEAST_SIDE).all(axis=1))
    ranked = solid[np.argsort(-scores[solid], kind="stable")][:_RANKED]
    kept = ranked[
        class_wise_nms(
            inside[ranked], scores[ranked], classes[ranked], iou=DUPLICATE_IOU, limit=CAP
        )
    ]
    return RawPredictions(
        boxes=inside[kept],
        scores=scores[kept].astype(np.float64),
        classes=classes[kept].astype(np.int32),
    )
