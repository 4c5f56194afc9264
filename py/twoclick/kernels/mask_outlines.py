"""The outlines of masks, with few points."""

import numpy as np

from twoclick.kernels.contours import Ring, regions_above
from twoclick.kernels.raster import Patch, TooLargeError
from twoclick.kernels.simplify import thinned

_TOLERANCE = 0.3
"""Pixels.  Marching squares keep 0.35 pixels away from every pixel's centre: with less than that,
no centre changes sides, and no two lines meet."""

MOST_RINGS = 1000
"""Parts and holes of one mask: what has more is noise, and no shape that anybody could mend."""


def mask_outlines(patch: Patch) -> list[Ring]:
    """Rings around a mask, holes included: drawn again (`raster.filled`) they give its pixels.

    Raises TooLargeError.
    """
    rings = [ring for region in regions_above(patch.pixels, 0.5) for ring in region.rings]
    if len(rings) > MOST_RINGS:
        raise TooLargeError(f"{len(rings):,} parts and holes are too many")
    offset = np.array((patch.x, patch.y), dtype=np.float64)
    return [thinned(ring, tolerance=_TOLERANCE) + offset for ring in rings]
