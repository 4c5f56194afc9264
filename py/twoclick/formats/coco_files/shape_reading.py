"""The shape of one annotation or result of a COCO file, however it is said."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from twoclick.domain.geometry import Box, Keypoints, Polygon, Shape, bounds, labelled_points
from twoclick.domain.rings import pack_ring, ring_numbers
from twoclick.formats.arriving import Fitted, fitted
from twoclick.formats.coco_files.keypoints import Points, read_points
from twoclick.formats.coco_files.shapes import WrittenShape, apart, ring_arrays
from twoclick.formats.coco_files.values import BadShapeError, numbers_value
from twoclick.kernels.mask_outlines import MOST_RINGS, mask_outlines
from twoclick.kernels.raster import Patch, TooLargeError, joined
from twoclick.kernels.rle import (
    Counts,
    InvalidRunsError,
    counts_of_numbers,
    counts_of_text,
    patch_of,
)

_JOINED = "Parts of the polygon overlap: joined, in whole pixels"


def read_shape(
    annotation: Mapping[str, Any],
    *,
    width: int | None,
    height: int | None,
    certainties: bool = False,
) -> Fitted:
    """The shape of an annotation, or of a result (its keypoints have `certainties`), on an image of
    that size, where it is known.

    Keypoints, where one is there, count before the outline, and an outline before the box; the box
    stands in for an outline that encloses nothing.  Raises BadShapeError.
    """
    outline = annotation.get("segmentation")
    box = annotation.get("bbox")
    points = read_points(annotation.get("keypoints"), certainties=certainties)
    if points is not None:
        return _fitted(_with_points(points, box), width=width, height=height)
    if not outline:
        if not box:
            raise BadShapeError("It has neither a bbox nor a segmentation")
        return _fitted(read_box(box), width=width, height=height)
    try:
        return _read_outline(outline, width=width, height=height)
    except BadShapeError as error:
        if not box:
            raise
        try:
            found = _fitted(read_box(box), width=width, height=height)
        except BadShapeError:
            raise error from None
        return Fitted(shape=found.shape, text=f"{error}: its bbox is taken")


def _with_points(points: Points, box: object) -> Keypoints:
    shape = Keypoints(
        box=Box(0.0, 0.0, 0.0, 0.0), points=points.points, visibility=points.visibility
    )
    if box:
        return replace(shape, box=read_box(box))
    xs, ys = zip(*labelled_points(shape), strict=True)
    around = Box(min(xs), min(ys), max(xs), max(ys))
    if around.x0 == around.x1 or around.y0 == around.y1:
        raise BadShapeError("It has keypoints and no bbox around them")
    return replace(shape, box=around)


def _fitted(shape: Shape, *, width: int | None, height: int | None) -> Fitted:
    found = fitted(shape, width=width, height=height)
    if found.shape is None:
        raise BadShapeError(found.text)
    return found


def read_box(value: object) -> Box:
    """The box of x, y, width, height.  Raises BadShapeError."""
    numbers = numbers_value(value, "Its bbox")
    if len(numbers) != 4:
        raise BadShapeError(f"Its bbox has {len(numbers)} numbers, not 4")
    x, y, width, height = numbers
    return Box(x, y, x + width, y + height)


def _read_outline(outline: object, *, width: int | None, height: int | None) -> Fitted:
    if isinstance(outline, Mapping):
        return _read_mask(outline, width=width, height=height)
    if not isinstance(outline, list):
        raise BadShapeError("Its segmentation is neither polygons nor run lengths")
    parts = outline if isinstance(outline[0], list) else [outline]
    if len(parts) > MOST_RINGS:
        raise BadShapeError(f"Its segmentation has {len(parts):,} polygons, which are too many")
    rings = [numbers_value(part, "A polygon of its segmentation") for part in parts]
    if any(len(ring) % 2 for ring in rings):
        raise BadShapeError("A polygon of its segmentation has an x without a y")
    found = _fitted(
        Polygon(rings=tuple(ring.tobytes() for ring in rings)), width=width, height=height
    )
    if len(rings) == 1 or not isinstance(found.shape, Polygon):
        return found
    return _joined(found, found.shape, width=width, height=height)


def _joined(found: Fitted, polygon: Polygon, *, width: int | None, height: int | None) -> Fitted:
    """Parts that overlap, as one: here, what two of them enclose would be outside."""
    rings = [ring_numbers(ring).tolist() for ring in polygon.rings]
    if len(rings) == 1 or apart(rings):
        return found
    around = bounds(polygon)
    width = math.ceil(around.x1) if width is None else width
    height = math.ceil(around.y1) if height is None else height
    try:
        patch, overlap = joined(ring_arrays(rings), width=width, height=height)
        if not overlap:
            return found
        outline = _outlined(patch)
    except TooLargeError as error:
        raise BadShapeError(f"The polygons of its segmentation overlap, and {error}") from error
    return Fitted(shape=outline, text=f"{found.text}. {_JOINED}" if found.text else _JOINED)


def _read_mask(mask: Mapping[str, Any], *, width: int | None, height: int | None) -> Fitted:
    sides = numbers_value(mask.get("size"), "The size of its mask")
    if len(sides) != 2 or not all(side.is_integer() for side in sides):
        raise BadShapeError("The size of its mask is not [height, width]")
    rows, columns = (int(side) for side in sides)
    if (columns, rows) != (columns if width is None else width, rows if height is None else height):
        raise BadShapeError(
            f"Its mask is of {columns:,} x {rows:,} pixels, and the image of {width:,} x {height:,}"
        )
    try:
        patch = patch_of(_counts(mask.get("counts")), width=columns, height=rows)
        if patch.pixels.any():
            return Fitted(shape=_outlined(patch))
    except InvalidRunsError as error:
        raise BadShapeError(f"Its mask cannot be read: {error}") from error
    except TooLargeError as error:
        raise BadShapeError(f"Its mask is too large: {error}") from error
    raise BadShapeError("Its mask has no pixel")


def _counts(value: object) -> Counts:
    if isinstance(value, str):
        return counts_of_text(value)
    if isinstance(value, list):
        return counts_of_numbers(value)
    raise BadShapeError("The counts of its mask are neither text nor numbers")


def _outlined(patch: Patch) -> Polygon:
    rings = mask_outlines(patch)
    return Polygon(rings=tuple(pack_ring(ring.ravel().tolist()) for ring in rings))


def shape_of_written(written: WrittenShape, *, width: int, height: int) -> Shape | None:
    """The shape that reading finds in what was written; None where it finds none."""
    data: dict[str, Any] = {
        "bbox": list(written.box),
        "segmentation": list(written.rings),
        "keypoints": list(written.keypoints),
    }
    if written.runs is not None:
        data["segmentation"] = {"size": [height, width], "counts": written.runs}
    try:
        return read_shape(data, width=width, height=height).shape
    except BadShapeError:
        return None
