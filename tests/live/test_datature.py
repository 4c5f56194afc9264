"""The guide's example for Datature's local deployment server, of PyPI datature 1.12.2.

It wants a numpy that has releases for Python 3.11 and 3.12 only.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from live.asking import assert_same, found_by_command_line, found_by_protocol
from live.carrying import carried
from live.preflight import may_ask
from live.servers import datature_server
from twoclick.deployments.catalog import recognised_protocol
from twoclick.deployments.deployment import Deployment
from twoclick.deployments.protocols.datature import PROTOCOL

pytestmark = pytest.mark.live

WIDTH, HEIGHT = 200, 120

ROWS = [[0.1, 0.2, 0.5, 0.6, 0.9, 1, 1], [0.3, 0.4, 0.9, 0.8, 0.75, 2, 1], [0] * 7]
"""What the model finds on every image: y0, x0, y1, x1 as shares, score, class, and whether it is
anything."""

FOUND = [("Red", 0.9, [40, 12, 120, 60]), ("Green", 0.75, [80, 36, 160, 108])]
"""The same as classes, scores and boxes on the image."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server with one model, its home folder a temporary one."""
    home = tmp_path_factory.mktemp("datature")
    with datature_server(home, rows=ROWS, names=("Red", "Green")) as found:
        yield found


def test_it_is_recognised_and_ready(address: str) -> None:
    deployment = Deployment(address=address, protocol="datature")
    recognised = carried(recognised_protocol(deployment))
    assert recognised is not None
    assert recognised[0] is PROTOCOL
    assert recognised[1].settings == {"server": "local"}
    assert carried(PROTOCOL.health(deployment)).ready


def test_its_boxes_are_those_of_the_model(address: str) -> None:
    deployment = Deployment(address=address, protocol="datature")
    found = found_by_protocol(PROTOCOL, deployment, width=WIDTH, height=HEIGHT)
    assert_same(found, FOUND)


def test_the_command_line_says_the_same(address: str, tmp_path: Path) -> None:
    assert_same(found_by_command_line(address, folder=tmp_path, width=WIDTH, height=HEIGHT), FOUND)


def test_the_page_may_read_its_answers_and_no_other(address: str) -> None:
    assert may_ask(address, "/predict")
    assert not may_ask(address, "/predict", page="http://other.test")
