"""What is odd about shapes that were read as a person described: not wrong in itself, as an image
may look so, and mostly a sign of a wrong output or column."""

import numpy as np
from numpy.typing import NDArray

from twoclick.models.predictions import CAP

_SOME = 3
"""Two objects may well be alike."""


_NOTHING = (
    "Nothing is found on this image. If the model should find something here, its scores are in "
    "another output or column, or images are given to it in other numbers."
)
_ELSEWHERE = "they may be in another output or column."


def doubts_of(boxes: NDArray[np.float64], scores: NDArray[np.float64]) -> tuple[str, ...]:
    """Sentences for the person; none where nothing is odd.  `boxes` (n, 4) and `scores` (n,) are
    those of all that was found."""
    count = len(scores)
    if not count:
        return (_NOTHING,)
    doubts = []
    if count >= _SOME and np.ptp(scores) == 0:
        doubts.append(f"All {count} scores are {scores[0]:.2g}: {_ELSEWHERE}")
    if count >= _SOME and (boxes == boxes[0]).all():
        doubts.append(f"All {count} boxes are the same: {_ELSEWHERE}")
    if count == CAP:
        doubts.append(
            f"{CAP} or more are found: what is taken for scores may be other numbers, or still "
            "before the sigmoid."
        )
    return tuple(doubts)
