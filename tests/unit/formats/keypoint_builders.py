"""Names of keypoints, and whole images."""

from twoclick.domain.geometry import Box, WholeImage

NAMES = ("left ear", "right ear", "nose")
"""What the points are called, where something names them."""


def whole(width: int, height: int) -> WholeImage:
    """All of an image of this size."""
    return WholeImage(box=Box(0.0, 0.0, float(width), float(height)))
