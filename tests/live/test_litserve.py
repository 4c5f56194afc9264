"""The guide's example for LitServe 0.2.19, asked as Custom without any setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from golden.detection_model import FOUND, HEIGHT, WIDTH, write_model
from live.asking import assert_same, found_by_command_line, found_by_protocol
from live.guide_files import take
from live.preflight import may_ask
from live.running import free_ports, running, server_python
from twoclick.deployments.deployment import Deployment
from twoclick.deployments.protocols.custom import PROTOCOL

pytestmark = pytest.mark.live

HERE = Path(__file__).parent / "litserve"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    python = server_python("litserve", requirements=HERE / "server.lock")
    folder = tmp_path_factory.mktemp("litserve")
    take(folder, "detector.py", "litserve/server.py")
    write_model(folder / "best.onnx")
    (port,) = free_ports(1)
    start = [python, "server.py", str(port)]
    with running(start, folder=folder, port=port, ready="/health") as found:
        yield f"{found}/predict"


def test_its_boxes_are_those_of_the_model(address: str) -> None:
    deployment = Deployment(address=address, protocol="custom")
    found = found_by_protocol(PROTOCOL, deployment, width=WIDTH, height=HEIGHT)
    assert_same(found, FOUND)


def test_the_command_line_says_the_same(address: str, tmp_path: Path) -> None:
    found = found_by_command_line(
        address, "--protocol", "custom", folder=tmp_path, width=WIDTH, height=HEIGHT
    )
    assert_same(found, FOUND)


def test_the_page_may_read_its_answers_and_no_other(address: str) -> None:
    assert may_ask(address, "/predict")
    assert not may_ask(address, "/predict", page="http://other.test")
