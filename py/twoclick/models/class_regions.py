"""Maps of classes to polygons: one for each connected region of a class.

A region's outline runs between the values of the map, where its class is no longer ahead of the
others: as if the map had been enlarged to the image bilinearly, before the best class was taken.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import region_columns
from twoclick.kernels.means_inside import means_inside
from twoclick.kernels.ring_columns import RingColumns, all_simplified, joined
from twoclick.kernels.spans import Span, span
from twoclick.models.class_maps import ClassMap, present
from twoclick.models.outlines import Outlines, Shape
from twoclick.models.placings import to_image
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.ring_shapes import Bounds, polygons

LEAST_PIXELS = 4.0
"""Pixels of the map that a region has at least: smaller ones, and smaller holes, are specks."""

LEAST_SHARE = 1 / 20_000
"""The same as a part of the image: 50 pixels of one of a million."""

TOLERANCE = 0.5
"""Pixels of the map by which an outline may be off at most where points are left out: the stairs of
a map that tells nothing but classes, and no more; less for small regions."""

_OF_SIZE = 0.01
_AWAY, _NEVER_ZERO = 1e-4, 1e-9
"""Margins closer to 0 than this part of the largest are moved away, so that lines do not touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Regions: `rings` in pixels of the map, the region each is of, `owners`, their
    `areas` in those, `scores` and `kinds` (n,), the classes."""

    rings: RingColumns
    owners: NDArray[np.intp]
    areas: NDArray[np.float64]
    scores: NDArray[np.float64]
    kinds: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The part of a map of `rows` x `columns` over a whole tensor that the image lies on; the map
    was enlarged by `factor` before."""

    across: Span
    down: Span
    rows: int
    columns: int
    factor: int

    @classmethod
    def of(cls, plan: Plan, *, rows: int, columns: int, factor: int = 1) -> Self:
        """That of the image that `plan` places, of a map that is `rows` x `columns` now."""
        place = plan.placing
        x, y = columns / plan.width, rows / plan.height
        right, bottom = place.left + place.width, place.top + place.height
        return cls(
            across=span(max(place.left, 0) * x, min(right, plan.width) * x, size=columns),
            down=span(max(place.top, 0) * y, min(bottom, plan.height) * y, size=rows),
            rows=rows,
            columns=columns,
            factor=factor,
        )

    def pixels(self, plan: Plan) -> float:
        """How many pixels of the map, as the model gave it, the image takes."""
        place = plan.placing
        share = place.width * place.height / (plan.width * plan.height)
        return share * self.rows * self.columns / self.factor**2

    def taken(self, values: NDArray[Any]) -> NDArray[Any]:
        """That part of values (..., rows, columns)."""
        return values[..., self.down.taken, self.across.taken]


def regions_of_classes(
    found: ClassMap,
    window: Window,
    *,
    left_out: Collection[int],
    plan: Plan,
    width: int,
    height: int,
    keep: Keep,
) -> RawPredictions:
    """The regions of all classes but those `left_out`; `found` is the part that `window` takes.

    A score is the mean of the probability of the class inside, 1 where the model does not say.
    Specks are dropped, and of more regions than `keep.cap` the smallest ones.  All lie inside the
    image of `width` x `height` pixels, and no line crosses itself.
    """
    pixels = window.pixels(plan)
    least = max(LEAST_PIXELS, LEAST_SHARE * pixels) * window.factor**2
    parts = [
        part
        for kind in present(found)
        if kind not in left_out
        if (part := _regions(found, window, kind, least=least))
    ]
    largest = _largest(parts, floor=keep.floor, cap=keep.cap)
    if largest is None:
        return _predictions([], largest)
    rings = _placed(largest.rings, window, plan, width=width, height=height)
    sizes = np.sqrt(np.abs(np.bincount(largest.owners, weights=rings.signed_areas())))
    tolerances = np.minimum(TOLERANCE * np.sqrt(width * height / pixels), _OF_SIZE * sizes)
    rings = all_simplified(rings, tolerances=tolerances[largest.owners])
    return _predictions(polygons(rings, largest.owners, count=len(largest.scores)), largest)


def _regions(found: ClassMap, window: Window, kind: int, *, least: float) -> _Found | None:
    """The regions of one class that are no specks, without holes that are."""
    mine, margin = found.labels == kind, found.margin(kind)
    away = max(_AWAY * float(np.abs(margin).max()), _NEVER_ZERO)
    margin = np.where(mine, np.maximum(margin, away), np.minimum(margin, -away))
    margin = window.across.cut(window.down.cut(margin).T).T
    down, across = (_reached(margin > 0, axis=axis) for axis in (1, 0))
    rings, owners = region_columns(
        margin[down, across], 0.0, x=window.across.places[across], y=window.down.places[down]
    )
    rings, owners = _without_specks(rings, owners, least=least)
    if not len(owners):
        return None
    areas = np.abs(np.bincount(owners, weights=rings.signed_areas()))
    return _Found(
        rings=rings,
        owners=owners,
        areas=areas,
        scores=_scores(found, window, kind, rings, owners, count=len(areas)),
        kinds=np.full(len(areas), kind, dtype=np.int32),
    )


def _reached(inside: NDArray[np.bool_], *, axis: int) -> slice:
    """The rows (axis 1) or columns (axis 0) with something inside, and one more on each side."""
    there = np.flatnonzero(inside.any(axis=axis))
    if not len(there):
        return slice(0, 2)
    # At least two, also where the only one is the first or the last.
    return slice(max(int(there[0]) - 1, 0), int(there[-1]) + 2)


def _without_specks(
    rings: RingColumns, owners: NDArray[np.intp], *, least: float
) -> tuple[RingColumns, NDArray[np.intp]]:
    """Owners are numbered anew, without gaps."""
    if not len(owners):
        return rings, owners
    areas = np.abs(rings.signed_areas())
    outer = np.diff(owners, prepend=-1) > 0
    kept = (areas >= least) & (areas[outer] >= least)[owners]
    _, numbered = np.unique(owners[kept], return_inverse=True)
    return rings.chosen(np.repeat(kept, rings.sizes)), numbered.astype(np.intp)


def _scores(
    found: ClassMap,
    window: Window,
    kind: int,
    rings: RingColumns,
    owners: NDArray[np.intp],
    *,
    count: int,
) -> NDArray[np.float64]:
    likely = found.probability(kind)
    if likely is None:
        return np.ones(count)
    origin = np.array([window.across.taken.start, window.down.taken.start])
    starts, ends = rings.points - origin, rings.ends() - origin
    return means_inside(likely, starts, ends, owners[rings.owners], count=count)


def _largest(parts: Sequence[_Found], *, floor: float, cap: int) -> _Found | None:
    """All regions that score `floor`, in one; of more than `cap` the largest.  None of none."""
    if not parts:
        return None
    sizes = [len(part.areas) for part in parts]
    firsts = np.cumsum(sizes) - sizes
    areas, scores = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("areas", "scores")
    )
    owners = np.concatenate([part.owners + at for part, at in zip(parts, firsts, strict=True)])
    rings = joined([part.rings for part in parts])
    likely = np.flatnonzero(scores >= floor)
    chosen = np.zeros(len(areas), dtype=np.bool_)
    chosen[likely[np.argsort(-areas[likely], kind="stable")[:cap]]] = True
    if not chosen.any():
        return None
    numbers = np.cumsum(chosen) - 1
    kept = chosen[owners]
    return _Found(
        rings=rings.chosen(np.repeat(kept, rings.sizes)),
        owners=numbers[owners[kept]],
        areas=areas[chosen],
        scores=scores[chosen],
        kinds=np.concatenate([part.kinds for part in parts])[chosen],
    )


def _placed(
    rings: RingColumns, window: Window, plan: Plan, *, width: int, height: int
) -> RingColumns:
    """From pixels of the map to those of the image."""
    on_tensor = rings.points * (plan.width / window.columns, plan.height / window.rows)
    points = to_image(on_tensor, plan, width=width, height=height)
    return RingColumns(points=np.clip(points, 0, (width, height)), sizes=rings.sizes)


def _predictions(
    shapes: Sequence[tuple[Shape, Bounds] | None], found: _Found | None
) -> RawPredictions:
    """By falling score; shapes that are None are too small."""
    ranked = [] if found is None else np.argsort(-found.scores, kind="stable").tolist()
    kept = [(at, shape) for at in ranked if (shape := shapes[at]) is not None]
    places = np.array([at for at, _ in kept], dtype=np.intp)
    boxes = [bounds for _, (_, bounds) in kept]
    return RawPredictions(
        boxes=np.array(boxes, dtype=np.float64).reshape(-1, 4),
        scores=np.clip(found.scores[places], 0, 1) if found else np.empty(0),
        classes=found.kinds[places] if found else np.empty(0, dtype=np.int32),
        outlines=Outlines.of([shape for _, (shape, _) in kept]),
    )
