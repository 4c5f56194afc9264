"""Models of a person's own: chosen or dropped, asked, named, removed, compared, or refused."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from e2e.access.audit import findings
from e2e.models.adding import READS_WITHIN, STARTER, added, bring, settings
from e2e.models.model_files import file_to_refuse, golden_file, with_weights_beside
from e2e.sample import (
    annotations,
    assisted,
    button,
    leave,
    open_newest,
    saved,
    suggestions,
)
from e2e.stored import count_stored, records, stored_answer
from golden import onnx_writer as write
from golden.family_models import answering, tensor_spec
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import read_image


def refused(page: Page, *paths: Path) -> str:
    """Why files are not taken; the project and its model are as before."""
    dialog = bring(page, *paths)
    alert = dialog.get_by_role("alert").filter(has_text=re.compile("."))
    expect(alert.first).to_be_visible(timeout=READS_WITHIN)
    expect(dialog.get_by_role("radio")).to_have_count(1)
    expect(dialog.get_by_role("radio", name=STARTER)).to_be_checked()
    return alert.first.inner_text()


def asked(page: Page) -> None:
    """Model Assist, until what the model says is stored."""
    before = len(records(page, "predictions"))
    page.keyboard.press("Escape")
    button(page, "Model Assist").click()
    count_stored(page, "predictions", before + 1)
    saved(page)


def page_image(dist: Path) -> np.ndarray:
    (path,) = (dist / "samples" / "pages").glob("page-001.*g")
    return read_image(path.read_bytes(), name=path.name)


@pytest.mark.parametrize(
    "case",
    ["ultralytics-v8-detect", "ultralytics-v8-segment", "ultralytics-v8-obb", "yolov7-grid"],
)
def test_a_model_says_the_same_in_the_page_as_on_the_command_line(
    sample: Page, tmp_path: Path, dist: Path, case: str
) -> None:
    file = golden_file(case, tmp_path)
    added(sample, file)
    asked(sample)
    here = stored_answer(sample)
    there = NativePredictor(file).predict(page_image(dist))
    assert len(there) > 0
    np.testing.assert_allclose(here["boxes"].reshape(-1, 4), there.boxes, atol=1e-3)
    np.testing.assert_allclose(here["scores"], there.scores, atol=1e-6)
    np.testing.assert_array_equal(here["classes"], there.classes)
    np.testing.assert_array_equal(here["kinds"], there.outlines.kinds)
    np.testing.assert_allclose(here["points"].reshape(-1, 2), there.outlines.points, atol=1e-3)


def test_its_suggestions_are_committed_like_any(sample: Page, tmp_path: Path) -> None:
    dialog = added(sample, golden_file("ultralytics-v8-segment", tmp_path))
    dialog.get_by_role("button", name="Make tags for all").press("Enter")
    expect(dialog.get_by_text("classes without a tag")).to_have_count(0)
    expect(dialog.get_by_role("group", name="Classes and tags")).to_be_focused()
    sample.keyboard.press("Escape")
    count = assisted(sample)
    assert count > 0
    sample.keyboard.press("Shift+Space")
    expect(annotations(sample)).to_have_count(count)


def test_it_is_still_there_after_the_project_was_closed(sample: Page, tmp_path: Path) -> None:
    added(sample, golden_file("ultralytics-v8-detect", tmp_path))
    leave(sample)
    page = open_newest(sample)
    dialog = settings(page)
    expect(dialog.get_by_role("radio", name="ultralytics-v8-detect v2")).to_be_checked()
    dialog.get_by_role("button", name="Test on this image").click()
    expect(dialog.get_by_text(re.compile(r"page-001\.\w+: \d+ found"))).to_be_visible(
        timeout=READS_WITHIN
    )


def test_a_removed_model_gives_way_to_the_one_before(sample: Page, tmp_path: Path) -> None:
    file = golden_file("ultralytics-v8-detect", tmp_path, name="mine")
    dialog = added(sample, file)
    dialog.get_by_text("Name, evidence, remove").first.click()
    assert findings(sample, "Model Settings with a model of one's own") == []
    name = dialog.get_by_role("textbox", name="Name of mine v2")
    name.fill("Night shift")
    name.press("Enter")
    expect(dialog.get_by_role("radio", name="Night shift v2")).to_be_checked()
    dialog.get_by_role("button", name="Remove Night shift v2").click()
    expect(dialog.get_by_role("radio", name=STARTER)).to_be_checked()
    expect(dialog.get_by_role("radio")).to_have_count(1)
    saved(sample)
    assert records(sample, "modelFiles") == []
    bring(sample, file)
    expect(dialog.get_by_role("radio", name="Night shift v2")).to_be_checked(timeout=READS_WITHIN)


def test_classes_without_names_are_named_by_a_list_or_by_hand(sample: Page, tmp_path: Path) -> None:
    names = tmp_path / "classes.txt"
    file = golden_file("yolov7-grid", tmp_path)
    count = len(NativePredictor(file).card.class_names)
    names.write_text("".join(f"thing {number}\n" for number in range(count)))
    dialog = added(sample, file, names)
    table = dialog.get_by_role("group", name="Classes and tags")
    expect(table.get_by_role("rowheader").first).to_have_text("thing 0")
    dialog.get_by_text("Name the classes").click()
    field = dialog.get_by_role("textbox", name="Class names, one a line")
    field.fill("\n".join(["Title", *(f"thing {number}" for number in range(1, count))]))
    dialog.get_by_role("button", name="Use these names").click()
    expect(table.get_by_role("rowheader").first).to_have_text("Title")
    expect(
        table.get_by_role("combobox", name="Tag for Title").locator("option:checked")
    ).to_have_text("Title")
    field.fill("only one")
    dialog.get_by_role("button", name="Use these names").click()
    expect(
        dialog.get_by_role("alert").filter(has_text=f"has {count} classes, not 1")
    ).to_be_visible()


def test_a_file_that_can_be_read_in_two_ways_is_shown_in_both(
    sample: Page, tmp_path: Path, dist: Path
) -> None:
    rows = np.zeros((1, 300, 6), dtype=np.float32)
    rows[0, 0] = (100, 100, 300, 200, 0.9, 0)
    file = tmp_path / "finished.onnx"
    file.write_bytes(answering({"output0": rows}, inputs=[tensor_spec("images", (1, 3, 640, 640))]))
    dialog = bring(sample, file)
    ways = dialog.get_by_role("list", name="Ways to read it").get_by_role("listitem")
    expect(ways).to_have_count(2, timeout=READS_WITHIN)
    boxes = ways.filter(has_text="YOLO by Ultralytics")
    expect(boxes).to_contain_text("1 shown", timeout=READS_WITHIN)
    expect(ways.filter(has_text="RT-DETR")).to_contain_text("Not like this", timeout=READS_WITHIN)
    boxes.get_by_role("button").click()
    expect(dialog.get_by_role("radio", name="finished v2")).to_be_checked(timeout=READS_WITHIN)
    asked(sample)
    np.testing.assert_allclose(stored_answer(sample)["scores"], [0.9], atol=1e-6)


def test_two_models_are_compared_on_the_open_image(sample: Page, tmp_path: Path) -> None:
    dialog = added(sample, golden_file("ultralytics-v8-detect", tmp_path))
    dialog.get_by_role("button", name="Compare models").click()
    compare = sample.get_by_role("dialog", name="Compare models")
    for side in ("First model", "Second model"):
        expect(compare.get_by_role("img", name=re.compile(f"{side}: .*shown"))).to_be_visible(
            timeout=READS_WITHIN
        )
    expect(compare.get_by_text(re.compile(r"\d+ found, \d+ ms\."))).to_have_count(2)
    expect(
        compare.get_by_role("combobox", name="Second model").locator("option:checked")
    ).to_have_text(STARTER)
    assert records(sample, "predictions") == []
    assert findings(sample, "Compare models") == []
    sample.keyboard.press("Escape")
    expect(compare).to_be_hidden()


def test_weights_come_with_their_model(sample: Page, tmp_path: Path) -> None:
    file = with_weights_beside(golden_file("ultralytics-v8-detect", tmp_path), "more.data")
    text = refused(sample, file)
    assert "keeps its weights in more.data" in text
    added(sample, file, tmp_path / "more.data")
    assert {one["path"] for one in records(sample, "modelFiles")} == {"", "more.data"}
    asked(sample)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def unknown(path: Path) -> None:
    answer = {"logits": np.zeros((1, 5), dtype=np.float32)}
    path.write_bytes(answering(answer, inputs=[tensor_spec("ids", (1, 128), "int64")]))


def of_a_plugin(path: Path) -> None:
    node = write.block(4, "EfficientNMS_TRT") + write.block(7, "TRT")
    path.write_bytes(path.read_bytes() + write.block(7, write.block(1, node)))


def no_model(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut_short, ["mine.onnx is not a readable ONNX model", "cut short"]),
        (unknown, ["mine.onnx", "no known family", "ids int64 (1, 128)", "logits float32 (1, 5)"]),
        (of_a_plugin, ["mine.onnx uses operators", "TRT::EfficientNMS_TRT"]),
        (no_model, ["mine.onnx is not a readable ONNX model"]),
    ],
)
def test_a_bad_file_leaves_the_project_as_it_was(
    sample: Page, tmp_path: Path, spoil: Any, words: Sequence[str]
) -> None:
    file = golden_file("ultralytics-v8-detect", tmp_path, name="mine")
    spoil(file)
    text = refused(sample, file)
    for part in words:
        assert part in text
    sample.keyboard.press("Escape")
    assert assisted(sample) > 0


def test_raw_heads_are_refused_with_the_way_out(sample: Page, tmp_path: Path) -> None:
    text = refused(sample, file_to_refuse("yolov7-raw-heads", tmp_path))
    assert "--grid" in text


def test_numbers_that_are_none_fail_and_touch_nothing(sample: Page, tmp_path: Path) -> None:
    rows = np.full((1, 84, 8400), np.nan, dtype=np.float32)
    names = {number: f"n{number}" for number in range(80)}
    metadata = {"task": "detect", "stride": "32", "names": str(names)}
    file = tmp_path / "nan.onnx"
    inputs = [tensor_spec("images", (1, 3, 640, 640))]
    file.write_bytes(answering({"output0": rows}, inputs=inputs, metadata=metadata))
    added(sample, file)
    sample.keyboard.press("Escape")
    button(sample, "Model Assist").click()
    failed = sample.get_by_role("region", name="Model assist")
    expect(failed).to_contain_text("NaN or infinite", timeout=READS_WITHIN)
    expect(suggestions(sample)).to_have_count(0)
    expect(annotations(sample)).to_have_count(0)


def test_a_model_of_250_megabytes_loads_while_the_page_goes_on(
    sample: Page, tmp_path: Path
) -> None:
    file = golden_file("ultralytics-v8-detect", tmp_path, name="large")
    small = file.read_bytes()
    floats = 62_500_000
    tensor = write.number(1, floats) + write.number(2, write.FLOAT) + write.block(8, "weights")
    length = 4 * floats
    raw = write.varint(9 << 3 | 2) + write.varint(length)
    body = len(tensor) + len(raw) + length
    graph = write.varint(5 << 3 | 2) + write.varint(body) + tensor + raw
    with file.open("wb") as out:
        out.write(small + write.varint(7 << 3 | 2) + write.varint(len(graph) + length) + graph)
        out.truncate(out.tell() + length)
    assert file.stat().st_size > 250_000_000
    with file.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    sample.evaluate(
        """() => {
          window.longest = 0;
          window.held = 0;
          const read = Blob.prototype.arrayBuffer;
          Blob.prototype.arrayBuffer = function () {
            held = Math.max(held, this.size);
            return read.call(this);
          };
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
          }).observe({ entryTypes: ["longtask"] });
        }"""
    )
    dialog = bring(sample, file)
    expect(dialog.get_by_role("progressbar", name="Adding the model")).to_be_visible()
    expect(dialog.get_by_role("radio", name="large v2")).to_be_checked(timeout=2 * READS_WITHIN)
    asked(sample)
    assert len(stored_answer(sample)["scores"]) > 0
    (project,) = records(sample, "projects")
    assert project["predictors"][-1]["digest"] == digest
    # In the memory of the page there is nothing of it, and one piece at a time in Python's.
    assert sample.evaluate("() => held") < 1_000_000
    longest = sample.evaluate("() => longest")
    print(f"\nlongest task of the page while 250 MB were added and asked: {longest:.0f} ms")


def test_a_model_that_is_dropped_on_the_page_opens_its_settings(
    sample: Page, tmp_path: Path
) -> None:
    file = golden_file("ultralytics-v8-detect", tmp_path, name="dropped")
    sample.evaluate(
        """([bytes, name]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], name));
          const at = { dataTransfer: data, bubbles: true, cancelable: true };
          for (const kind of ["dragenter", "dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(kind, at));
        }""",
        [list(file.read_bytes()), file.name],
    )
    dialog = sample.get_by_role("dialog", name="Model Settings")
    expect(dialog.get_by_role("radio", name="dropped v2")).to_be_checked(timeout=READS_WITHIN)
