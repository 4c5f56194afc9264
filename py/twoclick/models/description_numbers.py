"""What the numbers of one run say of how they are to be read: which column is a class, in which
form and unit boxes are, what is still to be done to scores.

Each rule looks at what the right way cannot look like; where nothing speaks against it, a guess
stays as it is.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from twoclick.models.description import Arrangement, Background, Description, Form, Part, Unit
from twoclick.models.family import Outputs

_BOX = 4
_LOOKED_AT = 100
"""Objects: those that score best."""

_MOST_QUERIES = 400
_SURE = 5
_MUCH = 0.3

_LARGEST_SHARE = 2.0
_BEYOND = 1.3
"""Times the longer side of the input: boxes that reach so far are told in pixels of the image."""

_CLEARLY = 2.0
"""By how much the number of the background leads where the numbers are logits."""


class _Layout(NamedTuple):
    """First column of the box, those of score and class, and one that holds anything whole."""

    box: int
    score: int
    kind: int
    whole: int | None = None


_LAYOUTS = {
    6: (_Layout(0, 4, 5), _Layout(0, 5, 4), _Layout(2, 1, 0)),
    7: (
        *(_Layout(1, 6, 5, 0), _Layout(1, 5, 6, 0), _Layout(3, 2, 1, 0)),
        *(_Layout(0, 4, 5, 6), _Layout(0, 5, 4, 6)),
    ),
}
"""Rows of one object each: Ultralytics, PaddleDetection and others; with the number of the image in
front, as YOLOv7, YOLO-NAS and SSD have it; with a mark of its validity behind."""


def guess_of_numbers(said: Description, answer: Outputs, *, side: int) -> Description:
    """The guess, corrected by an answer to an input whose longer side has `side` pixels."""
    tables = _Tables(answer, said)
    boxes = tables.of(said.boxes)
    if boxes is None or boxes.shape[1] < _BOX or not len(boxes):
        return said
    if said.scores.output == said.boxes.output:
        said = _with_columns(said, boxes)
    scores = tables.of(said.scores)
    if scores is None or len(scores) != len(boxes):
        return said
    said = _with_scores(said, scores[:, said.scores.column :])
    best = _best(said, tables, scores)
    return _with_boxes(_with_classes(said, tables, best), boxes, best, side=side)


class _Tables:
    """The outputs as rows, with 0 for what is no number, less what is filling."""

    def __init__(self, answer: Outputs, said: Description) -> None:
        self._answer = answer
        self._said = said
        self._count: int | None = None
        count = None if said.count is None else self.of(said.count)
        if count is not None and count.size == 1 and count[0, 0] >= 1:
            self._count = int(count[0, 0])

    def of(self, part: Part) -> NDArray[np.float64] | None:
        """The rows of this part's output; None for what is no table."""
        values = self._answer.get(part.output)
        if values is None or values.dtype.kind not in "fiub" or not values.ndim:
            return None
        rows = _as_rows(values.astype(np.float64), self._said.arrangement(part.output))
        return None if rows is None else np.nan_to_num(rows, posinf=0, neginf=0)[: self._count]


def _as_rows(values: NDArray[np.float64], arrangement: Arrangement) -> NDArray[np.float64] | None:
    if arrangement == "list":
        return values.reshape(-1, 1)
    if values.ndim < 2 or np.prod(values.shape[:-2], dtype=int) != 1:
        return None
    table = values.reshape(values.shape[-2:])
    return table.T if arrangement == "columns" else table


def _with_columns(said: Description, table: NDArray[np.float64]) -> Description:
    """Where box, score and class are in rows that hold all of it."""
    columns = table.shape[1]
    told = table[np.any(table != 0, axis=1)]
    name = said.boxes.output
    for layout in _LAYOUTS.get(columns, ()) if len(told) else ():
        if not _speaks_against(layout, told):
            return replace(
                said,
                boxes=Part(output=name, column=layout.box),
                scores=Part(output=name, column=layout.score),
                classes=Part(output=name, column=layout.kind),
                scoring="one",
                suppressed=True,
            )
    if said.classes is not None and said.classes.output != name:
        return said
    if columns == _BOX + 1:
        return said
    # Channels first, and queries, have none.
    of_grid = said.arrangement(name) == "rows" and len(table) > _MOST_QUERIES
    first = _BOX + 1 if of_grid and _has_objectness(told[:, _BOX:]) else _BOX
    return replace(
        said,
        scores=Part(output=name, column=first),
        objectness=Part(output=name, column=_BOX) if first > _BOX else None,
        classes=None,
        scoring="per class",
        class_count=max(1, columns - first),
        suppressed=False,
    )


def _speaks_against(layout: _Layout, told: NDArray[np.float64]) -> bool:
    score, kind = told[:, layout.score], told[:, layout.kind]
    whole = kind if layout.whole is None else np.append(kind, told[:, layout.whole])
    return bool(
        (score < 0).any()
        or (score > 1).any()
        or (whole != np.floor(whole)).any()
        or (whole < -1).any()
        or (layout.whole is not None and (score == np.floor(score)).all())
    )


def _has_objectness(values: NDArray[np.float64]) -> bool:
    """Whether the first of these numbers says that there is an object: where it is high, so is a
    class behind it; where it were a class itself, the others would be low there.  YOLOv6 has a 1 in
    all of them."""
    if values.shape[1] < 2 or not len(values):
        return False
    if _is_logits(values):
        values = 1 / (1 + np.exp(-np.clip(values, -50, 50)))
    first, others = values[:, 0], values[:, 1:].max(axis=1)
    high = np.argsort(-first)[:_SURE]
    alike = np.median(others[high]) >= _MUCH * np.median(first[high])
    return bool((first == 1).all() or (alike and first.max() >= _MUCH * others.max()))


def _with_scores(said: Description, values: NDArray[np.float64]) -> Description:
    """What is still to be done to the scores, and which of them is background."""
    if said.scoring == "one":
        return replace(said, activation="sigmoid") if _is_logits(values[:, :1]) else said
    values = values[:, : said.class_count]
    columns = values.shape[1]
    if columns < 2 or said.objectness is not None:
        return replace(said, activation="sigmoid") if _is_logits(values) else said
    backgrounds: tuple[tuple[int, Background], ...] = ((columns - 1, "last"), (0, "first"))
    for place, background in backgrounds:
        others = np.delete(values, place, axis=1).max(axis=1)
        if _is_logits(values):
            leads = values[:, place] - others > _CLEARLY
        else:
            leads = (values[:, place] > others) & (np.abs(values.sum(axis=1) - 1) < 0.02)
        if 2 * leads.sum() > len(values):
            return replace(
                said,
                activation="softmax" if _is_logits(values) else "none",
                background=background,
                class_count=columns - 1,
            )
    return replace(said, activation="sigmoid") if _is_logits(values) else said


def _is_logits(values: NDArray[np.float64]) -> bool:
    return bool(values.size and (values.min() < -1e-3 or values.max() > 1 + 1e-3))


def _best(said: Description, tables: _Tables, scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """The places of the objects that score best."""
    first = said.scores.column + (said.scoring == "per class" and said.background == "first")
    own = scores[:, first : first + (said.class_count if said.scoring == "per class" else 1)]
    if not own.shape[1]:
        return np.empty(0, dtype=np.intp)
    best = own.max(axis=1)
    objectness = None if said.objectness is None else tables.of(said.objectness)
    if said.objectness is not None and objectness is not None:
        best = best * objectness[:, said.objectness.column]
    ranked = np.argsort(-best, kind="stable")[:_LOOKED_AT]
    return ranked[best[ranked] > 0] if said.activation == "none" else ranked


def _with_classes(said: Description, tables: _Tables, best: NDArray[np.intp]) -> Description:
    """Whether the numbers of classes begin with 1, which only names and shapes can suggest."""
    if said.scoring != "one" or said.classes is None:
        return said
    told = tables.of(said.classes)
    if told is None or not len(best) or len(told) <= best.max():
        return said
    kinds = told[best, said.classes.column]
    if said.background == "first" and (kinds[: len(best) // 4 + 1] == 0).any():
        said = replace(said, background="none")
    most = int(np.clip(kinds.max(), 0, 9_000)) + (said.background == "none")
    return replace(said, class_count=max(said.class_count, most))


def _with_boxes(
    said: Description, boxes: NDArray[np.float64], best: NDArray[np.intp], *, side: int
) -> Description:
    """Unit and form of the boxes."""
    own = boxes[:, said.boxes.column : said.boxes.column + _BOX]
    told = own[best]
    largest = float(np.abs(told).max(initial=0))
    if largest == 0:
        return said
    unit = _unit(largest, side)
    limit = 1.0 if unit == "input shares" else max(side, largest if unit == "image pixels" else 0)
    return replace(said, unit=unit, form=_form(said.form, own, told, limit))


def _unit(largest: float, side: int) -> Unit:
    if largest <= _LARGEST_SHARE:
        return "input shares"
    return "image pixels" if largest > _BEYOND * side else "input pixels"


def _form(
    guessed: Form, boxes: NDArray[np.float64], told: NDArray[np.float64], limit: float
) -> Form:
    some = boxes[np.any(boxes != 0, axis=1)]
    if _share_of_corners(told) >= 0.9 and _share_of_corners(some) >= 0.9:
        return "yxyx" if guessed == "yxyx" else "xyxy"
    slack = 0.05 * limit
    half = told[:, 2:] / 2
    centred = (told[:, :2] - half >= -slack) & (told[:, :2] + half <= limit + slack)
    cornered = (told[:, :2] >= -slack) & (told[:, :2] + told[:, 2:] <= limit + slack)
    return "xywh" if cornered.all(axis=1).sum() > centred.all(axis=1).sum() else "cxcywh"


def _share_of_corners(boxes: NDArray[np.float64]) -> float:
    """How many of the boxes have a second corner to the right of the first and below it."""
    if not len(boxes):
        return 0.0
    return float((boxes[:, 2:] > boxes[:, :2]).all(axis=1).mean())
