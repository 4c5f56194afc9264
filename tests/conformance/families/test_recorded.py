"""The golden cases of model families that recorded.py wrote are whole, and about these scenes."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from conformance.families.scenes import ASKED, scene

GOLDEN = Path(__file__).parents[2] / "golden" / "families"
MAKERS = ("semantic-", "yolo-nas-", "yolov5-", "yolov6-", "yolov7-", "yolox-")
CASES = sorted(one.name for one in GOLDEN.iterdir() if one.name.startswith(MAKERS))


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_every_answer_to_every_scene(case: str) -> None:
    told = json.loads((GOLDEN / case / "case.json").read_text(encoding="utf-8"))
    images = told["images"]
    assert bool(images) != ("refused" in told)
    if not images:
        return
    with np.load(GOLDEN / case / "answers.npz") as answers:
        outputs = [one["name"] for one in told["model"]["outputs"]]
        wanted = {f"{at}/{name}" for at in range(len(images)) for name in outputs}
        assert set(answers.files) == wanted
        assert all(np.isfinite(answers[name]).all() for name in wanted)


def test_the_scenes_are_what_the_models_were_asked_about() -> None:
    drawn = {}
    for seed, width, height in ASKED:
        pixels, _ = scene(seed, width, height)
        drawn[f"scene {seed} {width}x{height}"] = hashlib.sha256(pixels.tobytes()).hexdigest()
    for case in CASES:
        told = json.loads((GOLDEN / case / "case.json").read_text(encoding="utf-8"))
        for image in told["images"]:
            assert drawn[image["name"]] == image["pixels_sha256"], case
