"""What a person meets while a model comes in: other formats, ways to read it, lists of names."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.access.audit import findings
from e2e.models.adding import READS_WITHIN, STARTER, added, bring, settings
from e2e.models.model_files import golden_file
from e2e.sample import leave, open_newest, status


def ways(dialog: Locator) -> Locator:
    """The ways to read a model that was brought, once there are any; one item a way."""
    found = dialog.get_by_role("list", name="Ways to read it").get_by_role("listitem")
    expect(found.first).to_be_visible(timeout=READS_WITHIN)
    return found


def drop_on(part: Locator, *files: Path) -> None:
    part.evaluate(
        """(part, files) => {
          const data = new DataTransfer();
          for (const [bytes, name] of files)
            data.items.add(new File([new Uint8Array(bytes)], name));
          const at = { dataTransfer: data, bubbles: true, cancelable: true };
          for (const kind of ["dragenter", "dragover", "drop"])
            part.dispatchEvent(new DragEvent(kind, at));
        }""",
        [[list(file.read_bytes()), file.name] for file in files],
    )


def test_a_model_in_another_format_is_told_by_its_name(sample: Page, tmp_path: Path) -> None:
    file = tmp_path / "best.pt"
    file.write_bytes(b"PK\x03\x04")
    dialog = settings(sample)
    drop_on(dialog, file)
    alert = dialog.get_by_role("alert").filter(has_text="best.pt is a checkpoint of PyTorch")
    expect(alert).to_contain_text("export it to ONNX")


def test_who_has_closed_the_dialog_is_told_what_became_of_it(sample: Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"\x00" * 400)
    dialog = settings(sample)
    for file, said in (
        (broken, "broken.onnx is not a readable ONNX model"),
        (golden_file("ultralytics-v8-detect", tmp_path), "was added and is in use"),
        (golden_file("semantic-one-class", tmp_path), "can be read in several ways"),
    ):
        with sample.expect_file_chooser() as chooser:
            settings(sample).get_by_role("button", name="Add model file").click()
        # Both in one step of the page, so that the dialog is closed before the file is read.
        dialog.evaluate(
            "(one) => one.addEventListener('change', () => one.close(), { once: true })"
        )
        chooser.value.set_files(file)
        expect(dialog).to_be_hidden()
        expect(status(sample)).to_contain_text(said, timeout=READS_WITHIN)


def test_images_beside_a_model_are_not_added_and_that_is_said(sample: Page, tmp_path: Path) -> None:
    picture = tmp_path / "beside.png"
    picture.write_bytes(b"\x89PNG")
    drop_on(sample.locator("body"), picture, golden_file("ultralytics-v8-detect", tmp_path))
    said = settings(sample).get_by_text("is in use. The images beside it were not added")
    expect(said).to_be_visible(timeout=READS_WITHIN)


def test_one_that_is_here_already_takes_the_names_that_come_with_it(
    sample: Page, tmp_path: Path
) -> None:
    file, names = golden_file("ultralytics-v8-detect", tmp_path), tmp_path / "data.yaml"
    names.write_text("names: [Kreis, Balken, Dreieck, Ring, Paar]\n")
    dialog = added(sample, file)
    table = dialog.get_by_role("group", name="Classes and tags")
    expect(table.get_by_role("rowheader").first).to_have_text("circle")
    bring(sample, file, names)
    expect(dialog.get_by_text(f"{file.name} was here already and is in use")).to_be_visible()
    expect(table.get_by_role("rowheader").first).to_have_text("Kreis")
    expect(dialog.get_by_role("radio")).to_have_count(2)


def test_classes_without_a_tag_are_why_nothing_is_shown(sample: Page, tmp_path: Path) -> None:
    dialog = added(sample, golden_file("ultralytics-v8-detect", tmp_path))
    dialog.get_by_role("button", name="Test on this image").click()
    said = re.compile(r"\d+ found, 0 shown above 0\.50, [1-9]\d* of classes without a tag\.")
    expect(dialog.get_by_text(said)).to_be_visible(timeout=READS_WITHIN)
    sample.keyboard.press("Escape")
    expect(sample.get_by_text("Tags are missing: see Model Settings")).to_be_visible()


def test_ways_to_read_a_model_say_in_what_they_differ(sample: Page, tmp_path: Path) -> None:
    dialog = bring(sample, golden_file("semantic-one-class", tmp_path))
    expect(ways(dialog)).to_have_count(2)
    expect(ways(dialog).nth(0)).to_contain_text("less ImageNet's mean")
    expect(ways(dialog).nth(1)).to_contain_text("from 0 to 1")
    expect(dialog.get_by_text("semantic-one-class.onnx can be read in 2 ways")).to_be_focused()
    expect(dialog.get_by_role("progressbar", name="Adding the model")).to_be_hidden()
    expect(ways(dialog).get_by_text(re.compile(r"\d ms\.$"))).to_have_count(2, timeout=READS_WITHIN)
    assert findings(sample, "ways to read a model") == []
    dialog.get_by_role("button", name="Do not add it").click()
    expect(dialog.get_by_text("semantic-one-class.onnx was not added")).to_be_visible()
    expect(dialog.get_by_role("button", name="Add model file")).to_be_focused()
    expect(dialog.get_by_role("radio")).to_have_count(1)


def test_another_model_waits_until_a_way_is_chosen(sample: Page, tmp_path: Path) -> None:
    dialog = bring(sample, golden_file("semantic-one-class", tmp_path))
    first = ways(dialog).first
    drop_on(dialog, golden_file("ultralytics-v8-detect", tmp_path))
    expect(dialog.get_by_role("alert").filter(has_text="one model after the other")).to_be_visible()
    first.get_by_role("button").click()
    expect(dialog.get_by_role("radio", name="semantic-one-class v2")).to_be_checked()
    expect(dialog.get_by_role("alert").filter(has_text="one model")).to_have_count(0)
    expect(dialog.get_by_role("radio")).to_have_count(2)


def test_who_leaves_the_project_does_not_choose(sample: Page, tmp_path: Path) -> None:
    dialog = bring(sample, golden_file("semantic-one-class", tmp_path))
    expect(ways(dialog)).to_have_count(2)
    leave(sample)
    dialog = settings(open_newest(sample))
    expect(dialog.get_by_role("list", name="Ways to read it")).to_have_count(0)
    expect(dialog.get_by_role("radio")).to_have_count(1)
    expect(dialog.get_by_role("radio", name=STARTER)).to_be_checked()
    expect(dialog.get_by_role("button", name="Add model file")).to_be_enabled()
