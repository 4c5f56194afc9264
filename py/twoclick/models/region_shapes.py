"""Regions of a probability map to shapes: rotated boxes, and polygons where a box would lie.

For maps like those of DB (Liao et al. 2020, "Real-time Scene Text Detection with Differentiable
Binarization"), whose regions are the wanted ones shrunk by a known rule, and are grown back here.

Sources: PaddleOCR `ppocr/postprocess/db_postprocess.py` (Apache-2.0); RapidOCR 1.4.4 (Apache-2.0)
`ch_ppocr_det/utils.py`: level, growth, least sizes, the score as the mean inside the box.  Where
they follow pixels, the outlines here run between them; where RapidOCR widens the map by a pixel to
join what a gap of one pixel parts, such gaps alone are filled here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.closing import closed
from twoclick.kernels.contours import Region, Ring, regions_above
from twoclick.kernels.means_inside import means_inside
from twoclick.kernels.min_area_rectangle import Rectangles, min_area_rectangles
from twoclick.kernels.offset import grown
from twoclick.kernels.rectangle_cut import cut_inside
from twoclick.kernels.simplify import simplified
from twoclick.models.outlines import POLYGON, ROTATED_BOX, Outlines, Shape
from twoclick.models.predictions import CAP, Keep, RawPredictions

LEVEL = 0.3
"""Probability from which a pixel of the map belongs to a region."""

STRAIGHT = 0.8
"""Share of its least rectangle that a shape fills at least to be told as a rotated box.

A band that is bent by a part s of its thickness fills about 1 / (1 + s): 0.8 is a bend of a quarter
of the height of a line of text, where a box begins to hold more of what is around the line than a
person would draw.  Straight lines fill 0.85 and more, single round letters pi / 4 = 0.785."""

_UNCLIP = 1.6
_TRIED = 2 * CAP
"""The largest regions that are looked at: bounds the time that a broken model can take."""
_LEAST_REGION, _LEAST_SHAPE = 3.0, 5.0
_SQUARE = 1.25
_FINE, _COARSE = 0.5, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """The edges of all rings of all regions, in pixels of the map: `starts` and `ends` (n, 2), the
    region that each is of, `owners` (n,), and whether its ring is an outer one."""

    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    owners: NDArray[np.intp]
    outer: NDArray[np.bool_]


def shapes_of_map(
    values: NDArray[np.floating], *, width: int, height: int, keep: Keep
) -> RawPredictions:
    """The shapes of a map (rows, columns) of 0..1 over an oriented image of `width` x `height`.

    By falling score, of one class; regions do not overlap, so that there are no duplicates.  A
    score is the mean of the map inside the shape before it is grown.  A region is a rotated box if
    it fills STRAIGHT of its least rectangle, as it is or grown; else a polygon.  All lie inside the
    image.
    """
    rows, columns = values.shape
    scale = np.array([width / columns, height / rows])
    pixel = float(np.sqrt(scale.prod()))
    regions = _largest(regions_above(closed(values), LEVEL), least=_LEAST_REGION)
    if not regions:
        return _predictions([], [])
    lines = _lines(regions)
    rectangles = min_area_rectangles(
        lines.starts[lines.outer] * scale, lines.owners[lines.outer], count=len(regions)
    )
    large = rectangles.sides.min(axis=1) >= _LEAST_REGION * pixel
    filled = _areas(lines, count=len(regions)) * scale.prod() / rectangles.sides.prod(axis=1)
    polygons = {
        place: polygon
        for place in np.flatnonzero(large & (filled < STRAIGHT)).tolist()
        if (polygon := _polygon(regions[place], scale=scale, width=width, height=height))
    }
    straight = np.ones(len(regions), dtype=np.bool_)
    straight[list(polygons)] = False
    scores = _scores(values, lines, rectangles, straight, scale=scale)
    boxes = _grown_boxes(rectangles, width=width, height=height)
    ranked = np.argsort(-scores, kind="stable")
    ranked = ranked[(large & (scores >= keep.floor))[ranked]]
    shapes = [(place, polygons.get(place, boxes[place])) for place in ranked.tolist()]
    kept = [pair for pair in shapes if _least_side(pair[1]) >= _LEAST_SHAPE * pixel][: keep.cap]
    return _predictions([shape for _, shape in kept], [scores[place] for place, _ in kept])


def _largest(regions: list[Region], *, least: float) -> list[Region]:
    """At most _TRIED regions, those with the largest bounds; none thinner than `least`."""
    spans = [np.ptp(region.rings[0], axis=0) for region in regions]
    sizes = np.array([float(span.prod()) if span.min() >= least else 0.0 for span in spans])
    ranked = np.argsort(-sizes, kind="stable")[:_TRIED]
    return [regions[place] for place in ranked[sizes[ranked] > 0]]


def _predictions(shapes: list[Shape], scores: list[float]) -> RawPredictions:
    return RawPredictions(
        boxes=np.array([shape.bounds() for shape in shapes], dtype=np.float64).reshape(-1, 4),
        scores=np.clip(np.array(scores, dtype=np.float64), 0, 1),
        classes=np.zeros(len(shapes), dtype=np.int32),
        outlines=Outlines.of(shapes),
    )


def _lines(regions: list[Region]) -> _Lines:
    rings = [
        (owner, place == 0, ring)
        for owner, region in enumerate(regions)
        for place, ring in enumerate(region.rings)
    ]
    lengths = np.array([len(ring) for _, _, ring in rings])
    starts = np.concatenate([ring for _, _, ring in rings])
    following = np.arange(1, len(starts) + 1)
    last = np.cumsum(lengths) - 1
    following[last] = last - lengths + 1
    return _Lines(
        starts=starts,
        ends=starts[following],
        owners=np.repeat(np.array([owner for owner, _, _ in rings]), lengths),
        outer=np.repeat(np.array([outer for _, outer, _ in rings]), lengths),
    )


def _areas(lines: _Lines, *, count: int) -> NDArray[np.float64]:
    (x0, y0), (x1, y1) = lines.starts.T, lines.ends.T
    turns = np.bincount(lines.owners, weights=x0 * y1 - x1 * y0, minlength=count)
    areas: NDArray[np.float64] = np.abs(turns) / 2
    return areas


def _scores(
    values: NDArray[np.floating],
    lines: _Lines,
    rectangles: Rectangles,
    straight: NDArray[np.bool_],
    *,
    scale: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The mean of the map in each least rectangle, or in the region itself where that is bent."""
    corners = rectangles.corners()[straight] / scale
    bent = ~straight[lines.owners]
    return means_inside(
        values,
        np.concatenate((corners.reshape(-1, 2), lines.starts[bent])),
        np.concatenate((np.roll(corners, -1, axis=1).reshape(-1, 2), lines.ends[bent])),
        np.concatenate((np.repeat(np.flatnonzero(straight), 4), lines.owners[bent])),
        count=len(straight),
    )


def _grown_boxes(rectangles: Rectangles, *, width: int, height: int) -> list[Shape]:
    """Every rectangle grown back, inside the image, its first edge along the text."""
    sides = rectangles.sides + _growth(rectangles.sides.prod(axis=1), rectangles.sides.sum(axis=1))
    text = _along_text(rectangles._replace(sides=sides))
    corners = cut_inside(text, width=width, height=height).corners()
    # What is left of rounding.
    corners = np.clip(corners, 0, (width, height))
    return [Shape(kind=ROTATED_BOX, rings=(ring,)) for ring in corners]


def _growth(
    areas: NDArray[np.float64], half_perimeters: NDArray[np.float64]
) -> NDArray[np.float64]:
    """By how much both sides of rectangles grow: twice the distance that _UNCLIP asks for."""
    return (areas * _UNCLIP / np.maximum(half_perimeters, 1e-9))[:, None]


def _along_text(rectangles: Rectangles) -> Rectangles:
    """The same rectangles, `along` their longer side, or the flatter one where they are nearly
    square, and to the right."""
    sides, along = rectangles.sides, rectangles.along
    across = np.stack((-along[:, 1], along[:, 0]), axis=1)
    nearly_square = sides.max(axis=1) < _SQUARE * sides.min(axis=1)
    steep = np.abs(along[:, 0]) < np.abs(across[:, 0])
    swap = np.where(nearly_square, steep, sides[:, 1] > sides[:, 0])
    along = np.where(swap[:, None], across, along)
    sides = np.where(swap[:, None], sides[:, ::-1], sides)
    backwards = (along[:, 0] < -1e-9) | ((np.abs(along[:, 0]) <= 1e-9) & (along[:, 1] < 0))
    along = np.where(backwards[:, None], -along, along)
    return rectangles._replace(sides=sides, along=along)


def _polygon(
    region: Region, *, scale: NDArray[np.float64], width: int, height: int
) -> Shape | None:
    """A region grown back with round joins; None where a rotated box says as much."""
    fine = _FINE * float(np.sqrt(scale.prod()))
    rings = tuple(simplified(ring * scale, tolerance=fine) for ring in region.rings)
    ways = [np.roll(ring, -1, axis=0) - ring for ring in rings]
    perimeter = sum(float(np.hypot(way[:, 0], way[:, 1]).sum()) for way in ways)
    area = abs(sum(_signed_area(ring) for ring in rings))
    distance = area * _UNCLIP / perimeter
    if distance < fine:
        return None
    whole = grown(rings, distance=distance, width=width, height=height)
    if not whole:
        return None
    largest = max(whole, key=lambda part: abs(_signed_area(part.rings[0])))
    tolerance = max(fine, _COARSE * distance)
    rings = tuple(simplified(ring, tolerance=tolerance) for ring in largest.rings)
    outer = rings[0]
    least = min_area_rectangles(outer, np.zeros(len(outer), dtype=np.intp), count=1)
    if abs(sum(_signed_area(ring) for ring in rings)) >= STRAIGHT * least.sides.prod():
        return None
    return Shape(kind=POLYGON, rings=rings)


def _signed_area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)


def _least_side(shape: Shape) -> float:
    ring = shape.rings[0]
    if shape.kind == ROTATED_BOX:
        return float(np.hypot(*(ring[1:3] - ring[:2]).T).min())
    x0, y0, x1, y1 = shape.bounds()
    return min(x1 - x0, y1 - y0)
