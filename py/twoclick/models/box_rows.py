"""Answers that have a box in each row (or column): from rows to the boxes that are kept.

Three layouts are read here; each may have further columns (coefficients of masks, keypoints, an
angle), which are found again by the `places` of the rows that are kept.  A row gives one candidate,
of its best class, as the predictors of all these makers do.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from twoclick.models.answers import check_scores
from twoclick.models.errors import DecodeError
from twoclick.models.placings import to_image
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions, kept_boxes


class WayBack(Protocol):
    """From pixels of the tensor to those of the image: see `placings.to_image`."""

    def __call__(
        self, points: NDArray[np.floating], plan: Plan, *, width: int, height: int
    ) -> NDArray[np.float64]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRows:
    """Candidates as a model answered: `boxes` (n, 4) corners in pixels of the tensor, `scores` (n,)
    in 0..1, `classes` (n,), and `places` (n,): the rows (or columns) of the answer they come from.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    classes: NDArray[np.intp]
    places: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRows:
    """What is kept of them, by falling score: `boxes` float64 (n, 4) inside the image, in its
    pixels; `on_tensor` (n, 4) the same as the model answered; `places` as of BoxRows."""

    boxes: NDArray[np.float64]
    on_tensor: NDArray[np.float32]
    scores: NDArray[np.float64]
    classes: NDArray[np.int32]
    places: NDArray[np.intp]

    def predictions(self) -> RawPredictions:
        """The same as plain boxes."""
        return RawPredictions(boxes=self.boxes, scores=self.scores, classes=self.classes)


def rows_of_columns(
    values: NDArray[np.float32], name: str, *, classes: int, floor: float
) -> BoxRows:
    """Of an answer (4 + classes + further, n), channels first: the columns that score `floor`.

    The first four channels are centre, width and height in pixels of the tensor, then come the
    scores of the classes, sigmoid applied.  `name` is that of the output, for DecodeError, which is
    raised for scores that do not lie between 0 and 1.
    """
    scores = values[4 : 4 + classes]
    check_scores(scores, name)
    places = np.flatnonzero(scores.max(axis=0) >= floor)
    chosen = scores[:, places]
    return BoxRows(
        boxes=corners_of(values[:4, places].T),
        scores=chosen.max(axis=0),
        classes=chosen.argmax(axis=0),
        places=places,
    )


def rows_with_objectness(
    values: NDArray[np.float32], name: str, *, classes: int, floor: float
) -> BoxRows:
    """Of an answer (n, 5 + classes + further): the rows that score `floor`.

    The columns are centre, width and height in pixels of the tensor, the score for there being an
    object, and that of each class, both with their sigmoid applied; a candidate's score is their
    product.  `name` and DecodeError as in `rows_of_columns`.
    """
    check_scores(values[:, 4], name)
    # No product is larger than its first factor: most rows need not be looked at.
    places = np.flatnonzero(values[:, 4] >= floor)
    scores = values[places, 5 : 5 + classes]
    check_scores(scores, name)
    best = scores.argmax(axis=1)
    products = values[places, 4] * scores[np.arange(len(places)), best]
    kept = np.flatnonzero(products >= floor)
    return BoxRows(
        boxes=corners_of(values[places[kept], :4]),
        scores=products[kept],
        classes=best[kept],
        places=places[kept],
    )


def finished_rows(
    values: NDArray[np.float32],
    name: str,
    *,
    classes: int,
    floor: float,
    order: Literal["score first", "class first"] = "score first",
) -> BoxRows:
    """Of an answer (n, 6 + further) whose rows are one object each: those that score `floor`.

    The columns are two corners in pixels of the tensor, then score and class, or class and score.
    Rows of score 0 fill answers up and are never taken.  Raises DecodeError for scores that do not
    lie between 0 and 1, and for classes beyond `classes` in rows that are taken.
    """
    score, kind = (4, 5) if order == "score first" else (5, 4)
    check_scores(values[:, score], name)
    places = np.flatnonzero((values[:, score] >= floor) & (values[:, score] > 0))
    return BoxRows(
        boxes=values[places, :4],
        scores=values[places, score],
        classes=whole_classes(values[places, kind], name, classes=classes),
        places=places,
    )


def whole_classes(values: NDArray[np.floating], name: str, *, classes: int) -> NDArray[np.intp]:
    """Class numbers that came as floats; DecodeError for what is none of `classes`."""
    found = values.astype(np.intp)
    wrong = np.flatnonzero((found != values) | (found < 0) | (found >= classes))
    if len(wrong):
        raise DecodeError(
            f'Output "{name}" has the class {float(values[wrong[0]]):g} in it, but the model has '
            f"the {classes} classes 0 to {classes - 1}. The file is of another family, or does not "
            "say how many classes it has: choose another way to read it, or bring a file with the "
            "names of all its classes."
        )
    return found


def corners_of(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Centre, width and height (n, 4) as corners (n, 4)."""
    half = boxes[:, 2:] / 2
    return np.hstack((boxes[:, :2] - half, boxes[:, :2] + half))


def kept_rows(
    rows: BoxRows,
    plan: Plan,
    *,
    width: int,
    height: int,
    keep: Keep,
    way_back: WayBack = to_image,
) -> KeptRows:
    """Candidates laid on an oriented image of `width` x `height` pixels, without duplicates, ranked
    and capped as `keep` says; `way_back` is that of the family's own predictor."""
    boxes = way_back(rows.boxes, plan, width=width, height=height)
    inside, kept = kept_boxes(
        boxes, rows.scores, rows.classes, width=width, height=height, keep=keep
    )
    return KeptRows(
        boxes=inside,
        on_tensor=rows.boxes[kept],
        scores=np.clip(rows.scores[kept].astype(np.float64), 0, 1),
        classes=rows.classes[kept].astype(np.int32),
        places=rows.places[kept],
    )
