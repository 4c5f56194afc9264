"""Pages are deterministic, and their truth boxes are exactly what was drawn."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from twoclick_build.sample_pages import DrawnPage, draw_page
from twoclick_build.sample_pages.blocks import Kind
from twoclick_build.sample_pages.project import PAGES
from twoclick_build.sample_pages.scan import ink_of

FONTS = Path(__file__).parents[3] / "node_modules/@expo-google-fonts"
SEEDS = range(1, PAGES + 1)

_SCANNED_INK = 90
"""Darkness that only ink has on a toned, grainy page."""


@lru_cache(maxsize=PAGES)
def page_of(seed: int) -> DrawnPage:
    return draw_page(seed=seed, fonts=FONTS)


def darkest(ink: Image.Image) -> int:
    return max(level for level, count in enumerate(ink.histogram()) if count)


def ink_outside(page: DrawnPage, *, margin: int) -> Image.Image:
    """The page's darkness with every truth box, grown by `margin` pixels, wiped out."""
    ink = ink_of(page.image)
    for _, (x0, y0, x1, y1) in page.truth:
        ink.paste(0, (x0 - margin, y0 - margin, x1 + margin, y1 + margin))
    return ink


@pytest.mark.parametrize("seed", [1, 8])
def test_the_same_seed_gives_the_same_page(seed: int) -> None:
    again = draw_page(seed=seed, fonts=FONTS)
    assert again.image.tobytes() == page_of(seed).image.tobytes()
    assert again.truth == page_of(seed).truth


def test_different_seeds_give_different_pages() -> None:
    assert len({page_of(seed).image.tobytes() for seed in SEEDS}) == PAGES


@pytest.mark.parametrize("seed", SEEDS)
def test_every_box_lies_on_the_page_and_has_an_area(seed: int) -> None:
    page = page_of(seed)
    assert page.truth
    for kind, (x0, y0, x1, y1) in page.truth:
        assert 0 <= x0 < x1 <= page.image.width, kind
        assert 0 <= y0 < y1 <= page.image.height, kind
        assert (x1 - x0) * (y1 - y0) >= 100, kind


@pytest.mark.parametrize("seed", SEEDS)
def test_all_ink_lies_in_a_box(seed: int) -> None:
    page = page_of(seed)
    if page.scan.clean:
        assert darkest(ink_outside(page, margin=0)) <= 12
    else:
        assert darkest(ink_outside(page, margin=2)) < _SCANNED_INK


def test_every_box_of_a_clean_page_is_tight() -> None:
    """Each side of a box touches ink."""
    for page in (page_of(seed) for seed in SEEDS if page_of(seed).scan.clean):
        ink = ink_of(page.image).point(lambda level: 255 * (level > 12))
        for kind, box in page.truth:
            assert ink.crop(box).getbbox() == (0, 0, box[2] - box[0], box[3] - box[1]), kind


def test_a_tilted_box_follows_its_ink() -> None:
    """On a scanned page the dark strokes of text within a box nearly fill it."""
    tilted = next(page_of(seed) for seed in SEEDS if abs(page_of(seed).scan.angle) > 0.3)
    ink = ink_of(tilted.image).point(lambda level: 255 * (level > _SCANNED_INK))
    for kind, box in tilted.truth:
        if kind in (Kind.TEXT, Kind.TITLE, Kind.REFERENCE):
            x0, y0, x1, y1 = ink.crop(box).getbbox() or (0, 0, 0, 0)
            width, height = box[2] - box[0], box[3] - box[1]
            assert max(x0, y0, width - x1, height - y1) <= 3, kind


def test_boxes_of_blocks_do_not_overlap_on_straight_pages() -> None:
    for page in (page_of(seed) for seed in SEEDS):
        if page.scan.angle:
            continue
        drawn = Image.new("L", page.image.size, 0)
        for kind, box in page.truth:
            assert drawn.crop(box).getbbox() is None, kind
            drawn.paste(255, box)


def test_every_kind_appears_in_the_sample() -> None:
    counts = Counter(kind for seed in SEEDS for kind, _ in page_of(seed).truth)
    assert set(counts) == set(Kind)
    assert min(counts.values()) >= 4


def test_clean_and_scanned_pages_both_occur() -> None:
    scans = [page_of(seed).scan for seed in SEEDS]
    assert 4 <= sum(scan.clean for scan in scans) <= PAGES - 4


def test_a_scanned_page_differs_from_white_paper() -> None:
    scanned = next(page_of(seed) for seed in SEEDS if not page_of(seed).scan.clean)
    corner = scanned.image.crop((0, 0, 40, 40))
    white = Image.new("RGB", corner.size, (255, 255, 255))
    assert ImageChops.difference(corner, white).getbbox() is not None


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="resource"):
        draw_page(seed=1, fonts=tmp_path)
