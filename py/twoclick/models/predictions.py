"""Raw predictions: what is kept of a model's answer for one image."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from twoclick.domain.shape_problems import LEAST_SIDE
from twoclick.kernels.boxes import clip
from twoclick.kernels.nms import class_wise_nms
from twoclick.kernels.outline_overlaps import outline_pairs
from twoclick.kernels.overlaps import overlap_pairs
from twoclick.kernels.ring_columns import RingColumns
from twoclick.models.outlines import Outlines

CAP = 300
"""Candidates kept for an image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Which candidates of a model's answer are kept.

    Those that score `floor` or more, less what overlaps a better one of its class by an IoU of more
    than `overlap` (at 1 nothing does), at most `cap` of them.
    """

    floor: float
    overlap: float
    cap: int = CAP


DUPLICATE_IOU = 0.9
"""Two boxes of one class that overlap by more are one candidate; anything closer to the person's
own overlap setting is decided when the suggestions are looked at."""


def keep_raw(*, floor: float) -> Keep:
    """What raw predictions are kept of the answer of a model with this score floor."""
    return Keep(floor=floor, overlap=DUPLICATE_IOU)


_RANKED = 5000
"""Highest scores that suppression looks at: bounds the time that a broken model, which finds
something everywhere, can take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPredictions:
    """Columns of candidates by falling score.

    `boxes` float64 (n, 4): x1, y1, x2, y2 in pixels of the oriented image, (0, 0) the top-left
    corner of the top-left pixel, inside the image and with an area.  `scores` float64 (n,) in
    0..1.  `classes` int32 (n,), indexes into the class names of the model's card.  `outlines`: the
    shapes that the boxes are the bounds of.
    """

    boxes: NDArray[np.float64]
    scores: NDArray[np.float64]
    classes: NDArray[np.int32]

    outlines: Outlines = field(default_factory=Outlines.none)

    def __len__(self) -> int:
        return len(self.scores)

    def overlaps(self, *, minimum: float) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Every pair of candidates whose shapes overlap by an IoU of `minimum` or more: indexes
        i < j int32 (m, 2), IoUs float64 (m,)."""
        if not self.outlines.have_edges:
            return overlap_pairs(self.boxes, minimum=minimum)
        return outline_pairs(self.boxes, self._edges(), minimum=minimum)

    def _edges(self) -> list[NDArray[np.float64]]:
        """(n, 4) of each shape: x0, y0, x1, y1 of every edge."""
        sizes = self.outlines.rings[:, 1].astype(np.intp)
        rings = RingColumns(points=self.outlines.points, sizes=sizes)
        edges = np.hstack((rings.points, rings.ends()))
        owners = np.repeat(self.outlines.rings[:, 0], sizes)
        stops = np.searchsorted(owners, np.arange(len(self) + 1)).tolist()
        corners = self.boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
        of_boxes = np.concatenate((corners, np.roll(corners, -1, axis=1)), axis=2)
        return [
            edges[start:stop] if stop > start else of_boxes[place]
            for place, (start, stop) in enumerate(pairwise(stops))
        ]


def keep_candidates(
    boxes: NDArray[np.floating],
    scores: NDArray[np.floating],
    classes: NDArray[np.integer],
    *,
    width: float,
    height: float,
    keep: Keep,
) -> RawPredictions:
    """Candidates of an image of `width` x `height` pixels, cleaned, ranked and capped; see
    `kept_boxes`."""
    inside, kept = kept_boxes(boxes, scores, classes, width=width, height=height, keep=keep)
    return RawPredictions(
        boxes=inside,
        scores=np.clip(scores[kept].astype(np.float64), 0, 1),
        classes=classes[kept].astype(np.int32),
    )


def kept_boxes(
    boxes: NDArray[np.floating],
    scores: NDArray[np.floating],
    classes: NDArray[np.integer],
    *,
    width: float,
    height: float,
    keep: Keep,
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The boxes that are kept (n, 4), inside the image, and their places among all, by falling
    score.

    `boxes` (m, 4) are corners in pixels of the image.  Duplicates are suppressed class by class as
    they are; then boxes are clipped to the image, and what is left thinner than a person could draw
    it is dropped: the rim of something beside the image.
    """
    whole = boxes.astype(np.float64)
    inside = clip(whole, width=width, height=height)
    sides = inside[:, 2:] - inside[:, :2]
    solid = np.flatnonzero((sides >= LEAST_SIDE).all(axis=1) & (scores >= keep.floor))
    ranked = solid[np.argsort(-scores[solid], kind="stable")][:_RANKED]
    survivors = class_wise_nms(
        whole[ranked], scores[ranked], classes[ranked], iou=keep.overlap, limit=keep.cap
    )
    kept = ranked[survivors]
    return inside[kept], kept
