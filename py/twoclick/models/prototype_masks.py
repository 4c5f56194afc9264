"""Masks told as weighted sums of prototypes, to polygons (YOLACT and what came after it).

A model answers with m prototypes, maps of the whole input in a fourth of its size or so, and with m
coefficients for each object.  The mask of an object is where the sum of the prototypes, weighted by
its coefficients and enlarged to the input bilinearly, is above 0, as far as it lies in its box.

Here nothing is enlarged: only the part of the maps around the box is summed, and its outline runs
between the values, which is where the enlarged map would change sides.  The edges of the box are
lines of the grid, so that the mask ends exactly there.

Sources: Bolya et al. 2019, "YOLACT"; Ultralytics 8.4 `utils/ops.py::process_mask`; YOLOv5
`utils/segment/general.py::process_mask`, which cuts the map first.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.bent_lines import bent
from twoclick.kernels.grid_sheet import Grid, GridSheet, sheets
from twoclick.kernels.ring_columns import RingColumns, all_simplified, joined
from twoclick.kernels.spans import Span, span
from twoclick.models.box_rows import KeptRows
from twoclick.models.outlines import BOX, Outlines, Shape
from twoclick.models.plan import Plan
from twoclick.models.predictions import RawPredictions
from twoclick.models.ring_shapes import Bounds, polygons

TOLERANCE = 0.1
"""Pixels of the prototypes, 0.4 of the input, by which an outline may be off at most where points
are left out; less for small masks, so that it costs none of them more than a few hundredths."""

_OF_SIZE = 0.005
"""The same as a part of the square root of the area that is enclosed."""

_LEAST_PART = 0.5
"""Square pixels of the prototypes: smaller parts and holes are noise of the sum, and are left out
beside a larger part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """What a model says of the masks of n objects.

    `prototypes` (m, rows, columns) over the whole input tensor; `coefficients` (n, m).
    `cut_first`, as YOLOv5 does: of the sum the sigmoid is taken, made 0 in all pixels of the
    prototypes whose top left corner is not in the box, and only then enlarged, and cut at 0.5; so
    that masks may reach beyond their boxes by half such a pixel.
    """

    prototypes: NDArray[np.floating]
    coefficients: NDArray[np.floating]
    cut_first: bool = False


_Maker: TypeAlias = Callable[[Masks, NDArray[np.floating], list[float]], Grid | None]


def with_masks(
    rows: KeptRows, masks: Masks, *, plan: Plan, width: int, height: int
) -> RawPredictions:
    """The candidates of an image of `width` x `height` pixels with their masks as polygons.

    Polygons lie inside the boxes of `rows` (with `cut_first`: inside the image), hold all parts and
    holes of the masks, and none of their lines crosses itself.  Of an object whose mask has nothing
    in its box nothing is kept, as Ultralytics does it.  One whose mask is too small for a polygon
    (less than a pixel wide or high, or of less area) keeps its box.
    """
    scale = _map_scale(masks, plan, width=width, height=height)
    origin = np.array([plan.placing.left, plan.placing.top]) * _map_share(masks, plan)
    on_map = rows.boxes * np.tile(scale, 2) + np.tile(origin, 2)
    make: _Maker = _grid
    limits = rows.boxes
    if masks.cut_first:
        on_map = rows.on_tensor.astype(np.float64) * np.tile(_map_share(masks, plan), 2)
        make, limits = _grid_of_pixels, np.tile((0.0, 0.0, width, height), (len(rows.boxes), 1))
    grids = [
        make(masks, coefficients, box)
        for coefficients, box in zip(masks.coefficients, on_map.tolist(), strict=True)
    ]
    drawn = [*sheets([grid for grid in grids if grid is not None])]
    kept = np.array([at for at, grid in enumerate(grids) if grid is not None], dtype=np.intp)
    if drawn:
        kept = kept[np.concatenate([sheet.above() for sheet in drawn])]
    outlined = _polygons(drawn, limits[kept], origin, scale)
    shapes = [Shape(kind=BOX, rings=()) if one is None else one[0] for one in outlined]
    bounds = [
        box if one is None else one[1]
        for box, one in zip(rows.boxes[kept].tolist(), outlined, strict=True)
    ]
    return RawPredictions(
        boxes=np.array(bounds, dtype=np.float64).reshape(-1, 4),
        scores=rows.scores[kept],
        classes=rows.classes[kept],
        outlines=Outlines.of(shapes),
    )


def _map_share(masks: Masks, plan: Plan) -> NDArray[np.float64]:
    """Pixels of the prototypes for one of the tensor, along x and y."""
    rows, columns = masks.prototypes.shape[1:]
    return np.array([columns / plan.width, rows / plan.height])


def _map_scale(masks: Masks, plan: Plan, *, width: int, height: int) -> NDArray[np.float64]:
    """Pixels of the prototypes for one of the image, along x and y."""
    place = plan.placing
    scale: NDArray[np.float64] = np.array([place.width / width, place.height / height])
    return scale * _map_share(masks, plan)


def _polygons(
    drawn: Sequence[GridSheet],
    limits: NDArray[np.float64],
    origin: NDArray[np.float64],
    scale: NDArray[np.float64],
) -> list[tuple[Shape, Bounds] | None]:
    """The polygons of the n masks that have something on their grids, inside of `limits` (n, 4), in
    pixels of the image; None where one is too small."""
    if not len(limits):
        return []
    parts, numbers, before = [], [], 0
    for sheet in drawn:
        rings, of = _lines(sheet)
        parts.append(rings)
        numbers.append(of + before)
        before += len(sheet.opens)
    rings = joined(parts)
    # Numbered anew: grids with nothing above 0 have no lines.
    _, owners = np.unique(np.concatenate(numbers), return_inverse=True)
    around = limits[owners[rings.owners]]
    placed = (rings.points - origin) / scale
    placed = np.minimum(np.maximum(placed, around[:, :2]), around[:, 2:])
    rings = _thinned(
        RingColumns(points=placed, sizes=rings.sizes), owners, scale, count=len(limits)
    )
    return polygons(rings, owners, count=len(limits))


def _lines(sheet: GridSheet) -> tuple[RingColumns, NDArray[np.intp]]:
    """The lines around what is above 0, in pixels of the prototypes, and the grid of each (k,);
    without parts and holes of less than _LEAST_PART, unless all of a mask is less."""
    rings, of = sheet.outlines()
    placed = sheet.placed(rings.points, of[rings.owners])
    areas = np.abs(RingColumns(points=placed, sizes=rings.sizes).signed_areas())
    largest = np.zeros(len(sheet.opens))
    np.maximum.at(largest, of, areas)
    kept = (areas >= _LEAST_PART) | (areas == largest[of])
    rings, of = bent(rings.chosen(np.repeat(kept, rings.sizes)), sheet, of[kept]), of[kept]
    points = sheet.placed(rings.points, of[rings.owners])
    return RingColumns(points=points, sizes=rings.sizes), of


def _thinned(
    rings: RingColumns, owners: NDArray[np.intp], scale: NDArray[np.float64], *, count: int
) -> RingColumns:
    """Rings in pixels of the image, with as few points as the tolerance of their shape allows."""
    sizes = np.sqrt(np.bincount(owners, weights=np.abs(rings.signed_areas()), minlength=count))
    widest = TOLERANCE / float(np.sqrt(scale.prod()))
    return all_simplified(rings, tolerances=np.minimum(widest, _OF_SIZE * sizes)[owners])


def _grid(masks: Masks, coefficients: NDArray[np.floating], box: list[float]) -> Grid:
    """The sum for one mask over its box, in pixels of the prototypes."""
    rows, columns = masks.prototypes.shape[1:]
    across, down = span(box[0], box[2], size=columns), span(box[1], box[3], size=rows)
    values = np.einsum("m,mhw->hw", coefficients, masks.prototypes[:, down.taken, across.taken])
    return Grid(values=across.repeated(down.repeated(values).T).T, across=across, down=down)


def _grid_of_pixels(
    masks: Masks, coefficients: NDArray[np.floating], box: list[float]
) -> Grid | None:
    """The same where the map is cut first: over the pixels that are left, and those around them;
    None where none are left."""
    rows, columns = masks.prototypes.shape[1:]
    left, top, right, bottom = (math.ceil(side) for side in box)
    across = slice(max(left, 0), min(right, columns))
    down = slice(max(top, 0), min(bottom, rows))
    if across.stop <= across.start or down.stop <= down.start:
        return None
    values = np.einsum("m,mhw->hw", coefficients, masks.prototypes[:, down, across])
    # The sigmoid, less a half, doubled: its level is 0, and 0 probability is -1.
    framed = np.full((values.shape[0] + 2, values.shape[1] + 2), -1.0)
    framed[1:-1, 1:-1] = np.tanh(values / 2)
    return Grid(
        values=framed,
        across=_framed(framed.T, across, size=columns),
        down=_framed(framed, down, size=rows),
    )


def _framed(values: NDArray[np.floating], taken: slice, *, size: int) -> Span:
    """Along the first axis of `values`, which has one more at each end of what is `taken`; writes
    the values at the edge of the map once more there."""
    low, high = taken.start - 0.5, taken.stop + 0.5
    if taken.start == 0:
        values[0], low = values[1], 0.0
    if taken.stop == size:
        values[-1], high = values[-2], float(size)
    return Span(
        taken=taken,
        before=1,
        after=1,
        first=taken.start - 0.5,
        ends=(low, high),
        shares=(0.0, 0.0),
    )
