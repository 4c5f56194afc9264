"""The sample project on disk: complete, small, the same bytes each time."""

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image

from twoclick_build.sample_pages import draw_page, write_sample
from twoclick_build.sample_pages.blocks import Kind
from twoclick_build.sample_pages.project import PAGES, file_of

FONTS = Path(__file__).parents[3] / "node_modules/@expo-google-fonts"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write_sample(folder, fonts=FONTS)
    return folder


def test_the_manifest_describes_the_files(sample: Path) -> None:
    manifest = json.loads((sample / "pages.json").read_text(encoding="utf-8"))
    assert manifest["name"] == "Pages"
    assert len(manifest["assets"]) == PAGES
    for asset in manifest["assets"]:
        data = (sample / asset["file"]).read_bytes()
        assert len(data) == asset["bytes"]
        assert hashlib.sha256(data).hexdigest() == asset["sha256"]
        with Image.open(sample / asset["file"]) as image:
            assert image.size == (asset["width"], asset["height"])


def test_the_truth_names_the_same_files_and_known_kinds(sample: Path) -> None:
    manifest = json.loads((sample / "pages.json").read_text(encoding="utf-8"))
    truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))
    assert list(truth) == [asset["file"] for asset in manifest["assets"]]
    assert {block["kind"] for blocks in truth.values() for block in blocks} == set(Kind)


def test_a_png_page_is_the_drawn_page_without_loss(sample: Path) -> None:
    file = next(iter(sorted(sample.glob("*.png"))))
    drawn = draw_page(seed=int(file.stem.removeprefix("page-")), fonts=FONTS)
    with Image.open(file) as image:
        assert image.convert("RGB").tobytes() == drawn.image.tobytes()


def test_both_file_types_occur_and_the_whole_is_small(sample: Path) -> None:
    assert {path.suffix for path in sample.glob("page-*")} == {".png", ".jpg"}
    assert sum(path.stat().st_size for path in sample.glob("page-*")) < 8_000_000


def test_every_kind_has_a_tag_with_its_own_colour(sample: Path) -> None:
    tags = json.loads((sample / "pages.json").read_text(encoding="utf-8"))["tags"]
    assert [tag["name"].lower().replace(" ", "_") for tag in tags] == [str(kind) for kind in Kind]
    assert len({tag["color"] for tag in tags}) == len(tags)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_tag_colours_show_on_paper_and_are_no_grey(sample: Path) -> None:
    for tag in json.loads((sample / "pages.json").read_text(encoding="utf-8"))["tags"]:
        assert 1.05 / (_luminance(tag["color"]) + 0.05) >= 3, tag["name"]
        assert max(_channels(tag["color"])) - min(_channels(tag["color"])) >= 70, tag["name"]


def test_the_licence_of_every_font_comes_along(sample: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (sample / "licences").glob("*.txt")]
    assert len(texts) == 4
    assert all("SIL Open Font License" in text for text in texts)


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_drawing_and_writing_again_gives_the_same_bytes(sample: Path, kind: str) -> None:
    file = max(sample.glob(f"*.{kind}"))
    number = int(file.stem.removeprefix("page-"))
    again = file_of(draw_page(seed=number, fonts=FONTS), number)
    assert again == (file.name, file.read_bytes())
