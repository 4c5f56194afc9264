"""From what a deployment found on a picture to raw predictions of the image."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.answer import Answer, Found
from twoclick.deployments.deployment import Picture
from twoclick.deployments.reading import misread
from twoclick.domain.geometry import NOT_THERE, VISIBLE, Polygon, RotatedBox, region_of
from twoclick.domain.rings import pack_ring
from twoclick.domain.shape_problems import LEAST_AREA, LEAST_SIDE, problem_of
from twoclick.kernels.boxes import clip
from twoclick.kernels.contours import Ring
from twoclick.kernels.mask_outlines import mask_outlines
from twoclick.kernels.min_area_rectangle import Rectangles
from twoclick.kernels.nms import class_wise_nms
from twoclick.kernels.raster import TooLargeError, filled
from twoclick.kernels.rectangle_cut import cut_inside
from twoclick.kernels.ring_columns import RingColumns, are_spoilt
from twoclick.kernels.ring_cut import cut_ring
from twoclick.kernels.simplify import thinned
from twoclick.models.keypoint_rows import LEAST_CERTAINTY
from twoclick.models.outlines import (
    BOX,
    KEYPOINTS,
    POLYGON,
    ROTATED_BOX,
    WHOLE_IMAGE,
    Outlines,
)
from twoclick.models.predictions import Keep, RawPredictions

_FAR = 1.0
"""How far beyond the picture, in its own sizes, a place may lie before it cannot be meant so."""

_MOST_CHECKED = 2000
"""Points of a ring that are looked at for crossings, which takes long; one with more is drawn anew.
"""

_MANY = 100
"""Points that a ring may have before some are left out."""

_UNSEEN = 0.3
"""Pixels by which an outline may be off then; see `kernels.mask_outlines`."""

_DECIMALS = 6

_SQUARE = 0.02
"""How far a rotated box may be from square corners, as a part of its diagonal, rounding included.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A shape inside the image, in its pixels."""

    kind: int
    box: tuple[float, float, float, float]
    rings: tuple[Ring, ...] = ()
    certainties: NDArray[np.float64] | None = None


def predictions_of(
    answer: Answer, picture: Picture, *, width: int, height: int, keep: Keep
) -> tuple[RawPredictions, tuple[str, ...]]:
    """The raw predictions of an oriented image of `width` x `height`, and the names of their
    classes, by their ids: those that the server told first, the others as they come.

    Shapes are moved from pixels of the picture to those of the image, cut off at its edges, and
    dropped where they are thinner than a person could draw; the rest is as `models.predictions`
    keeps it.  Raises DeploymentError for coordinates so far outside the picture that they cannot be
    meant in its pixels.
    """
    labels = dict.fromkeys((*answer.labels, *(one.label for one in answer.found)))
    ids = {label: place for place, label in enumerate(labels)}
    scale = np.array((width / picture.width, height / picture.height))
    kept: list[tuple[_Kept, Found]] = []
    for place, found in enumerate(answer.found):
        _check_place(found, picture, place)
        if found.score < keep.floor:
            continue
        shape = _on_image(found, scale, width=width, height=height)
        if shape is not None:
            kept.append((shape, found))
    ranked = _ranked(kept, ids, keep=keep)
    raw = RawPredictions(
        boxes=np.array([shape.box for shape, _ in ranked], dtype=np.float64).reshape(-1, 4),
        scores=np.array([found.score for _, found in ranked], dtype=np.float64),
        classes=np.array([ids[found.label] for _, found in ranked], dtype=np.int32),
        outlines=_columns([shape for shape, _ in ranked]),
    )
    return raw, tuple(labels)


def _check_place(found: Found, picture: Picture, place: int) -> None:
    size = np.array((picture.width, picture.height), dtype=np.float64)
    for ring in found.rings:
        within = (ring >= -_FAR * size) & (ring <= (1 + _FAR) * size)
        if not within.all():
            x, y = ring[~within.all(axis=1)][0].tolist()
            misread(
                f"shape {place + 1} (“{found.label}”) lies at x {x:.6g}, y {y:.6g}, far outside "
                f"the picture of {picture.width} x {picture.height} pixels that was sent"
            )


def _on_image(found: Found, scale: NDArray[np.float64], *, width: int, height: int) -> _Kept | None:
    """The shape in pixels of the image, inside it; None where nothing is left of it."""
    if found.kind == WHOLE_IMAGE:
        return _Kept(kind=WHOLE_IMAGE, box=(0.0, 0.0, float(width), float(height)))
    rings = tuple(ring * scale for ring in found.rings)
    if found.kind == ROTATED_BOX and _is_rectangle(corners := _clockwise(rings[0])):
        return _rotated_box(corners, width=width, height=height)
    if found.kind in (ROTATED_BOX, POLYGON):
        return _polygon(rings, width=width, height=height)
    around = np.concatenate((rings[0].min(axis=0), rings[0].max(axis=0)))
    box = clip(around[None], width=width, height=height)[0]
    if (box[2:] - box[:2] < LEAST_SIDE).any():
        return None
    x0, y0, x1, y1 = box.tolist()
    if found.kind == BOX:
        return _Kept(kind=BOX, box=(x0, y0, x1, y1))
    points = np.clip(rings[1], 0, (width, height))
    return _Kept(
        kind=KEYPOINTS, box=(x0, y0, x1, y1), rings=(points,), certainties=found.certainties
    )


def _rotated_box(corners: Ring, *, width: int, height: int) -> _Kept | None:
    """The rectangle of four corners, cut at the edges of the image so that a rectangle stays."""
    whole = _squared(corners)
    if whole.sides.min() < LEAST_SIDE:
        return None
    inside = cut_inside(whole, width=width, height=height)
    ring = np.clip(inside.corners()[0], 0, (width, height))
    drawn = RotatedBox(ring=pack_ring(ring.ravel()))
    problem = problem_of(drawn, width=width, height=height)
    return _kept(ROTATED_BOX, (ring,)) if problem is None else None


def _polygon(rings: Sequence[Ring], *, width: int, height: int) -> _Kept | None:
    """The rings as far as they are on the image; those of the pixels that they enclose by the
    even-odd rule where one crosses itself, or has more points than can be looked at."""
    inside = [_on_grid(cut_ring(ring, width=width, height=height)) for ring in rings]
    inside = [ring for ring in inside if len(ring) >= 3]
    if not inside or not _encloses(inside):
        return None
    if _are_sound(thin := [_fewer_points(ring) for ring in inside]):
        return _kept(POLYGON, tuple(thin)) if _is_large(thin) else None
    try:
        drawn = mask_outlines(filled(inside, width=width, height=height))
    except TooLargeError as error:
        misread(f"a polygon crosses itself, and {error}")
    return _kept(POLYGON, tuple(drawn)) if drawn and _is_large(drawn) else None


def _on_grid(ring: Ring) -> Ring:
    """The ring with its points at whole millionths of a pixel, without repeats: points that are
    nearer to each other than that cannot be told apart by what looks for crossings."""
    placed = ring.round(_DECIMALS)
    kept: Ring = placed[(placed != np.roll(placed, 1, axis=0)).any(axis=1)]
    return kept


def _fewer_points(ring: Ring) -> Ring:
    """The ring without points that nobody sees: outlines that follow pixels have very many."""
    return ring if len(ring) <= _MANY else thinned(ring, tolerance=_UNSEEN)


def _are_sound(rings: Sequence[Ring]) -> bool:
    if any(len(ring) > _MOST_CHECKED for ring in rings):
        return False
    sizes = np.array([len(ring) for ring in rings], dtype=np.intp)
    return not are_spoilt(RingColumns(points=np.concatenate(rings), sizes=sizes)).any()


def _encloses(rings: Sequence[Ring]) -> bool:
    """Whether rings, which may cross themselves, have an area at all."""
    if sum(abs(_area(ring)) for ring in rings) >= LEAST_AREA:
        return True
    # Loops that run against each other cancel out; a line that goes to and fro has none.
    return any(len(ring) > 3 for ring in rings) and region_of(_packed(rings)).area >= LEAST_AREA


def _is_large(rings: Sequence[Ring]) -> bool:
    """Whether rings that do not cross themselves are as large as a person could draw them."""
    sides = np.ptp(np.concatenate(rings), axis=0)
    if sides.min() < LEAST_SIDE or sum(abs(_area(ring)) for ring in rings) < LEAST_AREA:
        return False
    # A hole may leave next to nothing of what it is cut from.
    return len(rings) == 1 or region_of(_packed(rings)).area >= LEAST_AREA


def _packed(rings: Sequence[Ring]) -> Polygon:
    return Polygon(rings=tuple(pack_ring(ring.ravel()) for ring in rings))


def _kept(kind: int, rings: tuple[Ring, ...]) -> _Kept:
    points = np.concatenate(rings)
    (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return _Kept(kind=kind, box=(x0, y0, x1, y1), rings=rings)


def _area(ring: Ring) -> float:
    """Positive where the ring runs clockwise on the screen."""
    following = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * following[:, 1] - following[:, 0] * ring[:, 1]).sum() / 2)


def _clockwise(corners: Ring) -> Ring:
    return corners if _area(corners) > 0 else corners[::-1]


def _is_rectangle(corners: Ring) -> bool:
    """Whether the diagonals cut each other in half and are equally long, but for rounding."""
    first, second = corners[2] - corners[0], corners[3] - corners[1]
    lengths = float(np.hypot(*first)), float(np.hypot(*second))
    apart = np.hypot(*(corners[0] + corners[2] - corners[1] - corners[3])) / 2
    slack = _SQUARE * max(*lengths, 1.0)
    return bool(apart <= slack and abs(lengths[0] - lengths[1]) <= slack)


def _squared(corners: Ring) -> Rectangles:
    """The rectangle of such corners: the same centre, sides along their mean directions."""
    along = (corners[1] - corners[0] + corners[2] - corners[3]) / 2
    across = (corners[3] - corners[0] + corners[2] - corners[1]) / 2
    length = float(np.hypot(*along))
    return Rectangles(
        centres=corners.mean(axis=0)[None],
        sides=np.array([(length, np.hypot(*across))]),
        along=(along / max(length, 1e-12))[None],
    )


def _ranked(
    kept: list[tuple[_Kept, Found]], ids: dict[str, int], *, keep: Keep
) -> list[tuple[_Kept, Found]]:
    """By falling score.  Boxes that overlap a better one of their class are left out; of other
    shapes the boxes around them say too little for that."""
    kept = sorted(kept, key=lambda pair: -pair[1].score)
    if keep.overlap >= 1 or any(shape.kind not in (BOX, KEYPOINTS) for shape, _ in kept):
        return kept[: keep.cap]
    survivors = class_wise_nms(
        np.array([shape.box for shape, _ in kept], dtype=np.float64),
        np.array([found.score for _, found in kept], dtype=np.float64),
        np.array([ids[found.label] for _, found in kept], dtype=np.int32),
        iou=keep.overlap,
        limit=keep.cap,
    )
    return [kept[place] for place in survivors.tolist()]


def _columns(shapes: Sequence[_Kept]) -> Outlines:
    if all(shape.kind == BOX for shape in shapes):
        return Outlines.none()
    rings = [(place, ring) for place, shape in enumerate(shapes) for ring in shape.rings]
    certain = [shape.certainties for shape in shapes if shape.certainties is not None]
    certainties = np.concatenate(certain) if certain else np.empty(0)
    visibility = np.where(certainties >= LEAST_CERTAINTY, VISIBLE, NOT_THERE)
    return Outlines(
        kinds=np.array([shape.kind for shape in shapes], dtype=np.uint8),
        rings=np.array([(place, len(ring)) for place, ring in rings], dtype=np.int32).reshape(
            -1, 2
        ),
        points=np.concatenate([ring for _, ring in rings] or [np.empty((0, 2))]),
        visibility=visibility.astype(np.uint8),
        certainties=certainties,
    )
