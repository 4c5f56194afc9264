"""Label files as other tools write them, for images of `e2e.images.files`: written here by hand,
not by Twoclick's own writers."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from e2e.images.files import HEIGHT, WIDTH

CORNERED = (100.5, 50.25, 200.75, 150.5)
"""x, y, x, y of a box."""

TRIANGLE = (300.0, 100.0, 500.0, 120.0, 400.0, 350.0)
"""x, y of three points."""


def coco(
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    classes: Mapping[int | str, str],
    sizes: Mapping[str, tuple[int, int]] | None = None,
) -> str:
    """COCO's annotations: `rows` have {image: place among the names, category_id, bbox or
    segmentation}."""
    size = dict.fromkeys(names, (WIDTH, HEIGHT)) | dict(sizes or {})
    return json.dumps(
        {
            "images": [
                {"id": place, "file_name": name, "width": size[name][0], "height": size[name][1]}
                for place, name in enumerate(names)
            ],
            "categories": [{"id": key, "name": name} for key, name in classes.items()],
            "annotations": [
                {"id": at + 1, "image_id": row["image"], "iscrowd": 0, **_shape(row)}
                for at, row in enumerate(rows)
            ],
        }
    )


def _shape(row: Mapping[str, Any]) -> dict[str, Any]:
    about = {key: value for key, value in row.items() if key != "image"}
    if "box" in about:
        x0, y0, x1, y1 = about.pop("box")
        about |= {"bbox": [x0, y0, x1 - x0, y1 - y0], "area": (x1 - x0) * (y1 - y0)}
    return about


def yolo_line(place: int, box: Sequence[float]) -> str:
    """A box as YOLO writes it: parts of the image's size, to 6 digits."""
    x0, y0, x1, y1 = box
    numbers = ((x0 + x1) / 2 / WIDTH, (y0 + y1) / 2 / HEIGHT, (x1 - x0) / WIDTH, (y1 - y0) / HEIGHT)
    return " ".join([str(place), *(f"{number:.6f}" for number in numbers)])


def write_texts(folder: Path, texts: Mapping[str, str]) -> Path:
    """These files in a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def zip_of(folder: Path, path: Path) -> Path:
    """All files of a folder in a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder.parent))
    return path
