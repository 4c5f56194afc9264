"""Writes the sample project: its pages, what is on them, and the tags to label them with."""

import hashlib
import io
import json
import shutil
from pathlib import Path

from PIL import Image

from twoclick_build.sample_pages.faces import Faces
from twoclick_build.sample_pages.page import DrawnPage, draw_page

PAGES = 24

TAGS: tuple[tuple[str, str], ...] = (
    ("Text", "#0072b2"),
    ("Title", "#d55e00"),
    ("Figure", "#009e73"),
    ("Figure caption", "#1b9cd8"),
    ("Table", "#b8488c"),
    ("Table caption", "#7b3fa0"),
    ("Header", "#8a6d00"),
    ("Footer", "#7a3b12"),
    ("Reference", "#c2182b"),
    ("Equation", "#0d5c63"),
)
"""Tag names in the order of their keys, with colours after Okabe and Ito, darkened to show on
white paper and never a neutral grey, which is the colour of suggestions."""

_JPEG_QUALITY = 90
_LARGEST_PNG = 450_000
"""Bytes above which a page has photographs, which JPEG packs far better."""


def _png(image: Image.Image) -> bytes:
    """`image` without loss: as grey where it has no colour, as a palette where 256 will do."""
    grey = image.convert("L")
    if grey.convert("RGB").tobytes() == image.tobytes():
        image = grey
    elif image.getcolors(256):
        image = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return written.getvalue()


def file_of(page: DrawnPage, number: int) -> tuple[str, bytes]:
    """Name and bytes of a page: clean ones as PNG; scanned or with photographs as JPEG."""
    if page.scan.clean and len(png := _png(page.image)) <= _LARGEST_PNG:
        return f"page-{number:03}.png", png
    return f"page-{number:03}.jpg", _jpeg(page.image)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_sample(out_dir: Path, *, fonts: Path) -> None:
    """Writes the sample project "Pages" into the existing folder `out_dir`.

    `pages.json` has its name, tags and assets (file, width, height, sha256, bytes); `truth.json`
    has for each file the kind and box (x0, y0, x1, y1 in pixels) of every block; `licences/` has
    the licence of each font on the pages. The same bytes come out each time. `fonts` holds the
    font packages (`node_modules/@expo-google-fonts`); raises OSError if they are not there.
    """
    assets: list[dict[str, object]] = []
    truth: dict[str, list[dict[str, object]]] = {}
    for number in range(1, PAGES + 1):
        page = draw_page(seed=number, fonts=fonts)
        name, data = file_of(page, number)
        (out_dir / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        width, height = page.image.size
        assets.append(
            {"file": name, "width": width, "height": height, "sha256": digest, "bytes": len(data)}
        )
        truth[name] = [{"kind": str(kind), "box": list(box)} for kind, box in page.truth]
    tags = [{"name": name, "color": colour} for name, colour in TAGS]
    _write_json(out_dir / "pages.json", {"name": "Pages", "tags": tags, "assets": assets})
    _write_json(out_dir / "truth.json", truth)
    licences = out_dir / "licences"
    licences.mkdir(exist_ok=True)
    for family, text in Faces(fonts).licences():
        shutil.copyfile(text, licences / f"{family}.txt")
