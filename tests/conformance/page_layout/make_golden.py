"""Writes the golden answers of the page-layout model: what the reference implementation says.

    ../.venv/bin/python -m conformance.page_layout.make_golden

run in tests/ after `python3 build.py build`.  rapid-layout comes pinned with hashes from
reference.lock into an environment of its own.  Run it again when the drawn pages change; the
answers of the reference are never edited by hand.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from conformance.page_layout.golden_pages import GoldenImage, golden_images
from golden import page_layout_answers
from twoclick_build.machine.extra_environment import ensure_extra_environment
from twoclick_build.places import checkout_places

HERE = Path(__file__).parent
READ_FROM = 0.04
"""Below the score floor of 0.05: the numbers of cells that score less are never read by anyone, and
are set to zero so that the file is small."""


def main() -> None:
    places = checkout_places()
    model = places.dist / "starter-models" / "page-layout.onnx"
    python = ensure_extra_environment(
        places, name="rapid-layout", requirements=HERE / "reference.lock"
    )
    images = list(golden_images())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [_save(image, folder) for image in images]
        answers = _ask(python, model, files, folder)
        raw = np.load(folder / "answer.npz")
        np.savez_compressed(page_layout_answers.ANSWER, **_without_unread(dict(raw)))
        shutil.copyfile(folder / "resampled.npz", page_layout_answers.RESAMPLED)
    document = {
        **{key: answers[key] for key in ("reference", "confidence", "overlap", "class_names")},
        "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "images": [
            {
                "name": image.name,
                "width": image.pixels.shape[1],
                "height": image.pixels.shape[0],
                "pixels_sha256": image.digest,
                "shapes": answers["images"][file.name],
            }
            for image, file in zip(images, files, strict=True)
        ],
    }
    page_layout_answers.REFERENCE.write_text(
        json.dumps(document, indent=1) + "\n", encoding="utf-8"
    )
    shapes = sum(len(image["shapes"]) for image in document["images"])
    print(f"{shapes} shapes on {len(images)} images by {answers['reference']}")


def _save(image: GoldenImage, folder: Path) -> Path:
    path = folder / f"{image.name.removesuffix('.png')}.png"
    Image.fromarray(image.pixels).save(path)
    return path


def _ask(python: Path, model: Path, images: list[Path], folder: Path) -> dict[str, Any]:
    answered = folder / page_layout_answers.ANSWERED
    command = [python, HERE / "reference.py", model, answered, *images]
    run = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
    answers: dict[str, Any] = json.loads(run.stdout)
    return answers


def _without_unread(outputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs with the numbers that decide nothing set to zero."""
    kept = {}
    scores = {values.shape[1]: values for values in outputs.values() if values.shape[2] != 32}
    for name, values in outputs.items():
        read = scores[values.shape[1]].max(axis=2, keepdims=True) >= READ_FROM
        kept[name] = np.where(read, values, 0).astype(np.float32)
    return kept


if __name__ == "__main__":
    main()
