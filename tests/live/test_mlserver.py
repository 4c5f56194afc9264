"""The guide's example for MLServer 1.7.1, which takes tensors as JSON only.

Its releases are for Python 3.9 to 3.12, and its worker processes need uvloop before 0.22.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from live.carrying import carried
from live.preflight import may_ask
from live.servers import mlserver
from live.tensor_model import native_answers, picture_tensor, plan_for, write_model
from twoclick.deployments.catalog import recognised_protocol
from twoclick.deployments.deployment import Deployment
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.protocols.open_inference import PROTOCOL

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mlserver")


@pytest.fixture(scope="module")
def model(folder: Path) -> Path:
    return write_model(folder / "pages.onnx")


@pytest.fixture(scope="module", params=[0, 2], ids=["one process", "two workers"])
def address(folder: Path, model: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    with mlserver(folder, model, workers=request.param) as found:
        yield found


def deployment(address: str, **settings: str) -> Deployment:
    return Deployment(
        address=address, protocol=PROTOCOL.name, settings={"model": "pages", **settings}
    )


def test_the_server_is_recognised_with_its_model(address: str) -> None:
    found = carried(recognised_protocol(Deployment(address=address, protocol="")))
    assert found is not None
    protocol, finding = found
    assert protocol is PROTOCOL
    assert finding.settings == {"transport": "json", "model": "pages"}


def test_the_model_is_ready_and_described(address: str) -> None:
    assert carried(PROTOCOL.health(deployment(address))).ready
    assert not carried(PROTOCOL.health(deployment(address, model="other"))).ready
    told = carried(PROTOCOL.describe(deployment(address)))
    assert [str(one) for one in told.inputs] == ["images float32 (1, 3, 16, 24)"]
    assert [str(one) for one in told.outputs] == [
        "output0 float32 (1, 3, 16, 24)",
        "kinds int64 (1, 1, 16, 24)",
        "there bool (1, 3, 16, 24)",
        "halves float16 (1, 3, 16, 24)",
    ]
    assert told.producer == "onnxruntime"


def test_a_model_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(DeploymentError, match="other") as caught:
        carried(PROTOCOL.describe(deployment(address, model="other")))
    assert caught.value.code == "not-found"


@pytest.mark.parametrize("outputs", [(), ("kinds", "output0")])
def test_tensors_are_those_of_onnxruntime(
    address: str, model: Path, outputs: tuple[str, ...]
) -> None:
    tensor = picture_tensor()
    native = native_answers(model, tensor)
    one = deployment(address, transport="json")
    found = carried(PROTOCOL.infer(one, plan_for(*outputs), tensor))
    assert list(found) == list(outputs or native)
    for name, values in found.items():
        assert values.dtype == native[name].dtype
        assert np.array_equal(values, native[name])


def test_raw_tensors_are_refused_with_the_way_out(address: str) -> None:
    with pytest.raises(DeploymentError, match="set “Tensors are sent” to json"):
        carried(PROTOCOL.infer(deployment(address), plan_for(), picture_tensor()))


def test_the_page_may_read_its_answers_and_no_other(address: str) -> None:
    assert may_ask(address, "/v2/models/pages/infer")
    assert not may_ask(address, "/v2/models/pages/infer", page="http://other.test")
