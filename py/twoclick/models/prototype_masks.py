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
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.bent_lines import Grid, bent
from twoclick.kernels.contours import region_columns
from twoclick.kernels.ring_columns import RingColumns, all_simplified, joined
from twoclick.kernels.spans import span
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

_AWAY = 1e-4
"""Values closer to the level than this part of the largest one are moved away from it: lines that
meet in a point of the grid would touch."""


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
    make, limits = _grid, rows.boxes
    if masks.cut_first:
        on_map = rows.on_tensor.astype(np.float64) * np.tile(_map_share(masks, plan), 2)
        make, limits = _grid_of_pixels, np.tile((0.0, 0.0, width, height), (len(rows.boxes), 1))
    grids = [
        make(masks, coefficients, box)
        for coefficients, box in zip(masks.coefficients, on_map.tolist(), strict=True)
    ]
    kept = np.array([at for at, grid in enumerate(grids) if grid is not None], dtype=np.intp)
    drawn = [grid for grid in grids if grid is not None]
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
    grids: Sequence[Grid],
    limits: NDArray[np.float64],
    origin: NDArray[np.float64],
    scale: NDArray[np.float64],
) -> list[tuple[Shape, Bounds] | None]:
    """The polygons of masks, inside of `limits` (n, 4), in pixels of the image; None where one is
    too small."""
    if not grids:
        return []
    count = len(grids)
    found = [region_columns(grid.values, 0.0, x=grid.x, y=grid.y)[0] for grid in grids]
    owners = np.repeat(np.arange(count), [len(part.sizes) for part in found])
    rings, owners = _large_parts(joined(found), owners, count=count)
    rings = bent(rings, grids, owners)
    around = limits[owners[rings.owners]]
    placed = (rings.points - origin) / scale
    placed = np.minimum(np.maximum(placed, around[:, :2]), around[:, 2:])
    rings = _thinned(RingColumns(points=placed, sizes=rings.sizes), owners, scale, count=count)
    return polygons(rings, owners, count=count)


def _thinned(
    rings: RingColumns, owners: NDArray[np.intp], scale: NDArray[np.float64], *, count: int
) -> RingColumns:
    """Rings in pixels of the image, with as few points as the tolerance of their shape allows."""
    sizes = np.sqrt(np.bincount(owners, weights=np.abs(rings.signed_areas()), minlength=count))
    widest = TOLERANCE / float(np.sqrt(scale.prod()))
    return all_simplified(rings, tolerances=np.minimum(widest, _OF_SIZE * sizes)[owners])


def _large_parts(
    rings: RingColumns, owners: NDArray[np.intp], *, count: int
) -> tuple[RingColumns, NDArray[np.intp]]:
    """Without parts and holes of less than _LEAST_PART; the largest ring of a shape stays."""
    areas = np.abs(rings.signed_areas())
    largest = np.zeros(count)
    np.maximum.at(largest, owners, areas)
    kept = (areas >= _LEAST_PART) | (areas == largest[owners])
    return rings.chosen(np.repeat(kept, rings.sizes)), owners[kept]


def _grid(masks: Masks, coefficients: NDArray[np.floating], box: list[float]) -> Grid | None:
    """The sum for one mask over its box, in pixels of the prototypes; None where it has nothing in
    it."""
    rows, columns = masks.prototypes.shape[1:]
    across, down = span(box[0], box[2], size=columns), span(box[1], box[3], size=rows)
    part = masks.prototypes[:, down.taken, across.taken]
    values = np.einsum("m,mhw->hw", coefficients, part)
    values = across.cut(down.cut(values).T).T
    return _off_zero(Grid(values=values, x=across.places, y=down.places))


def _grid_of_pixels(
    masks: Masks, coefficients: NDArray[np.floating], box: list[float]
) -> Grid | None:
    """The same where the map is cut first: over the pixels that are left, and those around them."""
    rows, columns = masks.prototypes.shape[1:]
    left, top, right, bottom = (math.ceil(side) for side in box)
    across = slice(max(left, 0), min(right, columns))
    down = slice(max(top, 0), min(bottom, rows))
    if across.stop <= across.start or down.stop <= down.start:
        return None
    values = np.einsum("m,mhw->hw", coefficients, masks.prototypes[:, down, across])
    values = np.tanh(values / 2)  # the sigmoid, less a half, doubled: its level is 0
    values, x = _framed(values.T, across, size=columns)
    values, y = _framed(values.T, down, size=rows)
    return _off_zero(Grid(values=values, x=x, y=y))


def _framed(
    values: NDArray[np.floating], taken: slice, *, size: int
) -> tuple[NDArray[np.floating], NDArray[np.float64]]:
    """Values along the first axis with one more at each end, and their places: 0 probability, or at
    the edge of the map the same value once more."""
    places = np.arange(taken.start - 1, taken.stop + 1, dtype=np.float64) + 0.5
    framed = np.full((len(values) + 2, *values.shape[1:]), -1, dtype=values.dtype)
    framed[1:-1] = values
    if taken.start == 0:
        framed[0], places[0] = values[0], 0.0
    if taken.stop == size:
        framed[-1], places[-1] = values[-1], size
    return framed, places


def _off_zero(grid: Grid) -> Grid | None:
    """A grid without values so close to the level that lines would touch; None with none above."""
    values = grid.values
    if values.max() <= 0:
        return None
    sizes = np.abs(values)
    least = _AWAY * sizes.max()
    near = sizes < least
    if near.any():
        values = np.where(near, np.where(values > 0, least, -least), values)
    return grid._replace(values=values)
