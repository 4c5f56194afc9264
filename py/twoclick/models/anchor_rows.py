"""How many rows the grids of a network give: what tells makers apart whose files say nothing."""

from twoclick.models.image_input import ImageInput
from twoclick.models.model_file import Dimension

_STRIDES = ((8, 16, 32), (8, 16, 32, 64), (4, 8, 16, 32), (16, 32))
"""The usual three grids, one more for large images, one more for small objects, and the two of the
tiniest networks."""


def grid_strides(rows: int, *, width: int, height: int, anchors: int = 1) -> tuple[int, ...] | None:
    """The strides of the grids that give so many rows for a tensor of `width` x `height` pixels,
    `anchors` for each cell; None where no usual ones do."""
    for strides in _STRIDES:
        cells = sum((width // stride) * (height // stride) for stride in strides)
        if rows == anchors * cells:
            return strides
    return None


def anchors_of(rows: Dimension, image: ImageInput) -> int | None:
    """Rows for each cell, 1 or 3; 0 where they are no rows of grids; None where the file does not
    tell, because the number of rows or the size of the input is variable."""
    if not isinstance(rows, int) or image.width is None or image.height is None:
        return None
    for anchors in (1, 3):
        if grid_strides(rows, width=image.width, height=image.height, anchors=anchors):
            return anchors
    return 0
