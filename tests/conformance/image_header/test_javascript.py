"""What the page reads in the headers of image files is what Pillow wrote there."""

import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

READ_HEADERS = Path(__file__).with_name("read_headers.mjs")
WIDTH, HEIGHT = 61, 40
PICTURE = Image.fromarray(
    np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
)
KINDS: dict[str, dict[str, Any]] = {
    "baseline.jpg": {},
    "progressive.jpg": {"progressive": True},
    "plain.png": {},
    "lossy.webp": {},
    "lossless.webp": {"lossless": True},
    "plain.gif": {},
    "plain.bmp": {},
    "plain.avif": {},
}
TURNED = ("baseline.jpg", "plain.png", "lossy.webp", "lossless.webp")


def written(picture: Image.Image, name: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, Image.registered_extensions()[Path(name).suffix], **options)
    return file.getvalue()


def exif_of(orientation: int, *, order: str = "<") -> bytes:
    exif = Image.Exif()
    exif.endian = order
    exif[ExifTags.Base.Orientation] = orientation
    return exif.tobytes()


def said_of(folder: Path, files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """What the page says of each file."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    node = os.environ.get("TWOCLICK_NODE", "node")
    command = [node, str(READ_HEADERS), *(str(folder / name) for name in files)]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return dict(zip(files, json.loads(run.stdout), strict=True))


def test_kind_size_and_depth(tmp_path: Path) -> None:
    files = {name: written(PICTURE, name, **options) for name, options in KINDS.items()}
    for name, said in said_of(tmp_path, files).items():
        kind = {".jpg": "jpeg"}.get(Path(name).suffix, Path(name).suffix[1:])
        assert said["kind"] == kind, name
        assert (said["width"], said["height"]) == (WIDTH, HEIGHT), name
        assert said["depth"] == 8, name
        assert said["isWhole"], name
        assert said["orientation"] == 1, name


def test_sixteen_bits_a_sample_are_seen_in_the_header(tmp_path: Path) -> None:
    deep = Image.fromarray(np.arange(WIDTH * HEIGHT, dtype=np.uint16).reshape(HEIGHT, WIDTH))
    (said,) = said_of(tmp_path, {"deep.png": written(deep, "deep.png")}).values()
    assert said["depth"] == 16


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("name", TURNED)
def test_orientation_is_read_and_taken_out(name: str, order: str, tmp_path: Path) -> None:
    files = {
        f"{value}-{name}": written(
            PICTURE, name, exif=exif_of(value, order=order), **KINDS.get(name, {})
        )
        for value in range(1, 9)
    }
    for value, said in enumerate(said_of(tmp_path, files).values(), start=1):
        assert said["orientation"] == value
        if value == 1:
            assert said["upright"] is None
            continue
        with Image.open(io.BytesIO(bytes(said["upright"]))) as without:
            with Image.open(io.BytesIO(files[f"{value}-{name}"])) as stated:
                np.testing.assert_array_equal(np.asarray(without), np.asarray(stated))
            assert ImageOps.exif_transpose(without).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("name", [name for name in KINDS if not name.endswith(".gif")])
def test_a_file_whose_end_is_missing_is_not_whole(name: str, tmp_path: Path) -> None:
    content = written(PICTURE, name, **KINDS[name])
    files = {f"{share}-{name}": content[: len(content) * share // 100] for share in (50, 90)}
    for said in said_of(tmp_path, files).values():
        assert not said["isWhole"]


def test_the_end_of_a_preview_is_not_the_end_of_the_image(tmp_path: Path) -> None:
    preview = written(PICTURE.resize((16, 12)), "preview.jpg")
    block = b"\xff\xe2" + (len(preview) + 2).to_bytes(2, "big") + preview
    content = written(PICTURE, "photo.jpg")
    with_preview = content[:2] + block + content[2:]
    said = said_of(tmp_path, {"whole.jpg": with_preview, "cut.jpg": with_preview[:-300]})
    assert (said["whole.jpg"]["width"], said["whole.jpg"]["isWhole"]) == (WIDTH, True)
    assert not said["cut.jpg"]["isWhole"]


def test_what_is_no_image_is_known_by_its_content(tmp_path: Path) -> None:
    files = {
        "photo.jpg": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "clip.png": b"\0\0\0\x18ftypisom\0\0\0\0isomavc1",
        "scan.tif": b"%PDF-1.7",
        "shot.nef": b"MM\0*\0\0\0\x08",
        "page.tif": b"MM\0*\0\0\0\x08",
        "drawing.svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "slice.dcm": bytes(128) + b"DICM",
        "images.zip": b"PK\x03\x04",
        "words.jpg": b"Dear diary",
        "nothing.jpg": b"",
    }
    kinds = [said["kind"] for said in said_of(tmp_path, files).values()]
    assert kinds == [
        "heic",
        "video",
        "pdf",
        "raw",
        "tiff",
        "svg",
        "dicom",
        "archive",
        None,
        None,
    ]
