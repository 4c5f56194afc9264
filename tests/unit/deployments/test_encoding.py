"""Requests hold what was to be sent: read again by other code."""

import json
from base64 import b64decode
from email.parser import BytesParser
from email.policy import HTTP
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.deployments.deployment import Picture, PictureType
from twoclick.deployments.encoding import base64_of, data_url_of, form_post, json_get, json_post
from twoclick.deployments.messages import BEARER

URL = "https://models.test/v1"


def picture(content: bytes, media_type: PictureType = "image/png") -> Picture:
    return Picture(content=content, media_type=media_type, width=2, height=1)


@given(st.binary(max_size=100))
def test_base64_is_read_back(content: bytes) -> None:
    assert b64decode(base64_of(picture(content)), validate=True) == content


@given(st.binary(max_size=100))
def test_a_data_url_is_read_back(content: bytes) -> None:
    with urlopen(data_url_of(picture(content, "image/jpeg"))) as opened:
        assert opened.headers.get_content_type() == "image/jpeg"
        assert opened.read() == content


@given(
    st.binary(max_size=200),
    st.dictionaries(st.sampled_from(("conf", "iou", "size")), st.text("0123456789.é"), max_size=3),
    st.sampled_from(("image/png", "image/jpeg")),
)
def test_a_form_is_read_back(content: bytes, fields: dict[str, str], kind: PictureType) -> None:
    request = form_post(
        URL, picture(content, kind), file_field="file", fields=fields, credential=BEARER
    )
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.body)
    *texts, file = message.iter_parts()
    told = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in texts
    }
    assert told == {name: value.encode() for name, value in fields.items()}
    assert file.get_param("name", header="content-disposition") == "file"
    assert file.get_filename() == ("image.png" if kind == "image/png" else "image.jpg")
    assert file.get_content_type() == kind
    assert request.credential == BEARER


def test_the_bytes_of_a_file_are_as_they_were() -> None:
    content = bytes(range(256)) + b"\r\n--\r\n"
    request = form_post(URL, picture(content), file_field="file", fields={})
    assert request.body.partition(b"\r\n\r\n")[2].startswith(content + b"\r\n--")


def test_json_is_posted_as_it_is() -> None:
    request = json_post(URL, {"a": "ä", "b": [1, None]})
    assert json.loads(request.body) == {"a": "ä", "b": [1, None]}
    assert request.headers["Content-Type"] == "application/json"
    assert (request.method, request.url, request.credential) == ("POST", URL, None)


def test_no_number_is_posted_that_json_has_not() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        json_post(URL, {"threshold": float("nan")})


def test_json_is_asked_for() -> None:
    request = json_get(URL, credential=BEARER)
    assert (request.method, request.headers, request.body) == (
        "GET",
        {"Accept": "application/json"},
        b"",
    )
    assert request.credential == BEARER
