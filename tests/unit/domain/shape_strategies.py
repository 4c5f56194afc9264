"""Shapes to draw from, on an image of 100 x 100 pixels."""

import math

from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Shape, WholeImage
from unit.domain.shape_builders import keypoints, polygon, rectangle, star

middles = st.floats(30, 70)
sides = st.floats(1, 40)
boxes = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    *[st.floats(0, 60)] * 2,
    *[sides] * 2,
)
rotated_boxes = st.builds(rectangle, middles, middles, sides, sides, st.floats(0, math.tau))
simple_rings = st.builds(star, middles, middles, st.lists(st.floats(2, 29), min_size=3, max_size=9))
simple_polygons = simple_rings.map(polygon)
grid_rings = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda p: (p[0] * 10.0, p[1] * 10.0)),
    min_size=3,
    max_size=7,
)
grid_polygons = st.lists(grid_rings, min_size=1, max_size=3).map(lambda rings: polygon(*rings))
"""Rings that cross, touch and cover themselves and each other, with corners on a grid."""

_marked_points = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0, 100), st.integers(0, 2)), min_size=1, max_size=17
)
sets_of_keypoints = st.builds(
    lambda box, marked: keypoints(
        box, *((x, y) for x, y, _ in marked), visibility=[seen for _, _, seen in marked]
    ),
    boxes,
    _marked_points,
)
whole_images = st.just(WholeImage(box=Box(0, 0, 100, 100)))

simple_shapes: st.SearchStrategy[Shape] = st.one_of(boxes, rotated_boxes, simple_polygons)
"""Shapes by their own outlines."""

all_shapes: st.SearchStrategy[Shape] = st.one_of(simple_shapes, sets_of_keypoints, whole_images)
"""Shapes of every kind."""
