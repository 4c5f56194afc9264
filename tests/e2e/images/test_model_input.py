"""The model gets an image as a person sees it: upright, whatever the browser makes of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Page, expect

from e2e.images.files import TO_STORED
from e2e.images.own import choose, create, dialog, taken_in
from e2e.sample import Found, agree, assisted, found_in_file, found_natively, leave, listed


@pytest.fixture
def page(booted_page: Page) -> Iterator[Page]:
    yield booted_page
    leave(booted_page)


def sample_page(dist: Path, name: str) -> Image.Image:
    (path,) = (dist / "samples/pages").glob(f"{name}.*g")
    return Image.open(path).convert("RGB")


def turned(path: Path, upright: Image.Image) -> Path:
    """The image as a camera held sideways stores it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    upright.transpose(TO_STORED[6]).save(path, exif=exif.tobytes(), lossless=True)
    return path


def in_deep_grey(path: Path, upright: Image.Image) -> Path:
    """The image as grey of 16 bits, in a narrow band of the values."""
    grey = np.asarray(upright.convert("L")).astype(np.uint16)
    Image.fromarray((1000 + 8 * grey).astype(np.uint16)).save(path)
    return path


def suggested(page: Page, file: Path) -> list[Found]:
    """What the starter model suggests on an image of one's own, whose tags are its classes."""
    choose(page, "Open images", [file])
    dialog(page).get_by_role("combobox", name="Model").select_option("Page layout")
    create(page)
    taken_in(page)
    tags = page.get_by_role("list", name="Tags", exact=True).get_by_role("listitem")
    expect(tags).to_have_count(10)
    assisted(page)
    return [replace(one, tag=one.tag.replace("_", " ").capitalize()) for one in listed(page)]


def test_a_turned_image_gives_what_the_upright_one_gives(
    page: Page, dist: Path, tmp_path: Path
) -> None:
    file = turned(tmp_path / "page.webp", sample_page(dist, "page-002"))
    assert agree(suggested(page, file), found_natively(dist, "page-002"))


def test_sixteen_bits_reach_the_model_through_the_auto_window(
    page: Page, dist: Path, tmp_path: Path
) -> None:
    file = in_deep_grey(tmp_path / "page.png", sample_page(dist, "page-002"))
    assert agree(suggested(page, file), found_in_file(dist, file))
