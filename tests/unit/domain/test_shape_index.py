"""Finding what overlaps without trying every pair."""

from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Shape, iou, moved
from twoclick.domain.shape_index import LEAST_INDEXED_IOU, index_shapes
from unit.domain.shape_builders import polygon, rectangle
from unit.domain.shape_strategies import grid_polygons, simple_shapes

shapes = st.one_of(simple_shapes, grid_polygons)
few = st.lists(shapes, max_size=12)
CLOSE = 1e-9


@given(few, shapes, st.integers(-3, 3))
def test_the_index_finds_what_trying_all_finds(some: list[Shape], shape: Shape, by: int) -> None:
    some.append(moved(shape, by, 0))
    found = {overlap.place: overlap.iou for overlap in index_shapes(some).overlaps(shape)}
    for place, other in enumerate(some):
        shared = iou(other, shape)
        if abs(shared - LEAST_INDEXED_IOU) > CLOSE:
            assert (place in found) == (shared > LEAST_INDEXED_IOU)
        if place in found:
            assert abs(found[place] - shared) < CLOSE


def test_a_shape_with_a_long_spike_is_found_far_from_the_middle_of_its_bounds() -> None:
    spiked = polygon([(0, 40), (20, 40), (20, 49), (100, 50), (20, 51), (20, 60), (0, 60)])
    box = Box(0, 40, 20, 60)
    assert iou(spiked, box) > LEAST_INDEXED_IOU
    assert [one.place for one in index_shapes([box]).overlaps(spiked)] == [0]


def test_a_pair_that_meets_in_many_bands_is_found_once() -> None:
    tall = rectangle(50, 50, 10, 90, 0.05)
    others = [Box(0, at, 5, at + 2) for at in range(0, 90, 3)]
    assert [one.place for one in index_shapes([*others, tall]).overlaps(tall)] == [len(others)]


def test_nothing_is_found_among_nothing() -> None:
    assert index_shapes([]).overlaps(Box(0, 0, 1, 1)) == ()
    assert index_shapes([Box(0, 0, 0, 0)]).overlaps(Box(0, 0, 1, 1)) == ()
