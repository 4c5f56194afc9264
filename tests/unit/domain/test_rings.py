"""Rings that cross themselves."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from twoclick.domain.rings import Point, crosses_itself, pack_ring, ring_area, ring_points
from unit.domain.shape_strategies import grid_rings, simple_rings

SQUARE: list[Point] = [(0, 0), (10, 0), (10, 10), (0, 10)]


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        (SQUARE, False),
        (SQUARE[:3], False),
        ([(0, 0), (5, 0), (10, 0), (10, 10), (0, 10)], False),
        ([(0, 0), (10, 10), (10, 0), (0, 10)], True),
        ([(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)], True),
        ([(0, 0), (10, 0), (10, 10), (20, 10), (10, 10), (0, 10)], True),
        ([(0, 0), (10, 0), (5, 0), (5, 10)], True),
        ([(0, 0), (10, 0), (20, 0)], True),
        ([(0, 0), (4, 0), (4, 4), (8, 4), (8, 0), (12, 0), (12, 8), (0, 8)], False),
    ],
    ids=[
        "square",
        "triangle",
        "point on an edge",
        "bow tie",
        "touches itself",
        "same point twice",
        "runs back",
        "flat",
        "with a notch",
    ],
)
def test_crossing(ring: list[Point], crosses: bool) -> None:
    assert crosses_itself(ring) == crosses
    assert crosses_itself(list(reversed(ring))) == crosses


@given(grid_rings)
def test_crossing_is_what_trying_all_pairs_exactly_says(ring: list[Point]) -> None:
    assume(all(ring[at - 1] != ring[at] for at in range(len(ring))))
    assert crosses_itself(ring) == _crosses_exactly(ring)


@given(simple_rings)
def test_a_star_does_not_cross_itself(ring: list[Point]) -> None:
    assume(len(set(ring)) == len(ring))
    assert not crosses_itself(ring)


@given(simple_rings)
def test_area_has_the_sign_of_the_direction(ring: list[Point]) -> None:
    assert ring_area(ring) > 0
    assert ring_area(list(reversed(ring))) == pytest.approx(-ring_area(ring))


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), max_size=5))
def test_packing_keeps_every_bit(points: list[Point]) -> None:
    assert ring_points(pack_ring(number for point in points for number in point)) == points


def _crosses_exactly(ring: list[Point]) -> bool:
    count = len(ring)
    exact = [(Fraction(x), Fraction(y)) for x, y in ring]
    edges = [(exact[at], exact[(at + 1) % count]) for at in range(count)]
    for (first, (a, b)), (second, (c, d)) in combinations(enumerate(edges), 2):
        common = {a, b} & {c, d}
        beside = second - first in (1, count - 1)
        meet = _points_in_common(a, b, c, d)
        if beside and (count == 3 or len(common) == 1):
            # Edges beside each other have their corner in common, and nothing else.
            if meet == "many":
                return True
        elif meet != "none":
            return True
    return False


def _points_in_common(a: Point, b: Point, c: Point, d: Point) -> str:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
    turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if turn:
        along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
        across = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
        return "one" if 0 <= along <= 1 and 0 <= across <= 1 else "none"
    if (bx - ax) * (cy - ay) != (by - ay) * (cx - ax):
        return "none"
    first, second = sorted([(ax, ay), (bx, by)]), sorted([(cx, cy), (dx, dy)])
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return "none" if start > end else "one" if start == end else "many"
