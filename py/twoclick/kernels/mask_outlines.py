"""The outlines of masks, with few points."""

import numpy as np

from twoclick.kernels.contours import Ring, regions_above
from twoclick.kernels.raster import Patch
from twoclick.kernels.simplify import thinned

_TOLERANCE = 0.3
"""Pixels.  Marching squares keep 0.35 pixels away from every pixel's centre: with less than that,
no centre changes sides, and no two lines meet."""


def mask_outlines(patch: Patch) -> list[Ring]:
    """Rings around a mask, holes included: drawn again (`raster.filled`) they give its pixels."""
    offset = np.array((patch.x, patch.y), dtype=np.float64)
    return [
        thinned(ring, tolerance=_TOLERANCE) + offset
        for region in regions_above(patch.pixels, 0.5)
        for ring in region.rings
    ]
