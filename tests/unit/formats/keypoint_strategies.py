"""Keypoints to draw from."""

from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Keypoints
from twoclick.domain.rings import pack_ring
from unit.formats.keypoint_builders import NAMES


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
