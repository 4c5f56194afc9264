"""Writes the golden answers of the text-regions model: what the reference implementation says.

    ../.venv/bin/python -m conformance.text_regions.make_golden

run in tests/ after `python3 build.py build`.  rapidocr-onnxruntime comes pinned with hashes from
reference.lock into an environment of its own.  Run it again when the drawn walls change; the
answers of the reference are never edited by hand.
"""

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

from conformance.text_regions.golden_images import golden_images
from golden import text_regions_answers
from twoclick_build.machine.extra_environment import ensure_extra_environment
from twoclick_build.places import checkout_places

HERE = Path(__file__).parent


def main() -> None:
    places = checkout_places()
    model = places.dist / "starter-models" / "text-regions.onnx"
    python = ensure_extra_environment(
        places, name="rapidocr-onnxruntime", requirements=HERE / "reference.lock"
    )
    images = list(golden_images())
    with tempfile.TemporaryDirectory() as name:
        files = []
        for image in images:
            files.append(Path(name) / f"{image.name}.png")
            image.wall.image.save(files[-1])
        command = [python, HERE / "reference.py", model, *files]
        run = subprocess.run(command, cwd=name, stdout=subprocess.PIPE, text=True, check=True)
    answers = json.loads(run.stdout)
    document = {
        **{key: answers[key] for key in ("reference", "level", "least_score", "unclip")},
        "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "images": [
            {
                "name": image.name,
                "pixels_sha256": image.digest,
                **answers["images"][file.name],
            }
            for image, file in zip(images, files, strict=True)
        ],
    }
    text = json.dumps(document, separators=(",", ":")).replace('{"name"', '\n{"name"')
    text_regions_answers.REFERENCE.write_text(text + "\n", encoding="utf-8")
    boxes = sum(len(image["boxes"]) for image in document["images"])
    print(f"{boxes} boxes on {len(images)} images by {answers['reference']}")


if __name__ == "__main__":
    main()
