"""Parts and holes of polygons."""

from twoclick.domain.ring_nesting import parts_of

OUTER = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
HOLE = [(2.0, 2.0), (2.0, 8.0), (8.0, 8.0), (8.0, 2.0)]
ISLAND = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)]
BESIDE = [(20.0, 0.0), (30.0, 0.0), (30.0, 10.0)]


def test_a_ring_alone_is_a_part() -> None:
    (part,) = parts_of([HOLE])
    assert (part.outer, part.holes) == (HOLE, ())


def test_a_hole_belongs_to_the_ring_around_it_and_an_island_in_it_is_a_part() -> None:
    parts = parts_of([ISLAND, BESIDE, HOLE, OUTER])
    assert [(part.outer, part.holes) for part in parts] == [
        (ISLAND, ()),
        (BESIDE, ()),
        (OUTER, (HOLE,)),
    ]


def test_a_hole_that_touches_its_part_in_a_corner_stays_a_hole() -> None:
    hole = [(0.0, 0.0), (1.0, 5.0), (5.0, 1.0)]
    (part,) = parts_of([OUTER, hole])
    assert part.holes == (hole,)
