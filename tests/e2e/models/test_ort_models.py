"""Models in onnxruntime's own format: run like those that they were made of, or refused."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from e2e.models.adding import READS_WITHIN, added, bring
from e2e.models.model_files import golden_file
from e2e.models.test_own_models import asked, page_image, refused, stored_answer
from golden.db_model import db_model
from golden.ort_models import as_ort
from twoclick.adapters.onnxruntime_native import NativePredictor


def converted(onnx: bytes, path: Path, *, level: str = "portable") -> Path:
    path.write_bytes(as_ort(onnx, path.parent, level=level))
    return path


@pytest.mark.parametrize("level", ["none", "portable"])
def test_one_that_really_computes_says_the_same_as_its_onnx_file(
    sample: Page, tmp_path: Path, dist: Path, level: str
) -> None:
    head = ("Conv", "Relu", "ConvTranspose", "ConvTranspose", "Sigmoid")
    onnx = tmp_path / "det.onnx"
    onnx.write_bytes(db_model(side=736, head=head))
    added(sample, converted(onnx.read_bytes(), tmp_path / "det.ort", level=level))
    asked(sample)
    here = stored_answer(sample)
    there = NativePredictor(onnx).predict(page_image(dist))
    assert len(there) > 0
    np.testing.assert_allclose(here["scores"], there.scores, atol=1e-4)
    np.testing.assert_allclose(here["boxes"].reshape(-1, 4), there.boxes, atol=0.05)


def test_its_names_are_there_and_it_is_stored(sample: Page, tmp_path: Path) -> None:
    onnx = golden_file("ultralytics-v8-detect", tmp_path)
    dialog = added(sample, converted(onnx.read_bytes(), tmp_path / "shapes.ort"))
    table = dialog.get_by_role("group", name="Classes and tags")
    expect(table.get_by_role("rowheader").first).to_have_text("circle")


def test_one_for_a_newer_runtime_is_refused_with_the_way_out(sample: Page, tmp_path: Path) -> None:
    onnx = golden_file("ultralytics-v8-detect", tmp_path)
    newer = converted(onnx.read_bytes(), tmp_path / "newer.ort")
    newer.write_bytes(newer.read_bytes().replace(b"\1\0\0\x006", b"\1\0\0\x009", 1))
    text = refused(sample, newer)
    assert "newer.ort cannot be run here" in text
    assert "made by a newer onnxruntime: choose the .onnx file that it was made of" in text


def test_one_for_another_processor_is_refused_with_the_way_out(
    sample: Page, tmp_path: Path
) -> None:
    content = db_model(side=736, head=("Conv", "Relu", "ConvTranspose", "ConvTranspose", "Sigmoid"))
    file = converted(content, tmp_path / "native.ort", level="for this processor")
    assert b"ReorderOutput" in file.read_bytes()
    text = refused(sample, file)
    assert "native.ort cannot be run here" in text
    assert "for one kind of processor: choose the .onnx file that it was made of" in text


def test_a_damaged_one_is_named(sample: Page, tmp_path: Path) -> None:
    onnx = golden_file("ultralytics-v8-detect", tmp_path)
    file = converted(onnx.read_bytes(), tmp_path / "cut.ort")
    file.write_bytes(file.read_bytes()[:200])
    assert "cut.ort is not a readable .ort model" in refused(sample, file)
    dialog = bring(sample, onnx)
    radio = dialog.get_by_role("radio", name="ultralytics-v8-detect v2", exact=True)
    expect(radio).to_be_checked(timeout=READS_WITHIN)
