"""Masks told as weighted sums of prototypes, to polygons (YOLACT and what came after it).

A model answers with m prototypes, maps of the whole input in a fourth of its size or so, and with m
coefficients for each object.  The mask of an object is where the sum of the prototypes, weighted by
its coefficients and enlarged to the input bilinearly, is above 0, as far as it lies in its box.

Here nothing is enlarged: only the part of the maps around the box is summed, and its outline runs
between the values, which is where the enlarged map would change sides.  The edges of the box are
lines of the grid, so that the mask ends exactly there.

Sources: Bolya et al. 2019, "YOLACT"; Ultralytics 8.4 `utils/ops.py::process_mask`; YOLOv5
`utils/segment/general.py::process_mask`, which enlarges the map after a sigmoid.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import Region, Ring, regions_on_grid
from twoclick.kernels.ring_columns import RingColumns, all_simplified
from twoclick.kernels.spans import span
from twoclick.models.box_rows import KeptRows
from twoclick.models.outlines import BOX, Outlines, Shape
from twoclick.models.plan import Plan
from twoclick.models.predictions import RawPredictions
from twoclick.models.ring_shapes import polygons

TOLERANCE = 0.1
"""Pixels of the prototypes, 0.4 of the input, by which an outline may be off at most where points
are left out; less for small masks, so that it costs none of them more than a few hundredths."""

_OF_SIZE = 0.01
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
    `after_sigmoid`: it is the sigmoid of the sum that is enlarged, and cut at 0.5.
    """

    prototypes: NDArray[np.floating]
    coefficients: NDArray[np.floating]
    after_sigmoid: bool = False


def with_masks(
    rows: KeptRows, masks: Masks, *, plan: Plan, width: int, height: int
) -> RawPredictions:
    """The candidates of an image of `width` x `height` pixels with their masks as polygons.

    Polygons lie inside the boxes of `rows`, hold all parts and holes of the masks, and none of
    their lines crosses itself.  Of an object whose mask has nothing in its box nothing is kept, as
    Ultralytics does it.  One whose mask is too small for a polygon (less than a pixel wide or high,
    or of less area) keeps its box.
    """
    scale = _map_scale(masks, plan, width=width, height=height)
    origin = np.array([plan.placing.left, plan.placing.top]) * _map_share(masks, plan)
    on_map = rows.boxes * np.tile(scale, 2) + np.tile(origin, 2)
    regions = [
        _regions(masks, coefficients, box)
        for coefficients, box in zip(masks.coefficients, on_map.tolist(), strict=True)
    ]
    kept = np.array([place for place, parts in enumerate(regions) if parts], dtype=np.intp)
    owners = [
        owner for owner, place in enumerate(kept) for part in regions[place] for _ in part.rings
    ]
    rings = [ring for place in kept for part in regions[place] for ring in part.rings]
    boxes = rows.boxes[kept]
    shapes, bounds = _shapes(rings, np.array(owners, dtype=np.intp), boxes, origin, scale)
    return RawPredictions(
        boxes=bounds,
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


def _shapes(
    rings: list[Ring],
    owners: NDArray[np.intp],
    boxes: NDArray[np.float64],
    origin: NDArray[np.float64],
    scale: NDArray[np.float64],
) -> tuple[list[Shape], NDArray[np.float64]]:
    """The shapes of `boxes` (n, 4) and their bounds (n, 4), all in pixels of the image, of their
    rings in pixels of the prototypes; `owners`: the shape that each ring is of, in order."""
    count = len(boxes)
    shapes, bounds = [Shape(kind=BOX, rings=())] * count, boxes.copy()
    if not rings:
        return shapes, bounds
    columns, owners = _large_parts(_columns(rings), owners, count=count)
    around = boxes[owners[columns.owners]]
    placed = (columns.points - origin) / scale
    placed = np.minimum(np.maximum(placed, around[:, :2]), around[:, 2:])
    columns = _thinned(RingColumns(points=placed, sizes=columns.sizes), owners, scale, count=count)
    for place, shape in enumerate(polygons(columns, owners, count=count)):
        if shape is not None:
            shapes[place], bounds[place] = shape
    return shapes, bounds


def _thinned(
    rings: RingColumns, owners: NDArray[np.intp], scale: NDArray[np.float64], *, count: int
) -> RingColumns:
    """Rings in pixels of the image, with as few points as the tolerance of their shape allows."""
    sizes = np.sqrt(np.bincount(owners, weights=np.abs(rings.signed_areas()), minlength=count))
    widest = TOLERANCE / float(np.sqrt(scale.prod()))
    return all_simplified(rings, tolerances=np.minimum(widest, _OF_SIZE * sizes)[owners])


def _columns(rings: list[Ring]) -> RingColumns:
    return RingColumns(
        points=np.concatenate(rings), sizes=np.array([len(ring) for ring in rings], dtype=np.intp)
    )


def _large_parts(
    rings: RingColumns, owners: NDArray[np.intp], *, count: int
) -> tuple[RingColumns, NDArray[np.intp]]:
    """Without parts and holes of less than _LEAST_PART; the largest ring of a shape stays."""
    areas = np.abs(rings.signed_areas())
    largest = np.zeros(count)
    np.maximum.at(largest, owners, areas)
    kept = (areas >= _LEAST_PART) | (areas == largest[owners])
    return rings.chosen(np.repeat(kept, rings.sizes)), owners[kept]


def _regions(
    masks: Masks, coefficients: NDArray[np.floating], box: tuple[float, float, float, float]
) -> list[Region]:
    """The regions of one mask inside its box, all in pixels of the prototypes."""
    rows, columns = masks.prototypes.shape[1:]
    across, down = span(box[0], box[2], size=columns), span(box[1], box[3], size=rows)
    part = masks.prototypes[:, down.taken, across.taken]
    values = np.einsum("m,mhw->hw", coefficients, part)
    if masks.after_sigmoid:
        values = np.tanh(values / 2)  # the sigmoid, less a half, doubled: its level is 0
    values = across.cut(down.cut(values).T).T
    if values.max() <= 0:
        return []
    sizes = np.abs(values)
    least = _AWAY * sizes.max()
    near = sizes < least
    if near.any():
        values = np.where(near, np.where(values > 0, least, -least), values)
    return regions_on_grid(values, 0.0, x=across.places, y=down.places)
