"""Keypoints and whole images to draw from."""

from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Keypoints, WholeImage
from twoclick.domain.rings import pack_ring

NAMES = ("left ear", "right ear", "nose")
"""What the points are called, where something names them."""


def keypoints(
    boxes: st.SearchStrategy[Box], places: st.SearchStrategy[tuple[float, float]]
) -> st.SearchStrategy[Keypoints]:
    """As many points as there are names, each at one of the places, on an object with one of the
    boxes; all, some or none of them there."""
    count = len(NAMES)
    return st.builds(
        Keypoints,
        box=boxes,
        points=st.lists(places, min_size=count, max_size=count).map(
            lambda points: pack_ring(number for point in points for number in point)
        ),
        visibility=st.lists(st.integers(0, 2), min_size=count, max_size=count).map(bytes),
    )


def whole(width: int, height: int) -> WholeImage:
    """All of an image of this size."""
    return WholeImage(box=Box(0.0, 0.0, float(width), float(height)))
