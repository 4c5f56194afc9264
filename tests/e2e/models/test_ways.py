"""A file that does not say what made it: the ways to read it are looked at, and one is chosen."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from e2e.access.audit import findings
from e2e.images.own import new_project
from e2e.models.adding import READS_WITHIN, STARTER, added, bring
from e2e.models.kinds import HEIGHT, WIDTH, Somebody, people_picture, pose_file
from e2e.sample import leave
from golden.family_models import answering, tensor_spec
from twoclick.models.keypoint_names import PERSON

SOMEBODY = Somebody(box=(200, 60, 440, 420))


def only_possible(path: Path) -> Path:
    """Rows that may be rotated boxes, of an input whose planes come last: no exporter says so."""
    rows = np.zeros((1, 100, 7), dtype=np.float32)
    rows[0, 0] = (300, 200, 320, 240, 0.9, 0, 0.2)
    path.write_bytes(answering({"dets": rows}, inputs=[tensor_spec("x", (1, 640, 640, 3))]))
    return path


def three_ways(path: Path) -> Path:
    """A map of classes whose colours may be given to it in three ways."""
    scores = np.zeros((1, 64, 64, 3), dtype=np.float32)
    scores[0, 10:40, 10:50, 1] = 1
    path.write_bytes(answering({"out": scores}, inputs=[tensor_spec("x", (1, 256, 256, 3))]))
    return path


def ways_of(dialog: Locator) -> Locator:
    return dialog.get_by_role("list", name="Ways to read it").get_by_role("listitem")


def box_of(one: Locator) -> FloatRect:
    box = one.bounding_box()
    assert box is not None
    return box


@pytest.fixture
def dark(booted_page: Page, tmp_path: Path) -> Iterator[Page]:
    """A project with a dark image and no model."""
    yield new_project(booted_page, [people_picture(tmp_path / "dark.png", [], dark=True)])
    leave(booted_page)


def test_the_only_way_is_looked_at_before_it_is_taken(sample: Page, tmp_path: Path) -> None:
    dialog = bring(sample, only_possible(tmp_path / "only.onnx"))
    asked = dialog.get_by_text("only.onnx does not say what made it. This is how it would be read:")
    expect(asked).to_be_focused(timeout=READS_WITHIN)
    expect(ways_of(dialog)).to_contain_text("rotated detection")
    expect(ways_of(dialog)).to_contain_text("1 shown", timeout=READS_WITHIN)
    assert findings(sample, "the only way to read a model") == []
    expect(dialog.get_by_role("radio", name=STARTER)).to_be_checked()
    dialog.get_by_role("button", name="Do not add it").click()
    expect(dialog.get_by_text("only.onnx was not added")).to_be_visible()
    expect(dialog.get_by_role("radio")).to_have_count(1)

    bring(sample, tmp_path / "only.onnx")
    ways_of(dialog).get_by_role("button", name="Read it like this").click(timeout=READS_WITHIN)
    expect(dialog.get_by_role("radio", name="only v2")).to_be_checked(timeout=READS_WITHIN)


def test_who_sees_that_the_only_way_is_wrong_describes_it(sample: Page, tmp_path: Path) -> None:
    dialog = bring(sample, only_possible(tmp_path / "only.onnx"))
    dialog.get_by_role("button", name="Describe it yourself").click(timeout=READS_WITHIN)
    expect(dialog.get_by_text("Say how only.onnx is read")).to_be_focused()
    seen = dialog.get_by_role("img", name=re.compile("As described: 1 shown"))
    expect(seen).to_be_visible(timeout=READS_WITHIN)
    dialog.get_by_role("button", name="Add model", exact=True).click()
    expect(dialog.get_by_role("radio", name="only v2")).to_be_checked(timeout=READS_WITHIN)


def test_three_ways_are_compared_side_by_side_where_there_is_room(
    sample: Page, tmp_path: Path
) -> None:
    usual = sample.viewport_size
    assert usual is not None
    sample.set_viewport_size({"width": 1440, "height": 900})
    dialog = bring(sample, three_ways(tmp_path / "map.onnx"))
    ways = ways_of(dialog)
    expect(ways).to_have_count(3, timeout=READS_WITHIN)
    for place in range(3):
        expect(ways.nth(place)).to_contain_text("1 shown", timeout=READS_WITHIN)
    pictures = [box_of(ways.nth(place).get_by_role("img")) for place in range(3)]
    assert len({box["y"] for box in pictures}) == 1
    assert min(box["width"] for box in pictures) > 300
    assert max(box["y"] + box["height"] for box in pictures) < 900
    sample.set_viewport_size({"width": 1024, "height": 768})
    first, second, third = (box_of(ways.nth(place)) for place in range(3))
    assert first["y"] == second["y"] < third["y"]
    sample.set_viewport_size({"width": 390, "height": 800})
    assert len({box_of(ways.nth(place))["x"] for place in range(3)}) == 1
    sample.set_viewport_size(usual)
    dialog.get_by_role("button", name="Do not add it").click()


def test_a_description_has_room_in_a_project_without_a_model(dark: Page, tmp_path: Path) -> None:
    dialog = bring(dark, only_possible(tmp_path / "only.onnx"))
    dialog.get_by_role("button", name="Describe it yourself").click(timeout=READS_WITHIN)
    boxes = dialog.get_by_role("group", name="Boxes", exact=True)
    assert box_of(boxes.get_by_role("combobox", name="They count"))["width"] > 120
    dialog.get_by_role("button", name="Do not add it").click()


def test_keypoints_of_a_trial_have_the_lines_between_them(dark: Page, tmp_path: Path) -> None:
    for iteration, score in enumerate((0.9, 0.8), start=1):
        one = replace(SOMEBODY, score=score)
        dialog = added(dark, pose_file(tmp_path / f"{score}.onnx", [one]), iteration=iteration)
    dialog.get_by_role("button", name="Compare models").click()
    compare = dark.get_by_role("dialog", name="Compare models")
    picture = compare.get_by_role("img", name="First model: 1 shown: 1 person")
    expect(picture).to_be_visible(timeout=READS_WITHIN)
    places = [PERSON.index(name) for name in ("left_shoulder", "left_hip")]
    (x0, y0), (x1, y1) = (SOMEBODY.points[place] for place in places)
    red = picture.evaluate(
        """(canvas, [x, y]) => {
          const context = canvas.getContext("2d");
          return context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data[0];
        }""",
        [(x0 + x1) / 2 / WIDTH, (y0 + y1) / 2 / HEIGHT],
    )
    assert red > 200
    dark.keyboard.press("Escape")
