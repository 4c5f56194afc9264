"""Every kind of image that is promised is shown as it is, upright, with its own size."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from e2e.images.files import HEIGHT, WIDTH, write, write_pages
from e2e.images.own import go_to, is_upright, names, new_project, report, seen, thumbnail
from e2e.sample import leave
from e2e.stored import records

KINDS: dict[str, dict[str, Any]] = {
    "a.jpg": {},
    "b.png": {},
    "c.webp": {"lossless": True},
    "d.bmp": {},
    "e.gif": {},
    "f.avif": {},
    "g.tif": {"compression": "tiff_lzw"},
}


@pytest.fixture
def page(booted_page: Page) -> Any:
    yield booted_page
    leave(booted_page)


def all_upright(page: Page, expected: list[str]) -> None:
    assert names(page) == expected
    for name in expected:
        go_to(page, name)
        assert is_upright(seen(page, WIDTH, HEIGHT)), name
        assert is_upright(thumbnail(page, name)), name
    for asset in records(page, "assets"):
        assert (asset["width"], asset["height"]) == (WIDTH, HEIGHT), asset["name"]


def test_every_kind(page: Page, tmp_path: Path) -> None:
    files = [
        write(tmp_path / name, mark=mark, **options)
        for mark, (name, options) in enumerate(KINDS.items())
    ]
    new_project(page, files)
    assert not report(page).is_visible()
    all_upright(page, list(KINDS))
    types = [asset["type"].removeprefix("image/") for asset in records(page, "assets")]
    assert sorted(types) == ["avif", "bmp", "gif", "jpeg", "png", "tiff", "webp"]


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif", "tif"])
def test_every_orientation(page: Page, ending: str, tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"held-{value}.{ending}", mark=value, orientation=value)
        for value in range(1, 9)
    ]
    new_project(page, files)
    all_upright(page, [file.name for file in files])


def test_the_name_does_not_decide(page: Page, tmp_path: Path) -> None:
    png = write(tmp_path / "really.png")
    new_project(page, [png.rename(tmp_path / "called.jpg")])
    assert [asset["type"] for asset in records(page, "assets")] == ["image/png"]
    all_upright(page, ["called.jpg"])


def test_each_page_of_a_tiff_is_an_image(page: Page, tmp_path: Path) -> None:
    new_project(page, [write_pages(tmp_path / "scan.tif", 3)])
    all_upright(page, ["scan.tif, page 1", "scan.tif, page 2", "scan.tif, page 3"])
    assert sorted(asset["page"] for asset in records(page, "assets")) == [0, 1, 2]
    assert len({asset["digest"] for asset in records(page, "assets")}) == 1
