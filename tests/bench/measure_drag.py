"""Dragging the confidence threshold on the page where the model found most."""

from collections.abc import Iterator

from bench.labelling import Labelling
from bench.table import Budget, Figure
from e2e.sample import threshold

_STEP = 5
"""CSS pixels a move: more than one step of the slider."""
_REACH = 60
_THERE_AND_BACK = (*range(_STEP, _REACH, _STEP), *range(_REACH, -1, -_STEP))
_TIMES = 3


def drag(labelling: Labelling) -> Figure:
    """From each input event of a drag there and back to the frame that shows what it left."""
    page, watched = labelling.watched.page, labelling.watched
    box = threshold(page).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    times = []
    for offset in _THERE_AND_BACK * _TIMES:
        place = watched.place()
        page.mouse.move(x + offset, y)
        given = watched.until(place, "input")
        times.append(watched.until(place, "painted")["seen"] - given["at"])
    page.mouse.up()
    return Figure(
        name="Threshold drag, input to frame", values=times, budget=Budget(of="p95", limit=16)
    )


def go_to_fullest(labelling: Labelling, suggestions: dict[str, int]) -> None:
    """Back to the page with most suggestions among those asked."""
    fullest = max(suggestions, key=suggestions.__getitem__)
    while labelling.asset_id != fullest:
        labelling.step("a")


def figures(figure: Figure) -> Iterator[Figure]:
    """The one figure."""
    yield figure
