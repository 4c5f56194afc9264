"""What is wrong with a file is said of that file, with what to do; the others are added."""

import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.images.files import write, write_all, write_giant_png, write_pages, write_part
from e2e.images.own import (
    TAKES_IN_WITHIN,
    add,
    choose,
    create,
    dialog,
    is_upright,
    looked_at,
    names,
    new_project,
    report,
    reported,
    seen,
    taken_in,
)
from e2e.sample import button, leave
from e2e.screens import started
from e2e.stored import records


@pytest.fixture
def page(booted_page: Page) -> Iterator[Page]:
    yield booted_page
    if report(booted_page).is_visible():
        button(booted_page, "Close the report").click()
    leave(booted_page)


def test_each_problem_is_named_with_what_to_do(page: Page, tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.jpg", quality=95)
    png = write(tmp_path / "whole.png")
    pages = write_pages(tmp_path / "whole.tif", 2)
    corrupt = bytearray(png.read_bytes())
    middle = len(corrupt) // 2
    corrupt[middle : middle + 40] = bytes(40)
    contents = {
        "empty.jpg": b"",
        "words.jpg": b"Dear diary",
        "photo.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "shot.nef": b"MM\0*\0\0\0\x08" + bytes(64),
        "paper.pdf": b"%PDF-1.7\n",
        "clip.mp4": b"\0\0\0\x18ftypisom\0\0\0\0isomavc1",
        "corrupt.png": bytes(corrupt),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    cut = [
        write_part(tmp_path / f"cut{share}.jpg", of=whole, share=share / 100) for share in (20, 98)
    ]
    bad = [
        *(tmp_path / name for name in contents),
        *cut,
        write_part(tmp_path / "cut.png", of=png, share=0.5),
        write_part(tmp_path / "cut.tif", of=pages, share=0.6),
        write_giant_png(tmp_path / "giant.png"),
    ]
    new_project(page, [*bad, whole, png, pages])
    assert names(page) == ["whole.jpg", "whole.png", "whole.tif, page 1", "whole.tif, page 2"]
    expect(report(page)).to_contain_text("4 added, 12 not")
    said = {name: text for text, each in reported(page).items() for name in each}
    assert said.keys() == {file.name for file in bad}
    for name, words in {
        "empty.jpg": "empty .0 bytes.. Copy or export it again",
        "words.jpg": "not an image. JPEG, PNG, WebP",
        "photo.heic": "HEIC.*Convert them to JPEG",
        "shot.nef": "Raw camera files.*Export",
        "paper.pdf": "PDF.*Export its pages",
        "clip.mp4": "Videos.*Export the frames",
        "corrupt.png": "damaged.*save it as PNG or JPEG",
        "cut20.jpg": "end of the file is missing. Copy",
        "cut98.jpg": "end of the file is missing. Copy",
        "cut.png": "end of the file is missing. Copy",
        "cut.tif": "damaged or was cut short. Copy",
        "giant.png": "30,000 x 30,000 pixels, more than the 200 million.*Scale it down",
    }.items():
        assert re.search(words, said[name]), (name, said[name])
    assert len(records(page, "assets")) == 4


def test_images_in_a_zip_file_are_added(page: Page, tmp_path: Path) -> None:
    images = [write(tmp_path / name) for name in ("one.png", "two.jpg")]
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    with zipfile.ZipFile(tmp_path / "images.zip", "w") as archive:
        for image in images:
            archive.write(image, image.name)
    new_project(page, [tmp_path / "images.zip", tmp_path / "broken.zip"])
    assert names(page) == ["images.zip/one.png", "images.zip/two.jpg"]
    expect(report(page)).to_contain_text("broken.zip")
    expect(page.get_by_role("dialog", name="Import labels")).to_be_hidden()


def test_of_five_hundred_files_twenty_are_bad(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    good = [f"image-{number}.png" for number in range(1, 481)]
    write_all(folder, good)
    source = folder / "image-1.png"
    for number in range(10):
        (folder / f"empty-{number}.jpg").touch()
        write_part(folder / f"cut-{number}.png", of=source, share=0.5)
    choose(page, "Open folder", folder)
    create(page)
    taken_in(page)
    expect(report(page)).to_contain_text("480 added, 20 not")
    assert sorted(map(len, reported(page).values())) == [10, 10]
    assert [asset["name"] for asset in sorted(records(page, "assets"), key=_ordinal)] == good


def test_the_same_image_is_added_once_and_the_same_name_never_twice(
    page: Page, tmp_path: Path
) -> None:
    write(tmp_path / "a.png", mark=1)
    os.link(tmp_path / "a.png", tmp_path / "b.png")
    new_project(page, [tmp_path / "a.png", tmp_path / "b.png"])
    assert reported(page) == {"Already here.": ["b.png is the same image as a.png"]}
    button(page, "Close the report").click()
    expect(report(page)).to_be_hidden()
    other = write(tmp_path / "other" / "a.png", mark=2)
    add(page, [other, tmp_path / "b.png"])
    expect(report(page)).to_contain_text("1 added, 1 not")
    assert reported(page) == {
        "Already here.": ["b.png is the same image as a.png"],
        "Their names were taken.": ["a.png is now a (2).png"],
    }
    assert names(page) == ["a.png", "a (2).png"]


def test_without_one_good_image_there_is_no_project(page: Page, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    choose(page, "Open images", [tmp_path / "empty.jpg"])
    create(page)
    looked_at(page)
    expect(report(page)).to_contain_text("0 added, 1 not")
    started(page)


def test_what_was_checked_before_cancel_stays(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    write_all(folder, [f"image-{number}.png" for number in range(1, 301)])
    choose(page, "Open folder", folder)
    create(page)
    progress = page.get_by_role("progressbar", name="Adding images")
    expect(progress).to_be_visible()
    expect(page.get_by_role("region", name="Annotator")).to_be_visible(timeout=TAKES_IN_WITHIN)
    report(page).get_by_role("button", name="Cancel").click()
    looked_at(page)
    text = report(page).inner_text()
    added, left = (int(number) for number in re.findall(r"\d+", text)[:2])
    assert added + left == 300
    assert 0 < added < 300
    assets = sorted(records(page, "assets"), key=_ordinal)
    assert [one["name"] for one in assets] == [f"image-{n}.png" for n in range(1, added + 1)]
    assert is_upright(seen(page, 600, 400))


def test_a_dialog_that_is_closed_leaves_nothing(page: Page, tmp_path: Path) -> None:
    choose(page, "Open images", [write(tmp_path / "a.png")])
    dialog(page).get_by_role("button", name="Close").click()
    expect(dialog(page)).to_be_hidden()
    started(page)
    assert not report(page).is_visible()


def _ordinal(asset: dict[str, int]) -> int:
    return asset["ordinal"]
