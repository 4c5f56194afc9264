"""The tags that classes of a model lack are made and taken back at once."""

import re
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from e2e.access.audit import findings
from e2e.models.adding import added
from e2e.sample import saved
from e2e.stored import records
from golden.family_models import answering, tensor_spec


def model_of(path: Path, classes: int) -> Path:
    """A detector that finds nothing, of so many classes."""
    rows = np.zeros((1, 4 + classes, 8400), dtype=np.float32)
    names = {number: f"kind {number}" for number in range(classes)}
    metadata = {"task": "detect", "stride": "32", "names": str(names)}
    inputs = [tensor_spec("images", (1, 3, 640, 640))]
    path.write_bytes(answering({"output0": rows}, inputs=inputs, metadata=metadata))
    return path


def live_tags(page: Page) -> int:
    saved(page)
    (project,) = records(page, "projects")
    return sum(1 for tag in project["tags"] if not tag["deleted"])


def test_many_tags_are_made_only_after_a_question(sample: Page, tmp_path: Path) -> None:
    dialog = added(sample, model_of(tmp_path / "many.onnx", 150))
    before = live_tags(sample)
    make_all = dialog.get_by_role("button", name="Make tags for all 150")
    make_all.press("Enter")
    really = dialog.get_by_role("button", name="Make 150 tags")
    expect(really).to_be_focused()
    expect(
        dialog.get_by_text(f"A tag for each of 150 classes, beside the {before} that there are?")
    ).to_be_visible()
    assert findings(sample, "a question about many tags") == []
    dialog.get_by_role("button", name="Cancel").press("Enter")
    expect(make_all).to_be_focused()
    assert live_tags(sample) == before
    make_all.press("Enter")
    really.press("Enter")
    take_back = dialog.get_by_role("button", name="Take the 150 new tags back")
    expect(take_back).to_be_visible()
    assert live_tags(sample) == before + 150
    take_back.press("Enter")
    expect(make_all).to_be_visible()
    expect(dialog.get_by_role("group", name="Classes and tags")).to_be_focused()
    assert live_tags(sample) == before


def test_few_tags_are_made_at_once(sample: Page, tmp_path: Path) -> None:
    dialog = added(sample, model_of(tmp_path / "few.onnx", 3))
    before = live_tags(sample)
    dialog.get_by_role("button", name="Make tag kind 1").click()
    dialog.get_by_role("button", name=re.compile("Make tags for all 2")).click()
    expect(dialog.get_by_role("button", name="Take the 2 new tags back")).to_be_visible()
    assert live_tags(sample) == before + 3
    dialog.get_by_role("button", name="Take the 2 new tags back").click()
    expect(dialog.get_by_text("2 of 3 classes without a tag")).to_be_visible()
    assert live_tags(sample) == before + 1
