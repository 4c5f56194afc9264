"""What a server answers is read, or it is said why it cannot be."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import HttpResponse
from twoclick.deployments.reading import (
    check_status,
    json_of,
    json_or_none,
    list_of,
    member,
    number_of,
    object_of,
    points_of,
    score_of,
    server_says,
    shortened,
    text_of,
    type_of,
)
from unit.deployments.talking import refusal_of

HTML = b"<!DOCTYPE html>\n<html><body>Sign in</body></html>"


def response(
    body: bytes, *, status: int = 200, media_type: str = "application/json"
) -> HttpResponse:
    return HttpResponse(status=status, headers={"content-type": media_type}, body=body)


def refusal(
    body: bytes, *, status: int = 200, media_type: str = "application/json"
) -> DeploymentError:
    with pytest.raises(DeploymentError) as caught:
        json_of(response(body, status=status, media_type=media_type))
    assert json_or_none(response(body, status=status, media_type=media_type)) is None
    return caught.value


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (301, "redirected", "not followed"),
        (308, "redirected", "not followed"),
        (400, "refused", "refused the question (400)"),
        (401, "unauthorised", "wants a credential"),
        (403, "forbidden", "may not use"),
        (404, "not-found", "nothing at this address (404)"),
        (405, "not-allowed", "does not take what this protocol sends"),
        (410, "not-found", "nothing at this address (410)"),
        (413, "too-large", "too large"),
        (415, "refused", "(415)"),
        (422, "refused", "(422)"),
        (429, "rate-limited", "fewer questions"),
        (500, "server-failed", "failed (500)"),
        (503, "server-failed", "failed (503)"),
    ],
)
def test_each_status_has_its_message(status: int, code: str, says: str) -> None:
    error = refusal(b'{"error": "this is why"}', status=status)
    assert error.code == code
    assert says in str(error)
    if code != "redirected":
        assert "The server says: this is why" in str(error)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_what_succeeded_is_no_failure(status: int) -> None:
    check_status(response(b"", status=status))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"detail": [{"loc": ["body"], "msg": "field required"}]}', "field required"),
        (b'{"error": {"code": 3, "message": "no model"}}', "no model"),
        (b'{"message": "", "reason": "none"}', "none"),
        (b'"a text"', "a text"),
        (b"[]", ""),
        (b"17", ""),
        (b"Traceback:\n  line 1", "Traceback: line 1"),
        (b"x" * 5000, "x" * 159 + "…"),
        (HTML, ""),
        (b'{"error":' * 200 + b"1" + b"}" * 200, ('{"error":' * 20)[:159] + "…"),
        (b"[" * 100_000, "[" * 159 + "…"),
        (b"\xff\xfe\xfa", "\ufffd\ufffd\ufffd"),
        (b'{"error": "half \\ud800 of it"}', "half ? of it"),
    ],
)
def test_what_the_server_says_is_found(body: bytes, says: str) -> None:
    assert server_says(response(body, status=500)) == says


@pytest.mark.parametrize(
    ("body", "media_type", "says"),
    [
        (HTML, "text/html", "a web page instead of JSON"),
        (HTML, "application/json", "a web page instead of JSON"),
        (b"  <HTML>", "", "a web page instead of JSON"),
        (b"", "application/json", "answered with nothing"),
        (b'{"predictions": [{"x": 1', "application/json", "cut off on the way"),
        (b"OK", "text/plain", "2 bytes of text/plain"),
        (b'{"score": NaN}', "application/json", "NaN is no number of JSON"),
        (b'{"score": -Infinity}', "application/json", "-Infinity is no number of JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "application/json", "is no JSON"),
        (b"\xff\xfe\xfa\x00", "application/json", "is no JSON"),
        (b"1" * 10_000, "application/json", "is no JSON"),
        (b"\x89PNG", "image/png", "of image/png"),
    ],
)
def test_what_is_no_json_is_named(body: bytes, media_type: str, says: str) -> None:
    error = refusal(body, media_type=media_type)
    assert error.code == "not-json"
    assert says in str(error)
    assert len(str(error)) < 500


def test_json_is_read_whatever_the_server_calls_it() -> None:
    assert json_of(response(b'\xef\xbb\xbf{"a": 1}', media_type="text/plain")) == {"a": 1}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "null"),
        (True, "true or false"),
        ("1", "a text"),
        ([], "a list"),
        ({}, "an object"),
        (1.5, "the number 1.5"),
        (10**400, "the number inf"),
        (-(10**400), "the number -inf"),
        (1e999, "the number inf"),
    ],
)
def test_every_value_has_a_name(value: Any, says: str) -> None:
    assert type_of(value) == says


@pytest.mark.parametrize(
    "value", [None, True, "0.5", "", [], {}, math.nan, math.inf, 10**400, 1e999]
)
def test_what_is_no_number_is_named(value: Any) -> None:
    with pytest.raises(DeploymentError, match=r"rows\[3\]\.x should be a number"):
        number_of(value, "rows[3].x")


@pytest.mark.parametrize(
    "text", ["", "high", "nan", "inf", "1e999", "1_0", "0x1", "\uff11", "1 2", "--1"]
)
def test_what_is_no_number_in_a_text_is_named(text: str) -> None:
    with pytest.raises(DeploymentError, match="should be a number"):
        number_of(text, "x", texts=True)


@pytest.mark.parametrize(
    ("text", "number"), [(" 0.93 ", 0.93), ("-1e-3", -0.001), (".5", 0.5), ("2.", 2)]
)
def test_numbers_in_texts_are_read_where_a_protocol_writes_them(text: str, number: float) -> None:
    assert number_of(text, "x", texts=True) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_in_texts_are_those_that_were_written(number: float) -> None:
    assert number_of(repr(number), "x", texts=True) == number


@pytest.mark.parametrize("value", [-0.1, 1.1, 93])
def test_a_score_is_a_share(value: float) -> None:
    with pytest.raises(DeploymentError, match="score from 0 to 1"):
        score_of(value, "score")


def test_rounding_makes_no_other_score() -> None:
    assert score_of(1.0000001, "score") == 1
    assert score_of(-1e-9, "score") == 0


@pytest.mark.parametrize("value", ["", "  ", None, 1.5, True, []])
def test_a_name_is_a_text(value: Any) -> None:
    with pytest.raises(DeploymentError, match="label should be a name"):
        text_of(value, "label")


def test_names_have_no_line_breaks_and_no_halves_of_signs() -> None:
    assert text_of(" a\n b\ud800", "label") == "a b?"
    assert text_of(7, "label") == "7"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "should be a list"),
        ([1, 2, 3], "x and y in turn, but has 3"),
        ([[1]], "a point, x and y, but has 1"),
        ([[1, 2], 3], "points[1] should be a list"),
        ([1, [2]], "points[1] should be a number"),
        ([[1, math.nan]], "points[0][1] should be a number"),
        ([[1, 2]], "2 points or more, but has 1"),
        ([], "2 points or more, but has 0"),
    ],
)
def test_what_are_no_points_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        points_of(value, "points", least=2)
    assert says in str(caught.value)


def test_points_are_pairs_or_in_turn() -> None:
    assert points_of([[1, 2], [3, 4, 0.9]], "p").tolist() == [[1, 2], [3, 4]]
    assert points_of([1, 2, 3, 4], "p").tolist() == [[1, 2], [3, 4]]


def test_members_that_are_missing_are_told_with_those_that_are_there() -> None:
    with pytest.raises(DeploymentError, match="row has no “box” \\(it has: label, score\\)"):
        member({"label": 1, "score": 2}, "box", "row")
    with pytest.raises(DeploymentError, match="it has: nothing"):
        member({}, "box", "row")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_any_value_is_read_or_refused(value: Any) -> None:
    for read in (object_of, list_of, text_of, number_of, score_of, points_of):
        error = refusal_of(lambda read=read: read(value, "it"))
        assert error is None or (error.code == "not-understood" and str(error).encode())


@given(st.binary(max_size=200), st.sampled_from((200, 404, 500)))
def test_any_body_is_read_or_refused(body: bytes, status: int) -> None:
    error = refusal_of(lambda: json_of(response(body, status=status)))
    assert error is None or str(error).encode()
    assert error is not None or status == 200


@given(st.text(st.characters()))
def test_a_line_is_short_and_can_be_stored(text: str) -> None:
    line = shortened(text)
    assert len(line) <= 160
    assert line.encode().decode() == line
    assert line == " ".join(line.split())
