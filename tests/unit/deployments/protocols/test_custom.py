"""The custom protocol: what is asked, as the settings say, and what the answer means then."""

import json
from base64 import b64encode
from typing import Any

import pytest

from twoclick.deployments.catalog import PROTOCOLS
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.mapping import forms
from twoclick.deployments.messages import BASIC, BEARER, CredentialPlace, HttpRequest
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.custom import (
    AS_BODY,
    AS_FORM,
    IN_BASIC,
    IN_HEADER,
    IN_QUERY,
    NO_CREDENTIAL,
    PROTOCOL,
)
from twoclick.models.predictions import Keep
from unit.deployments.talking import PICTURE, answered, deployment, no_masks, talk

ADDRESS = "https://models.test/ask?v=2"
ROW = {"box": [0.2, 0.1, 0.6, 0.5], "label": "cat", "score": 0.9}


def asked_with(settings: dict[str, str]) -> HttpRequest:
    custom = deployment("custom", ADDRESS, settings=settings)
    exchange = PROTOCOL.predict(custom, PICTURE, open_mask=no_masks)
    _, (request,) = talk(exchange, [answered({"predictions": []})])
    return request


def test_it_is_one_of_the_protocols() -> None:
    assert PROTOCOL in PROTOCOLS
    assert len({field.key for field in PROTOCOL.fields}) == len(PROTOCOL.fields)
    for field in PROTOCOL.fields:
        assert field.kind != "choice" or field.default in field.choices


def test_as_json_by_default() -> None:
    request = asked_with({})
    assert (request.method, request.url, request.credential) == ("POST", ADDRESS, BEARER)
    assert json.loads(request.body) == {"image": b64encode(PICTURE.content).decode()}
    assert request.headers["Content-Type"] == "application/json"


def test_the_template_is_filled() -> None:
    template = '{"a": ["{{ data_url }}"], "w": {{width}}, "h": "{{height}}", "x": "\\"{}"}'
    request = asked_with({"template": template})
    data = b64encode(PICTURE.content).decode()
    assert json.loads(request.body) == {
        "a": [f"data:image/jpeg;base64,{data}"],
        "w": 640,
        "h": "480",
        "x": '"{}',
    }


def test_as_a_form() -> None:
    settings = {"send": AS_FORM, "form_file": "img", "form_fields": '{"conf": "0.25"}'}
    request = asked_with(settings)
    assert request.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="conf"\r\n\r\n0.25\r\n' in request.body
    assert b'name="img"; filename="image.jpg"' in request.body
    assert PICTURE.content in request.body


def test_as_the_picture_alone() -> None:
    request = asked_with({"send": AS_BODY})
    assert (request.body, request.headers["Content-Type"]) == (PICTURE.content, "image/jpeg")


def test_headers_of_the_person_count() -> None:
    request = asked_with({"headers": '{"X-Model": "cells", "accept": "text/json"}'})
    assert request.headers["X-Model"] == "cells"
    assert [name for name in request.headers if name.lower() == "accept"] == ["accept"]


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"credential": NO_CREDENTIAL}, None),
        ({"credential": IN_BASIC}, BASIC),
        (
            {"credential": IN_HEADER, "credential_name": "X-API-Key"},
            CredentialPlace(where="header", name="X-API-Key"),
        ),
        (
            {"credential": IN_QUERY, "credential_name": "api_key"},
            CredentialPlace(where="query", name="api_key"),
        ),
    ],
)
def test_the_credential_has_its_place(
    settings: dict[str, str], place: CredentialPlace | None
) -> None:
    assert asked_with(settings).credential == place


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"send": "smoke"}, "“smoke” is none of JSON, form, the picture alone"),
        ({"template": '{"a": 1}'}, "no picture would be sent"),
        ({"template": '{"a": "{{base64}}"'}, "“JSON to send” in Model Settings: it is no JSON"),
        ({"template": '{"a": {{base64}}}'}, "it is no JSON"),
        ({"template": '{"a": "{{base64}} {{token}}"}'}, "there is no {{token}}"),
        ({"headers": "X-Model: a"}, "“Headers” in Model Settings: it is no JSON"),
        ({"headers": '{"X-Model": 1}'}, 'names and texts, as {"name": "text"}'),
        ({"headers": '{"Authorization": "Bearer x"}'}, "looks like a credential"),
        ({"headers": '{"X-Api-Key": "x"}'}, "looks like a credential"),
        ({"headers": '{"Cookie": "x"}'}, "looks like a credential"),
        ({"headers": '{"Content-Length": "1"}'}, "is no header that can be set here"),
        ({"headers": '{"X Y": "1"}'}, "is no header that can be set here"),
        ({"headers": '{"X-Y": "1\\r\\nZ: 2"}'}, "characters that no header can have"),
        ({"credential": IN_HEADER}, "“” is no name of a header"),
        ({"credential": IN_QUERY, "credential_name": "a b"}, "“a b” is no name of a query"),
        ({"send": AS_FORM, "form_file": 'a"b'}, "is no name of a form's field"),
        ({"send": AS_FORM, "form_fields": '{"a\\nb": "1"}'}, "is no name of a form's field"),
        ({"form": "circle"}, "“circle” is none of box: x1 y1 x2 y2"),
        ({"label": "a..b"}, "“Class” in Model Settings: character 3 of “a..b”"),
    ],
)
def test_settings_that_cannot_be_used_are_told_before_anything_is_sent(
    settings: dict[str, str], says: str
) -> None:
    custom = deployment("custom", ADDRESS, settings=settings)
    with pytest.raises(DeploymentError) as caught:
        talk(PROTOCOL.predict(custom, PICTURE, open_mask=no_masks), [])
    assert caught.value.code == "bad-settings"
    assert says in str(caught.value)
    health, _ = talk(PROTOCOL.health(custom), [])
    assert (health.ready, health.says) == (False, str(caught.value))


def test_a_box_is_where_the_mapping_says() -> None:
    custom = deployment("custom", settings={"units": forms.SHARES})
    exchange = PROTOCOL.predict(custom, PICTURE, open_mask=no_masks)
    answer, _ = talk(exchange, [answered({"predictions": [ROW]})])
    raw, labels = predictions_of(
        answer, PICTURE, width=1280, height=960, keep=Keep(floor=0.05, overlap=0.9)
    )
    assert labels == ("cat",)
    assert raw.boxes.tolist() == [pytest.approx([256, 96, 768, 480])]
    assert raw.scores.tolist() == [pytest.approx(0.9)]


@pytest.mark.parametrize(
    ("body", "status", "code", "says"),
    [
        ({"error": {"message": "no model"}}, 200, "not-understood", "The server says: no model"),
        (b"<html>", 200, "not-json", "a web page instead of JSON"),
        (b'{"predictions": [', 200, "not-json", "is no JSON"),
        (b'{"predictions": [{"box": [NaN]}]}', 200, "not-json", "NaN is no number"),
        ({"detail": "bad image"}, 422, "refused", "The server says: bad image"),
    ],
)
def test_an_answer_that_is_none_is_an_error(body: Any, status: int, code: str, says: str) -> None:
    exchange = PROTOCOL.predict(deployment("custom"), PICTURE, open_mask=no_masks)
    with pytest.raises(DeploymentError) as caught:
        talk(exchange, [answered(body, status=status)])
    assert caught.value.code == code
    assert says in str(caught.value)


def test_nothing_is_asked_to_find_out() -> None:
    assert talk(PROTOCOL.probe(deployment("")), []) == (None, [])
    health, asked = talk(PROTOCOL.health(deployment("custom")), [])
    assert (health.ready, asked) == (True, [])
