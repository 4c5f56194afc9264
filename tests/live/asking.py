"""Questions to a deployment as the page and the command line ask them, and what comes back on the
image."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from live.carrying import carried
from twoclick.adapters.pixels import open_mask, sent_picture
from twoclick.deployments.deployment import Deployment, Sending
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocol import PictureProtocol
from twoclick.models.predictions import Keep

Found = Sequence[tuple[str, float, Sequence[float]]]
"""Class, score and box: x0, y0, x1, y1 in pixels of the image."""


def found_by_protocol(
    protocol: PictureProtocol, deployment: Deployment, *, width: int, height: int
) -> Found:
    """What is found on a grey image that is sent at half its size."""
    image = np.full((height, width, 3), 127, dtype=np.uint8)
    picture = sent_picture(image, Sending(longest=max(width, height) // 2), name="grey")
    answer = carried(protocol.predict(deployment, picture, open_mask=open_mask))
    keep = Keep(floor=0.05, overlap=0.9)
    raw, labels = predictions_of(answer, picture, width=width, height=height, keep=keep)
    return [
        (labels[class_id], score, box)
        for class_id, score, box in zip(raw.classes, raw.scores, raw.boxes.tolist(), strict=True)
    ]


def found_by_command_line(
    address: str, *options: str, folder: Path, width: int, height: int
) -> Found:
    """What `twoclick predict` prints for a grey image."""
    path = folder / "grey.png"
    Image.new("RGB", (width, height), "grey").save(path)
    return printed_for(path, address, *options)


def printed_for(image: Path, address: str, *options: str) -> Found:
    """What `twoclick predict` prints for an image."""
    command = [sys.executable, "-m", "twoclick", "predict", address, image, "--json", *options]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "py")}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
    assert run.returncode == 0, run.stderr
    return [
        (one["label"], one["score"], _corners(*one["bbox"]))
        for one in json.loads(run.stdout)["suggestions"]
    ]


def assert_same(found: Found, expected: Found) -> None:
    """Both have the same objects in the same order."""
    assert [label for label, _, _ in found] == [label for label, _, _ in expected]
    for (_, score, box), (_, sure, place) in zip(found, expected, strict=True):
        assert score == pytest.approx(sure, abs=1e-6)
        assert box == pytest.approx(place, abs=1e-4)


def _corners(x: float, y: float, width: float, height: float) -> list[float]:
    return [x, y, x + width, y + height]
