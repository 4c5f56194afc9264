"""A model that no family knows: a person says how it is read, looking at what comes of it."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.access.audit import findings
from e2e.models.adding import READS_WITHIN, STARTER, bring, settings
from e2e.sample import assisted, button, leave, open_newest, saved
from e2e.stored import count_stored, records
from golden import onnx_writer as write
from golden.family_models import answering, tensor_spec
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import read_image
from twoclick.models.card import ModelCard

CORNERS = np.array([[40, 60, 200, 120], [30, 150, 290, 300], [30, 150, 290, 299]], np.float32)
SCORES = np.array([0.9, 0.8, 0.3], np.float32)


def torchvision(path: Path) -> Path:
    """As torchvision's detectors are exported: one image without a batch, classes from 1 on."""
    answer = {"boxes": CORNERS, "labels": np.array([1, 3, 3]), "scores": SCORES}
    answer["masks"] = np.zeros((3, 1, 320, 320), np.float32)
    path.write_bytes(answering(answer, inputs=[tensor_spec("images", (3, 320, 320))]))
    return path


def tensorflow(path: Path) -> Path:
    """As TensorFlow's detection API answers: bytes of any size, shares, y before x, a count."""
    room = np.zeros((1, 100, 4), np.float32)
    room[0, :3] = (CORNERS / 320)[:, [1, 0, 3, 2]]
    scores, kinds = np.zeros((1, 100), np.float32), np.ones((1, 100), np.float32)
    scores[0, :3], kinds[0, :3] = SCORES, (1, 3, 3)
    answer = {
        "detection_boxes:0": room,
        "detection_classes:0": kinds,
        "detection_scores:0": scores,
        "num_detections:0": np.array([3], np.float32),
    }
    inputs = [tensor_spec("input_tensor:0", (1, "height", "width", 3), "uint8")]
    path.write_bytes(answering(answer, inputs=inputs))
    return path


def bright(path: Path) -> Path:
    """One box, whose score is how bright the input is on the whole: 0..1 only if colours are."""
    box = np.array([[[40, 60, 200, 120]]], np.float32)
    mean = write.block(1, "image") + write.block(2, "scores") + write.block(4, "ReduceMean")
    stored = write.block(1, "stored") + write.block(2, "boxes") + write.block(4, "Identity")
    path.write_bytes(
        write.model(
            inputs=[tensor_spec("image", (1, 3, 320, 320))],
            outputs=[tensor_spec("boxes", (1, 1, 4)), tensor_spec("scores", (1, 1, 1, 1))],
            nodes=[stored, mean],
            initializers=[write.tensor("stored", box)],
        )
    )
    return path


def panel(page: Page, path: Path) -> Locator:
    """The dialog, once the model was looked at."""
    dialog = bring(page, path)
    told = dialog.get_by_text(f"{path.name} is of no known family. Say how it is read")
    expect(told).to_be_focused(timeout=READS_WITHIN)
    return dialog


def fits(dialog: Locator, shown: int) -> None:
    """So many shapes are seen, and the model can be added."""
    seen = dialog.get_by_role("img", name=re.compile(f"As described: {shown} shown"))
    expect(seen).to_be_visible(timeout=READS_WITHIN)
    expect(add(dialog)).not_to_have_attribute("aria-disabled", "true")


def fails(dialog: Locator, words: str) -> None:
    """What is described does not fit, and is not added."""
    expect(dialog.get_by_text(re.compile(f"Not like this: .*{words}"))).to_be_visible(
        timeout=READS_WITHIN
    )
    expect(add(dialog)).to_have_attribute("aria-disabled", "true")
    add(dialog).click(force=True)
    expect(add(dialog)).to_be_visible()


def add(dialog: Locator) -> Locator:
    return dialog.get_by_role("button", name="Add model", exact=True)


def choose(dialog: Locator, group: str, field: str, option: str) -> None:
    fields = dialog.get_by_role("group", name=group, exact=True)
    fields.get_by_role("combobox", name=field, exact=True).select_option(label=option)


def stored_card(page: Page) -> ModelCard:
    (project,) = records(page, "projects")
    (card,) = [
        one["card"] for one in project["predictors"] if one["id"] == project["activePredictorId"]
    ]
    return ModelCard.from_json(card)


def stored_answer(page: Page) -> dict[str, np.ndarray]:
    (project,) = records(page, "projects")
    (answer,) = [
        one
        for one in records(page, "predictions")
        if one["predictorId"] == project["activePredictorId"]
        and one["assetId"] == project["currentAssetId"]
    ]
    kinds = {"boxes": "<f8", "scores": "<f8", "classes": "<i4"}
    return {name: np.frombuffer(bytes(answer[name]), dtype=kind) for name, kind in kinds.items()}


@pytest.mark.parametrize(("make", "form"), [(torchvision, "xyxy"), (tensorflow, "yxyx")])
def test_a_model_of_no_family_is_added_as_it_was_guessed(
    sample: Page, tmp_path: Path, dist: Path, make: Any, form: str
) -> None:
    path = make(tmp_path / "odd.onnx")
    dialog = panel(sample, path)
    fits(dialog, 2)
    assert findings(sample, "a model to be described") == []
    add(dialog).click()
    expect(dialog.get_by_role("radio", name="odd v2")).to_be_checked(timeout=READS_WITHIN)
    sample.keyboard.press("Escape")
    before = len(records(sample, "predictions"))
    button(sample, "Model Assist").click()
    count_stored(sample, "predictions", before + 1)
    saved(sample)
    card, here = stored_card(sample), stored_answer(sample)
    assert card.details["description"]["boxes"]["form"] == form
    (image,) = (dist / "samples" / "pages").glob("page-001.*g")
    there = NativePredictor(path, card).predict(read_image(image.read_bytes(), name=image.name))
    assert len(there) == 2  # the third overlaps the second by more than 0.9
    np.testing.assert_allclose(here["boxes"].reshape(-1, 4), there.boxes, atol=1e-3)
    np.testing.assert_allclose(here["scores"], there.scores, atol=1e-6)
    assert here["classes"].tolist() == there.classes.tolist() == [0, 2]
    leave(sample)
    dialog = settings(open_newest(sample))
    expect(dialog.get_by_role("radio", name="odd v2")).to_be_checked()


def test_outputs_are_told_by_shape_and_numbers(sample: Page, tmp_path: Path) -> None:
    dialog = panel(sample, torchvision(tmp_path / "odd.onnx"))
    fits(dialog, 2)
    rows = dialog.get_by_role("table", name="Outputs on this image").get_by_role("row")
    for name, *told in (
        ("boxes", "3 \N{MULTIPLICATION SIGN} 4", "30 to 300", "all"),
        ("labels", "3", "1 to 3", "all"),
        ("scores", "3", "0.3 to 0.9", "all"),
    ):
        cells = rows.filter(has=sample.get_by_role("rowheader", name=name)).get_by_role("cell")
        assert cells.all_inner_texts()[:3] == told


def test_what_is_seen_follows_each_change(sample: Page, tmp_path: Path) -> None:
    dialog = panel(sample, torchvision(tmp_path / "odd.onnx"))
    fits(dialog, 2)
    choose(dialog, "Boxes", "They count", "0 to 1 of the input")
    fails(dialog, "are not told from 0 to 1")
    choose(dialog, "Boxes", "They count", "pixels of the image")
    fits(dialog, 2)
    objects = dialog.get_by_role("combobox", name="Objects of scores")
    objects.select_option(label="rows")
    fails(dialog, "table of one image")
    objects.select_option(label="one number each")
    fits(dialog, 2)
    classes = dialog.get_by_role("group", name="Classes", exact=True)
    classes.get_by_role("spinbutton", name="How many classes").fill("2")
    fails(dialog, "class 2 in it")
    choose(dialog, "Classes", "Class numbers are in", "nothing: one class")
    expect(dialog.get_by_role("img", name="As described: 2 shown: 2 class 0")).to_be_visible()
    dialog.get_by_role("button", name="Guess anew").click()
    told = dialog.get_by_role("img", name="As described: 2 shown: 1 class 0, 1 class 2")
    expect(told).to_be_visible(timeout=READS_WITHIN)


def test_what_the_model_is_given_follows_as_well(sample: Page, tmp_path: Path) -> None:
    dialog = panel(sample, bright(tmp_path / "bright.onnx"))
    fits(dialog, 1)
    choose(dialog, "Input", "Numbers are", "from 0 to 255")
    fails(dialog, "scores lie between 0 and 1")
    choose(dialog, "Input", "Numbers are", "from 0 to 1")
    fits(dialog, 1)
    choose(dialog, "Input", "The image lies", "stretched over all of it")
    fits(dialog, 1)
    add(dialog).click()
    expect(dialog.get_by_role("radio", name="bright v2")).to_be_checked(timeout=READS_WITHIN)
    assert stored_card(sample).details["description"]["input"]["placed"] == "stretched"


def test_it_is_described_by_keys_alone(sample: Page, tmp_path: Path) -> None:
    dialog = panel(sample, torchvision(tmp_path / "odd.onnx"))
    fits(dialog, 2)
    boxes = dialog.get_by_role("group", name="Boxes", exact=True)
    unit = boxes.get_by_role("combobox", name="They count")
    unit.focus()
    sample.keyboard.press("ArrowDown")
    fails(dialog, "are not told from 0 to 1")
    unit.focus()
    sample.keyboard.press("ArrowUp")
    fits(dialog, 2)
    add(dialog).press("Enter")
    expect(dialog.get_by_role("radio", name="odd v2")).to_be_checked(timeout=READS_WITHIN)


def nan(answer: dict[str, np.ndarray]) -> None:
    answer["boxes"][0, 0] = np.nan


def outside(answer: dict[str, np.ndarray]) -> None:
    answer["boxes"] += 3000


def without_numbers(answer: dict[str, np.ndarray]) -> None:
    answer["scores"][:] = np.nan


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (nan, 'output "boxes" has NaN or infinite numbers'),
        (outside, "lies on the image"),
        (without_numbers, 'output "scores" has NaN or infinite numbers'),
    ],
)
def test_an_answer_that_is_none_leaves_the_project_as_it_was(
    sample: Page, tmp_path: Path, spoil: Any, words: str
) -> None:
    answer = {
        "boxes": CORNERS.copy(),
        "labels": np.array([1, 3, 3]),
        "scores": SCORES.copy(),
    }
    spoil(answer)
    path = tmp_path / "bad.onnx"
    path.write_bytes(answering(answer, inputs=[tensor_spec("images", (3, 320, 320))]))
    dialog = panel(sample, path)
    if spoil is outside:
        choose(dialog, "Boxes", "They count", "pixels of the input")
    fails(dialog, words)
    dialog.get_by_role("button", name="Do not add it").click()
    expect(dialog.get_by_text("bad.onnx was not added")).to_be_visible()
    expect(dialog.get_by_role("button", name="Add model file")).to_be_focused()
    expect(dialog.get_by_role("radio")).to_have_count(1)
    expect(dialog.get_by_role("radio", name=STARTER)).to_be_checked()
    sample.keyboard.press("Escape")
    assert assisted(sample) > 0


def test_scores_that_are_all_the_same_are_doubted(sample: Page, tmp_path: Path) -> None:
    boxes = CORNERS - np.array([[0], [0], [25]], np.float32)
    answer = {"boxes": boxes, "scores": np.full(3, 0.4, np.float32)}
    path = tmp_path / "flat.onnx"
    path.write_bytes(answering(answer, inputs=[tensor_spec("images", (3, 320, 320))]))
    dialog = panel(sample, path)
    fits(dialog, 2)
    doubt = dialog.get_by_text("All 3 scores are 0.4: they may be in another output")
    expect(doubt).to_contain_text("No score reaches 0.50: shown from 0.20 on.")


def test_who_leaves_the_project_describes_nothing(sample: Page, tmp_path: Path) -> None:
    fits(panel(sample, torchvision(tmp_path / "odd.onnx")), 2)
    leave(sample)
    dialog = settings(open_newest(sample))
    expect(add(dialog)).to_have_count(0)
    expect(dialog.get_by_role("radio")).to_have_count(1)


def test_what_is_of_none_of_several_families_is_described(sample: Page, tmp_path: Path) -> None:
    rows = np.zeros((1, 300, 6), dtype=np.float32)
    rows[0, 0] = (100, 100, 300, 200, 0.9, 0)
    path = tmp_path / "finished.onnx"
    path.write_bytes(answering({"output0": rows}, inputs=[tensor_spec("images", (1, 3, 640, 640))]))
    dialog = bring(sample, path)
    dialog.get_by_role("button", name="None of these: describe it").click(timeout=READS_WITHIN)
    expect(dialog.get_by_text("Say how finished.onnx is read")).to_be_focused()
    fits(dialog, 1)
    choose(dialog, "Boxes", "Four numbers are", "corner, width, height")
    fits(dialog, 1)
    add(dialog).click()
    expect(dialog.get_by_role("radio", name="finished v2")).to_be_checked(timeout=READS_WITHIN)
    card = stored_card(sample)
    assert (card.family, card.details["description"]["boxes"]["form"]) == ("described", "xywh")
    # The same file begins with what was said of it.
    bring(sample, path)
    dialog.get_by_role("button", name="None of these: describe it").click(timeout=READS_WITHIN)
    fits(dialog, 1)
    boxes = dialog.get_by_role("group", name="Boxes", exact=True)
    form = boxes.get_by_role("combobox", name="Four numbers are")
    expect(form.locator("option:checked")).to_have_text("corner, width, height")
    add(dialog).click()
    expect(dialog.get_by_text("finished.onnx was here already")).to_be_visible()
