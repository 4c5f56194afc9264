"""An answer that is built as a mapping says is read back the same."""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from twoclick.deployments.json_paths import Name, written
from twoclick.deployments.mapping import forms
from twoclick.deployments.mapping.answer_mapping import mapping_of
from twoclick.deployments.mapping.applying import answer_of
from twoclick.deployments.mapping.preview import explain
from unit.deployments.png_masks import open_mask

WIDTH, HEIGHT = 640, 480

Corners = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels of the picture."""

UNITS = {
    forms.PIXELS: (1.0, 1.0),
    forms.SHARES: (1 / WIDTH, 1 / HEIGHT),
    forms.PERCENT: (100 / WIDTH, 100 / HEIGHT),
    forms.THOUSANDTHS: (1000 / WIDTH, 1000 / HEIGHT),
    forms.TOLD: (0.5, 0.25),
}
ORDERS: dict[str, Callable[[float, float, float, float], list[float]]] = {
    forms.CORNERS: lambda x0, y0, x1, y1: [x0, y0, x1, y1],
    forms.CORNERS_Y_FIRST: lambda x0, y0, x1, y1: [y0, x0, y1, x1],
    forms.CORNERS_BY_AXIS: lambda x0, y0, x1, y1: [x0, x1, y0, y1],
    forms.CORNER_SIZE: lambda x0, y0, x1, y1: [x0, y0, x1 - x0, y1 - y0],
    forms.CORNER_SIZE_Y_FIRST: lambda x0, y0, x1, y1: [y0, x0, y1 - y0, x1 - x0],
    forms.CENTRE_SIZE: lambda x0, y0, x1, y1: [(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0],
}

NAMES = st.text(min_size=1, max_size=6).filter(lambda name: name.strip() == name)
LABELS = st.text(alphabet="abc é7", min_size=1, max_size=6).filter(lambda name: name.strip() != "")
SIDES = st.floats(0, 400, allow_nan=False).map(lambda side: round(side, 3))
BOXES = st.tuples(SIDES, SIDES, SIDES, SIDES).map(
    lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
)
OBJECTS = st.lists(st.tuples(LABELS, st.floats(0, 1), BOXES), max_size=5)


def read(answer: Any, settings: dict[str, str]) -> list[tuple[str, float, NDArray[np.float64]]]:
    """What the answer says, after a way through its text; and that the preview shows no problem."""
    value = json.loads(json.dumps(answer))
    mapping = mapping_of(settings)
    told = answer_of(value, mapping, width=WIDTH, height=HEIGHT, open_mask=open_mask)
    rows = explain(value, settings, width=WIDTH, height=HEIGHT, open_mask=open_mask)
    assert [
        row.problem for row in rows if row.problem and "they may be shares" not in row.problem
    ] == []
    return [(one.label, one.score, np.concatenate(one.rings)) for one in told.found]


@given(
    objects=OBJECTS,
    order=st.sampled_from(list(ORDERS)),
    units=st.sampled_from(list(UNITS)),
    percent=st.booleans(),
    texts=st.booleans(),
    columns=st.booleans(),
    apart=st.booleans(),
    names=st.lists(NAMES, min_size=8, max_size=8, unique=True),
)
def test_boxes_of_any_order_in_any_units(
    objects: list[tuple[str, float, Corners]],
    order: str,
    units: str,
    percent: bool,
    texts: bool,
    columns: bool,
    apart: bool,
    names: list[str],
) -> None:
    in_list, in_box, in_label, in_score, *sides = names
    across, down = UNITS[units]

    def number(value: float) -> float | str:
        return repr(value) if texts else value

    def row(label: str, score: float, box: Corners) -> dict[str, Any]:
        x0, y0, x1, y1 = box
        numbers = [*map(number, ORDERS[order](x0 * across, y0 * down, x1 * across, y1 * down))]
        place = dict(zip(sides, numbers, strict=True)) if apart else {in_box: numbers}
        told = number(score * 100 if percent else score)
        # A digit alone would be the number of a class.
        return {in_label: f"x{label}", in_score: told, **place}

    rows = [row(*one) for one in objects]
    keys = [in_label, in_score, *(sides if apart else [in_box])]
    held: Any = {key: [one[key] for one in rows] for key in keys} if columns else rows
    settings = {
        "objects": written([Name(in_list)]),
        "arrangement": forms.IN_COLUMNS if columns else forms.EACH_OBJECT,
        "form": order,
        "place": ", ".join(written([Name(name)]) for name in keys[2:]),
        "units": units,
        "size": "$.w.w, $.h",
        "label": written([Name(in_label)]),
        "score": written([Name(in_score)]),
        "scores": forms.SCORE_PERCENT if percent else forms.SCORE_SHARE,
        "numbers": forms.NUMBERS_AS_TEXTS if texts else forms.NUMBERS_ONLY,
    }
    answer = {"w": {"w": WIDTH * 0.5}, "h": HEIGHT * 0.25, in_list: held}
    if in_list in ("w", "h"):
        answer = {in_list: held}
        settings["units"] = forms.PIXELS
        if units != forms.PIXELS:
            return
    back = read(answer, settings)
    assert len(back) == len(objects)
    for (label, score, points), (want, certain, box) in zip(back, objects, strict=True):
        assert label == " ".join(f"x{want}".split())
        assert score == pytest.approx(certain, abs=1e-9)
        assert points.ravel() == pytest.approx(box, abs=1e-6)


@given(
    rings=st.lists(
        st.lists(st.tuples(SIDES, SIDES), min_size=4, max_size=6), min_size=1, max_size=3
    ),
    form=st.sampled_from(["pairs", "flat", "objects", "y first", "axis"]),
)
def test_polygons_of_any_form(rings: list[list[tuple[float, float]]], form: str) -> None:
    def told(ring: list[tuple[float, float]]) -> Any:
        match form:
            case "pairs":
                return [[x, y] for x, y in ring]
            case "flat":
                return [number for point in ring for number in point]
            case "objects":
                return [{"x": x, "y": y} for x, y in ring]
        return [[y, x] for x, y in ring]

    settings = {"objects": "$", "score": "", "label": "", "place": "p", "form": forms.POINTS}
    answer: list[dict[str, Any]]
    if form == "axis":
        rings = rings[:1]
        answer = [{"p": [list(axis) for axis in zip(*rings[0], strict=True)]}]
        settings |= {"form": forms.POINTS_BY_AXIS, "place": "p[0], p[1]"}
    else:
        answer = [{"p": [told(ring) for ring in rings] if len(rings) > 1 else told(rings[0])}]
        settings["form"] = forms.POINTS_Y_FIRST if form == "y first" else forms.POINTS
    ((_, _, points),) = read(answer, settings)
    assert points.tolist() == [list(point) for ring in rings for point in ring]


@given(
    centre=st.tuples(st.floats(100, 300), st.floats(100, 300)),
    size=st.tuples(st.floats(5, 80), st.floats(5, 80)),
    degrees=st.floats(-180, 180),
    angle=st.sampled_from(forms.ANGLES),
)
def test_rotated_boxes_of_any_angle(
    centre: tuple[float, float], size: tuple[float, float], degrees: float, angle: str
) -> None:
    told = -degrees if angle.endswith("counter-clockwise") else degrees
    told = math.radians(told) if angle.startswith("radians") else told
    settings = {"objects": "$", "label": "", "score": "", "form": forms.ROTATED, "angle": angle}
    answer = [{"box": [*centre, *size, told]}]
    ((_, _, corners),) = read(answer, settings)
    along, across = corners[1] - corners[0], corners[3] - corners[0]
    assert corners.mean(axis=0) == pytest.approx(centre)
    assert (math.hypot(*along), math.hypot(*across)) == pytest.approx(size)
    # With y downwards, an angle that grows turns clockwise on the screen.
    turned = math.degrees(math.atan2(along[1], along[0])) - degrees
    assert (turned + 180) % 360 == pytest.approx(180, abs=1e-6)
    assert along[0] * across[1] - along[1] * across[0] > 0
