"""Writes the sample project: its walls, where the text on them is, and the tag to label it with."""

import hashlib
import io
import json
import shutil
from pathlib import Path

from twoclick_build.sample_pages.faces import Faces
from twoclick_build.sample_signs.wall import draw_wall

WALLS = 12

_TAG = {"name": "Text", "color": "#0072b2"}
_JPEG_QUALITY = 88


def write_sample(out_dir: Path, *, fonts: Path) -> None:
    """Writes the sample project "Signs" into the existing folder `out_dir`.

    `signs.json` has its name, tags and assets (file, width, height, sha256, bytes); `truth.json`
    has for each file the text and the ring (x, y in pixels, in turn) of every line of text;
    `licences/` has the licence of each font on the walls. The same bytes come out each time.
    `fonts` holds the font packages (`node_modules/@expo-google-fonts`); raises OSError if they are
    not there.
    """
    assets: list[dict[str, object]] = []
    truth: dict[str, list[dict[str, object]]] = {}
    for number in range(1, WALLS + 1):
        wall = draw_wall(seed=number, fonts=fonts)
        written = io.BytesIO()
        wall.image.save(written, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
        name, data = f"sign-{number:02}.jpg", written.getvalue()
        (out_dir / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        width, height = wall.image.size
        assets.append(
            {"file": name, "width": width, "height": height, "sha256": digest, "bytes": len(data)}
        )
        truth[name] = [
            {"text": text, "ring": [round(part, 1) for point in ring for part in point]}
            for text, ring in wall.truth
        ]
    _write_json(out_dir / "signs.json", {"name": "Signs", "tags": [_TAG], "assets": assets})
    _write_json(out_dir / "truth.json", truth)
    licences = out_dir / "licences"
    licences.mkdir(exist_ok=True)
    for family, text in Faces(fonts).licences():
        shutil.copyfile(text, licences / f"{family}.txt")


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
