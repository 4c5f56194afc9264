"""Datature's protocol: what is asked, and what the answers of its servers mean."""

import json
from base64 import b64decode
from typing import Any

import pytest

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BEARER
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.datature import PROTOCOL
from twoclick.models.predictions import Keep
from unit.deployments.talking import PICTURE, answered, deployment, no_masks, talk

# Source: the answer of the local deployment server of PyPI datature 1.12.2 to an image, shortened.
_ROW: dict[str, Any] = {
    "annotationId": 0,
    "confidence": 0.8999999761581421,
    "tag": {"name": "Platelets", "id": 1},
    "bound": [[0.2, 0.1], [0.2, 0.5], [0.6, 0.5], [0.6, 0.1]],
    "boundType": "rectangle",
}
LOCAL_ANSWER = {
    "tags": {"1": {"name": "Platelets", "color": "#9BBF30"}},
    "response": {
        "predictions": [_ROW],
        "avgEntropy": 0.675,
        "avgEntropyForClass": {},
    },
}


def test_the_local_server_is_asked_as_it_wants_it() -> None:
    _, asked = talk(
        PROTOCOL.predict(
            deployment("datature", "http://127.0.0.1:9449/"), PICTURE, open_mask=no_masks
        ),
        [answered(LOCAL_ANSWER)],
    )
    (request,) = asked
    assert (request.method, request.url) == ("POST", "http://127.0.0.1:9449/predict")
    assert request.credential is None
    body = json.loads(request.body)
    assert b64decode(body.pop("data")) == PICTURE.content
    assert body == {
        "encoding": "base64",
        "mimeType": "image/jpeg",
        "responseFormat": "rectangle",
    }


@pytest.mark.parametrize(("server", "kind"), [("cloud", "base64"), ("older", "base_64")])
def test_the_cloud_gets_the_credential(server: str, kind: str) -> None:
    cloud = deployment("datature", settings={"server": server})
    _, asked = talk(
        PROTOCOL.predict(cloud, PICTURE, open_mask=no_masks), [answered({"predictions": []})]
    )
    assert json.loads(asked[0].body)["image_type"] == kind
    assert asked[0].credential == BEARER


def test_a_box_is_where_its_shares_say() -> None:
    answer, _ = talk(
        PROTOCOL.predict(deployment("datature"), PICTURE, open_mask=no_masks),
        [answered(LOCAL_ANSWER)],
    )
    raw, labels = predictions_of(
        answer, PICTURE, width=1280, height=960, keep=Keep(floor=0.05, overlap=0.9)
    )
    assert labels == ("Platelets",)
    assert raw.boxes.tolist() == [pytest.approx([256, 96, 768, 480])]
    assert raw.scores.tolist() == [pytest.approx(0.9)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"confidence": "high"}, "confidence should be a number, but is a text"),
        ({"confidence": 90}, "score from 0 to 1"),
        ({"bound": [[0.2, None]]}, "bound[0][1] should be a number, but is null"),
        ({"bound": None}, "bound should be a list"),
        ({"tag": {}}, "tag has no “name”"),
    ],
)
def test_what_is_not_of_the_protocol_is_named(change: dict[str, Any], says: str) -> None:
    row = {**_ROW, **change}
    with pytest.raises(DeploymentError, match="not what this protocol says") as caught:
        talk(
            PROTOCOL.predict(deployment("datature"), PICTURE, open_mask=no_masks),
            [answered({"response": {"predictions": [row]}})],
        )
    assert says in str(caught.value)


def test_the_local_server_is_recognised_by_its_ping() -> None:
    finding, asked = talk(
        PROTOCOL.probe(deployment("", "http://127.0.0.1:9449")), [answered({"status": "ok"})]
    )
    assert finding is not None
    assert finding.settings == {"server": "local"}
    assert asked[0].url == "http://127.0.0.1:9449/datature-local-deployment-ping"


def test_another_server_is_not() -> None:
    page = answered(b"<!doctype html>", media_type="text/html")
    assert talk(PROTOCOL.probe(deployment("")), [page])[0] is None


def test_an_error_that_comes_as_a_success_is_one() -> None:
    with pytest.raises(DeploymentError, match="no weights") as caught:
        talk(
            PROTOCOL.predict(deployment("datature"), PICTURE, open_mask=no_masks),
            [answered({"error": "no weights"})],
        )
    assert caught.value.code == "server-failed"
