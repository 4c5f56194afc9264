"""TorchServe: what is asked, and what the answers of its handlers mean."""

from typing import Any

import pytest

from twoclick.deployments.answer import Answer
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BEARER, HttpResponse
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.torchserve import PROTOCOL
from twoclick.models.outlines import WHOLE_IMAGE
from twoclick.models.predictions import Keep
from unit.deployments.talking import PICTURE, answered, deployment, no_masks, talk

# Source: pytorch/serve examples/object_detector/fast-rcnn/README.md, shortened.
ROWS = [
    {
        "person": [167.4222869873047, 57.03825378417969, 301.305419921875, 436.68682861328125],
        "score": 0.9995299577713013,
    },
    {
        "handbag": [67.37423706054688, 277.63787841796875, 111.6810073852539, 400.26470947265625],
        "score": 0.9925485253334045,
    },
]
# Source: pytorch/serve docs/inference_api.md and frontend/server test resources.
PING = answered({"status": "Healthy"})
NOTHING = answered(
    {
        "code": 404,
        "type": "ResourceNotFoundException",
        "message": "Requested resource is not found",
    },
    status=404,
)
ABOUT = answered({"openapi": "3.0.1", "info": {"title": "TorchServe APIs", "version": "0.12.0"}})


def asked(response: HttpResponse, address: str = "http://ts.test:8080", **settings: str) -> Any:
    one = deployment("torchserve", address, settings=settings or {"model": "fastrcnn"})
    answer, requests = talk(PROTOCOL.predict(one, PICTURE, open_mask=no_masks), [response])
    return answer, requests[0]


def found(value: Any) -> Answer:
    answer: Answer = asked(answered(value))[0]
    return answer


def test_the_bytes_of_the_image_are_sent() -> None:
    _, request = asked(answered(ROWS))
    assert (request.method, request.body) == ("POST", PICTURE.content)
    assert request.url == "http://ts.test:8080/predictions/fastrcnn"
    assert request.headers["Content-Type"] == "image/jpeg"
    assert request.credential == BEARER


@pytest.mark.parametrize(
    ("address", "settings", "url"),
    [
        (
            "http://ts.test/",
            {"model": "a b", "version": "2.0"},
            "http://ts.test/predictions/a%20b/2.0",
        ),
        ("http://ts.test/predictions/a/1.0", {"model": ""}, "http://ts.test/predictions/a/1.0"),
        ("http://ts.test/p/predictions/a", {"model": "b"}, "http://ts.test/p/predictions/b"),
    ],
)
def test_the_address_may_be_that_of_the_model(
    address: str, settings: dict[str, str], url: str
) -> None:
    assert asked(answered(ROWS), address, **settings)[1].url == url


def test_a_model_has_to_be_named() -> None:
    with pytest.raises(DeploymentError, match="Which model of this server"):
        asked(answered(ROWS), version="1")


def test_the_label_is_the_key_of_its_box() -> None:
    keep = Keep(floor=0.05, overlap=0.9)
    raw, labels = predictions_of(found(ROWS), PICTURE, width=1280, height=960, keep=keep)
    assert labels == ("person", "handbag")
    assert raw.boxes[0].tolist() == pytest.approx([2 * one for one in ROWS[0]["person"]])
    assert raw.scores.tolist() == pytest.approx([0.99953, 0.992549], abs=1e-6)


def test_older_handlers_write_boxes_as_texts() -> None:
    (one,) = found([{"person": "[(167.4, 57.0), (301.3, 4.36e2)]"}]).found
    assert (one.label, one.score) == ("person", 1)
    assert one.rings[0].tolist() == [[167.4, 57.0], [301.3, 436]]


def test_a_label_may_be_the_word_score() -> None:
    (one,) = found([{"score": [1, 2, 30, 40]}]).found
    assert (one.label, one.score) == ("score", 1)


@pytest.mark.parametrize(
    ("value", "classes"),
    [
        ({"tiger_cat": 0.469, "tabby": 0.464}, [("tiger_cat", 0.469), ("tabby", 0.464)]),
        ({"class": "n02123045 tabby", "probability": 0.425}, [("n02123045 tabby", 0.425)]),
    ],
)
def test_classes_are_of_the_whole_image(value: Any, classes: Any) -> None:
    answer = found(value)
    assert [(one.label, one.score) for one in answer.found] == classes
    assert {one.kind for one in answer.found} == {WHOLE_IMAGE}


def test_nothing_found_is_an_empty_list() -> None:
    assert found([]).found == ()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ([{"score": 0.5}], "[0] should have one label with a box, but has: score"),
        ([{}], "but has: nothing"),
        ([{"a": [1, 2, 3, 4], "b": [1, 2, 3, 4]}], "one label with a box, but has: a, b"),
        ([{"a": [1, 2, 3], "score": 1}], "[0].a should have x and y in turn"),
        ([{"a": [1, 2, 3, 4, 5, 6], "score": 1}], "should be a box of 4 numbers, but has 6"),
        ([{"a": [1, 2, 3, None], "score": 1}], "[0].a[3] should be a number, but is null"),
        ([{"a": [1, 2, 3, 4], "score": "0.5"}], "[0].score should be a number"),
        ([{"a": [1, 2, 3, 4], "score": 50}], "score from 0 to 1"),
        ([{"a": 1}], "[0].a should be a list, but is the number 1"),
        ([{"score": ""}], "[0].score should be a box, but is a text"),
        ([{"a": "tensor(1)"}], "[0].a should be a box, but is a text: “tensor(1)”"),
        ([[0.1, 0.2]], "[0] should be an object"),
        ({}, "no classes"),
        ({"a": "b"}, "the score of “a” should be a number"),
        (7, "the answer should be an object"),
    ],
)
def test_what_is_not_of_the_protocol_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError, match="not what this protocol says") as caught:
        found(value)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("response", "code", "says"),
    [
        (NOTHING, "not-found", "Requested resource is not found"),
        (answered({"code": 500, "type": "x", "message": "worker died"}), "server-failed", "died"),
        (
            answered({"code": 400, "message": "Token Authorization failed"}, status=401),
            "unauthorised",
            "Token",
        ),
        (answered(b"person 0.9", media_type="text/plain"), "not-json", "no JSON"),
    ],
)
def test_failures_keep_their_reason(response: HttpResponse, code: str, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        asked(response)
    assert caught.value.code == code
    assert says in str(caught.value)


def probed(*responses: HttpResponse, address: str = "http://ts.test:8080") -> Any:
    return talk(PROTOCOL.probe(deployment("", address)), responses)


def test_the_server_is_recognised_by_its_own_words() -> None:
    finding, requests = probed(PING, ABOUT, NOTHING)
    assert finding is not None
    assert finding.certain
    assert [one.url.removeprefix("http://ts.test:8080") for one in requests] == [
        "/ping",
        "/api-description",
        "/models",
    ]


def test_models_are_choices_where_the_server_lists_them() -> None:
    models = answered({"models": [{"modelName": "fastrcnn", "modelUrl": "fastrcnn.mar"}]})
    finding, _ = probed(PING, NOTHING, models)
    assert finding is not None
    assert finding.certain
    assert finding.settings == {"model": "fastrcnn"}
    assert finding.choices == {"model": ("fastrcnn",)}


def test_a_state_alone_is_not_certain() -> None:
    finding, _ = probed(PING, NOTHING, NOTHING)
    assert finding is not None
    assert not finding.certain


@pytest.mark.parametrize(
    "response",
    [answered({"status": "ok"}), answered("pong"), answered(b"Healthy"), NOTHING, answered([])],
)
def test_another_server_is_not(response: HttpResponse) -> None:
    finding, requests = probed(response)
    assert finding is None
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("response", "ready", "says"),
    [
        (PING, True, ""),
        (answered({"status": "Partial Healthy"}), True, "some models are down"),
        (answered({"status": "Unhealthy"}, status=500), False, "/ping: 500"),
        (answered({"message": "no worker"}, status=503), False, "no worker"),
    ],
)
def test_health_is_what_ping_says(response: HttpResponse, ready: bool, says: str) -> None:
    health, _ = talk(PROTOCOL.health(deployment("", "http://ts.test:8080")), [response])
    assert (health.ready, health.says) == (ready, says)
