"""Parts of one object that cannot overlap need not be drawn to know it."""

from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats.coco_files.shapes import apart

corners = st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 4)] * 2)


def ring(x: float, y: float, width: float = 1, height: float = 1) -> list[float]:
    return [x, y, x + width, y, x + width, y + height, x, y + height]


def test_a_thousand_parts_in_a_grid_are_apart() -> None:
    grid = [ring(2 * (at % 40), 2 * (at // 40)) for at in range(1000)]
    assert apart(grid)
    assert not apart([*grid, ring(40.5, 20.5)])


@given(st.lists(corners, min_size=2, max_size=6))
def test_as_by_trying_all_pairs(boxes: list[tuple[int, int, int, int]]) -> None:
    meet = any(
        ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah
        for at, (ax, ay, aw, ah) in enumerate(boxes)
        for bx, by, bw, bh in boxes[:at]
    )
    assert apart([ring(*box) for box in boxes]) == (not meet)
