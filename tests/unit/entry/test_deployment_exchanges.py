"""Exchanges with deployments, step by step, as the page takes them."""

import json
from typing import Any

import numpy as np
import pytest

from twoclick.deployments.errors import DeploymentError
from twoclick.entry.deployment_exchanges import DeploymentExchanges, ExchangeGoneError
from unit.deployments.protocols.test_datature import LOCAL_ANSWER
from unit.deployments.talking import no_masks

DEPLOYMENT = {
    "address": "http://127.0.0.1:9449",
    "protocol": "datature",
    "settings": {"server": "local"},
    "classes": [],
    "mediaType": "image/jpeg",
    "quality": 90,
    "longest": None,
    "timeout": 60,
    "takes": "picture",
}
PREDICT = {
    "exchange": "x",
    "purpose": "predict",
    "deployment": DEPLOYMENT,
    "picture": {"mediaType": "image/jpeg", "width": 640, "height": 480},
    "width": 1280,
    "height": 960,
}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def exchanges() -> DeploymentExchanges:
    return DeploymentExchanges(no_masks)


def answer(exchanges: DeploymentExchanges, body: bytes, *, status: int = 200) -> Any:
    request = {"exchange": "x", "status": status, "headers": JSON}
    return exchanges.answered(request, [body])


def test_every_protocol_is_listed_with_its_fields(exchanges: DeploymentExchanges) -> None:
    (listed, _) = exchanges.list_protocols({}, [])
    first = listed["protocols"][0]
    assert (first["name"], first["takes"], first["hasCredential"]) == ("datature", "picture", True)
    assert first["fields"][0]["key"] == "server"


def test_a_prediction_is_sent_and_read(exchanges: DeploymentExchanges) -> None:
    step, (body,) = exchanges.begin(PREDICT, [b"\xff\xd8"])
    sent = step["send"]
    assert (sent["method"], sent["url"]) == ("POST", "http://127.0.0.1:9449/predict")
    assert sent["after"] == 0
    assert b'"data":"/9g="' in body
    step, columns = answer(exchanges, json_bytes(LOCAL_ANSWER))
    assert step["done"] == {"labels": ["Platelets"], "count": 1, "floor": 0.05, "cap": 300}
    assert len(columns) == 9
    assert np.frombuffer(columns[0]).tolist() == pytest.approx([256, 96, 768, 480])


def test_a_busy_server_is_asked_again_later(exchanges: DeploymentExchanges) -> None:
    _, (body,) = exchanges.begin(PREDICT, [b"\xff\xd8"])
    step, (again,) = answer(exchanges, b"", status=503)
    assert step["send"]["after"] >= 0.5
    assert again == body


def test_a_failure_ends_the_exchange(exchanges: DeploymentExchanges) -> None:
    exchanges.begin(PREDICT, [b"\xff\xd8"])
    with pytest.raises(DeploymentError, match="wants a credential"):
        answer(exchanges, b"", status=401)
    with pytest.raises(ExchangeGoneError):
        answer(exchanges, json_bytes(LOCAL_ANSWER))


def test_what_the_door_refuses_is_told(exchanges: DeploymentExchanges) -> None:
    exchanges.begin(PREDICT, [b"\xff\xd8"])
    refusal = {"exchange": "x", "failure": "not-allowed-origin", "detail": ""}
    with pytest.raises(DeploymentError) as caught:
        exchanges.failed(refusal, [])
    assert caught.value.code == "not-allowed-origin"


def test_one_that_nobody_waits_for_is_forgotten(exchanges: DeploymentExchanges) -> None:
    exchanges.begin(PREDICT, [b"\xff\xd8"])
    exchanges.forget({"exchange": "x"}, [])
    with pytest.raises(ExchangeGoneError):
        answer(exchanges, json_bytes(LOCAL_ANSWER))


def test_health_is_asked_without_an_image(exchanges: DeploymentExchanges) -> None:
    request = {"exchange": "x", "purpose": "health", "deployment": DEPLOYMENT}
    step, (body,) = exchanges.begin(request, [])
    assert (step["send"]["method"], body) == ("GET", b"")
    step, _ = answer(exchanges, b"{}")
    assert step["done"]["ready"]


def test_an_address_with_a_password_is_refused(exchanges: DeploymentExchanges) -> None:
    spec = {**DEPLOYMENT, "address": "http://me:pass@127.0.0.1:9449"}
    with pytest.raises(DeploymentError, match="no address of a deployment") as caught:
        exchanges.begin({**PREDICT, "deployment": spec}, [b""])
    assert "pass@" not in str(caught.value)


def test_an_example_of_any_form_is_guessed_and_explained(exchanges: DeploymentExchanges) -> None:
    spec = {**DEPLOYMENT, "protocol": "custom", "settings": {}}
    step, _ = exchanges.begin({**PREDICT, "purpose": "example", "deployment": spec}, [b"\xff\xd8"])
    assert step["send"]["url"] == DEPLOYMENT["address"]
    found = {"items": [{"name": "cat", "p": 0.9, "bbox": [10, 20, 110, 220]}]}
    step, _ = answer(exchanges, json_bytes(found))
    settings = step["done"]["settings"]
    assert settings["objects"] == "items"
    assert settings["place"] == "bbox"
    (told, _) = exchanges.explain_example({"settings": settings}, [])
    assert told["rows"][0]["value"] == "1 object"
    assert any("cat" in row["value"] for row in told["rows"])


def test_without_an_example_nothing_is_explained(exchanges: DeploymentExchanges) -> None:
    with pytest.raises(ExchangeGoneError):
        exchanges.explain_example({"settings": {}}, [])


def json_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()
