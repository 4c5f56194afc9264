"""A plan means the same to the page's image thread, in JavaScript, as to CPython."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from twoclick.models.input_tensor import input_tensor
from twoclick.models.plan import Plan

EXECUTE = Path(__file__).with_name("execute_plan.mjs")


@pytest.mark.parametrize("channels", ["RGB", "BGR"])
@pytest.mark.parametrize(("width", "height"), [(124, 176), (40, 30), (61, 80), (300, 1), (1, 1)])
def test_both_make_the_same_tensor(width, height, channels, tmp_path):
    plan = Plan(
        input_name="image",
        width=61,
        height=80,
        fit="stretch",
        filter="bilinear",
        channels=channels,
        scale=1 / 255,
        mean=(0.485, 0.456, 0.406),
        std=(0.229, 0.224, 0.225),
        layout="NCHW",
        dtype="float32",
    )
    pixels = np.random.default_rng(width).integers(0, 256, (height, width, 3), dtype=np.uint8)
    ours = input_tensor(plan, pixels)
    np.testing.assert_array_equal(_by_javascript(plan, pixels, tmp_path), ours)


def _by_javascript(plan, pixels, folder):
    plan_file = folder / "plan.json"
    plan_file.write_text(json.dumps(plan.to_json()), encoding="utf-8")
    rgba = np.dstack((pixels, np.full(pixels.shape[:2], 255, dtype=np.uint8)))
    height, width = pixels.shape[:2]
    node = os.environ.get("TWOCLICK_NODE", "node")
    command = [node, str(EXECUTE), str(plan_file), str(width), str(height)]
    run = subprocess.run(command, input=rgba.tobytes(), stdout=subprocess.PIPE, check=True)
    return np.frombuffer(run.stdout, dtype="<f4").reshape(1, 3, plan.height, plan.width)
