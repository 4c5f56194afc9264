"""Masks to draw from, and how a part of one is put back into its image."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from twoclick.kernels.raster import Patch

masks = hnp.arrays(
    dtype=np.bool_, shape=hnp.array_shapes(min_dims=2, max_dims=2, max_side=14)
) | st.builds(
    lambda rows, columns, value: np.full((rows, columns), value),
    st.integers(1, 9),
    st.integers(1, 9),
    st.booleans(),
)


def whole(pixels: NDArray[np.bool_]) -> Patch:
    """The patch of all of an image."""
    return Patch(x=0, y=0, pixels=pixels)


def pasted(patch: Patch, *, width: int, height: int) -> NDArray[np.bool_]:
    """The mask of the image that a patch is of."""
    rows, columns = patch.pixels.shape
    mask = np.zeros((height, width), dtype=np.bool_)
    mask[patch.y : patch.y + rows, patch.x : patch.x + columns] = patch.pixels
    return mask
