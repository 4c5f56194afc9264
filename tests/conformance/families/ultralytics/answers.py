"""How a model's answers are stored, before the reference reads them."""

import numpy as np
from numpy.typing import NDArray

NOTHING = 0.01


def rounded(given: list[NDArray], *, task: str, classes: int) -> list[NDArray]:
    """The outputs as float16, without what can never matter; integers as they are."""
    kept = [one if one.dtype.kind in "iu" else one.astype(np.float16) for one in given]
    if task in {"classify", "semantic"}:
        return kept
    rows = kept[0][0]
    if len(rows) <= 4 + classes + 64 and rows.shape[1] > len(rows):
        # Channels first: a column of class scores for each place.
        scores = rows[4 : 4 + classes]
        rows[:, scores.max(axis=0) < NOTHING] = 0
        _apart(scores)
    else:
        # One score and one class, or, of older models, a score for each class.
        scores = rows[:, 4:] if rows.shape[1] == 4 + classes else rows[:, 4:5]
        rows[scores.max(axis=1) < NOTHING] = 0
    return kept


def _apart(scores: NDArray[np.float16]) -> None:
    """Makes the best scores of all places distinct, by the smallest steps downwards.

    Which of two places with one score comes first is left to chance by sorting; suppression then
    keeps the one or the other.
    """
    best = scores.argmax(axis=0)
    columns = np.arange(scores.shape[1])
    last = np.float16(np.inf)
    for at in np.argsort(-scores[best, columns], kind="stable"):
        score = scores[best[at], at]
        if score < NOTHING:
            break
        if score >= last:
            score = np.nextafter(last, np.float16(0))
            scores[best[at], at] = score
        last = score
    if not np.array_equal(scores.argmax(axis=0), best):
        message = "two classes of one place are as good as equal: ask about another scene"
        raise ValueError(message)
