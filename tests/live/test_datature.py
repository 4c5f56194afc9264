"""Datature's local deployment server, of PyPI datature 1.12.2: asked by the protocol and by the
command line.

It wants a numpy that has releases for Python 3.11 and 3.12 only.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from golden import onnx_writer as write
from live.carrying import carried
from live.running import free_ports, running, server_python
from twoclick.adapters.pixels import open_mask, sent_picture
from twoclick.deployments.catalog import recognised_protocol
from twoclick.deployments.deployment import Deployment, Sending
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.datature import PROTOCOL
from twoclick.models.predictions import Keep

pytestmark = pytest.mark.live

HERE = Path(__file__).parent / "datature"
ARTIFACT = "artifact_tiny"
WIDTH, HEIGHT = 200, 120

ROWS = [[0.1, 0.2, 0.5, 0.6, 0.9, 1, 1], [0.3, 0.4, 0.9, 0.8, 0.75, 2, 1], [0] * 7]
"""What the model finds on every image: y0, x0, y1, x1 as shares, score, class, and whether it is
anything."""

FOUND = [("Red", 0.9, [40, 12, 120, 60]), ("Green", 0.75, [80, 36, 160, 108])]
"""The same as classes, scores and boxes on the image."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server with one model, its home folder a temporary one."""
    python = server_python("datature", requirements=HERE / "server.lock")
    home = tmp_path_factory.mktemp("datature")
    folder = home / ".datature/models" / ARTIFACT
    folder.mkdir(parents=True)
    _write_model(folder / "model.onnx")
    names = ("Red", "Green")
    items = [f'item {{\n  id: {n}\n  name: "{name}"\n}}\n' for n, name in enumerate(names, 1)]
    (folder / "label.txt").write_text("".join(items))
    (port,) = free_ports(1)
    start = ["env", f"HOME={home}", python, HERE / "serve.py", ARTIFACT, str(port), "http://x.test"]
    ready = "/datature-local-deployment-ping"
    with running(start, folder=home, port=port, ready=ready) as found:
        yield found


def _write_model(path: Path) -> None:
    rows = np.array([ROWS], dtype=np.float32)
    node = write.block(1, "stored") + write.block(2, "output") + write.block(4, "Identity")
    path.write_bytes(
        write.model(
            inputs=[write.value_info("input", (1, 64, 64, 3))],
            outputs=[write.value_info("output", rows.shape)],
            nodes=[node],
            initializers=[write.tensor("stored", rows)],
            doc_string="Polybius_v1.bbox",
        )
    )


def test_it_is_recognised_and_ready(address: str) -> None:
    deployment = Deployment(address=address, protocol="datature")
    recognised = carried(recognised_protocol(deployment))
    assert recognised is not None
    assert recognised[0] is PROTOCOL
    assert recognised[1].settings == {"server": "local"}
    assert carried(PROTOCOL.health(deployment)).ready


def test_its_boxes_are_those_of_the_model(address: str) -> None:
    deployment = Deployment(address=address, protocol="datature")
    image = np.full((HEIGHT, WIDTH, 3), 127, dtype=np.uint8)
    picture = sent_picture(image, Sending(longest=100), name="grey")
    assert (picture.width, picture.height) == (100, 60)
    answer = carried(PROTOCOL.predict(deployment, picture, open_mask=open_mask))
    keep = Keep(floor=0.05, overlap=0.9)
    raw, labels = predictions_of(answer, picture, width=WIDTH, height=HEIGHT, keep=keep)
    found = [
        (labels[class_id], score, box)
        for class_id, score, box in zip(raw.classes, raw.scores, raw.boxes.tolist(), strict=True)
    ]
    for (label, score, box), (name, sure, place) in zip(found, FOUND, strict=True):
        assert label == name
        assert score == pytest.approx(sure, abs=1e-6)
        assert box == pytest.approx(place, abs=1e-4)


def test_the_command_line_says_the_same(address: str, tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    Image.new("RGB", (WIDTH, HEIGHT), "grey").save(path)
    asked = [sys.executable, "-m", "twoclick", "predict", address, path, "--json"]
    run = subprocess.run(asked, capture_output=True, text=True, check=False, env=_environ())
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)["suggestions"]
    assert [one["label"] for one in said] == [name for name, _, _ in FOUND]
    for one, (_, _, (x0, y0, x1, y1)) in zip(said, FOUND, strict=True):
        assert one["bbox"] == pytest.approx([x0, y0, x1 - x0, y1 - y0], abs=1e-4)


def _environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "py")}
