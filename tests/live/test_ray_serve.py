"""The guide's example for Ray Serve 2.60.0, asked as Custom without any setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from golden.detection_model import FOUND, HEIGHT, WIDTH, write_model
from live.asking import assert_same, found_by_command_line, found_by_protocol
from live.guide_files import take
from live.preflight import may_ask
from live.running import free_ports, running, server_python
from twoclick.deployments.deployment import Deployment
from twoclick.deployments.protocols.custom import PROTOCOL

pytestmark = pytest.mark.live

HERE = Path(__file__).parent / "ray_serve"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster of this machine with the configuration of the guide, but for the port."""
    python = server_python("ray-serve", requirements=HERE / "server.lock")
    folder = tmp_path_factory.mktemp("ray")
    take(folder, "detector.py", "ray-serve/app.py", "ray-serve/serve.yaml")
    write_model(folder / "best.onnx")
    (port,) = free_ports(1)
    config = yaml.safe_load((folder / "serve.yaml").read_text(encoding="utf-8"))
    config["http_options"]["port"] = port
    (folder / "serve.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    quiet = ["env", "RAY_USAGE_STATS_ENABLED=0", "RAY_DISABLE_IMPORT_WARNING=1"]
    start = [*quiet, python.with_name("serve"), "run", "serve.yaml"]
    # The proxy is there before the application, which alone has this path.
    with running(start, folder=folder, port=port, ready="/openapi.json") as found:
        yield found


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
    assert may_ask(address, "/")
    assert not may_ask(address, "/", page="http://other.test")
