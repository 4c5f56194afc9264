"""Requests that really go out, to a server that answers well or badly."""

import gzip
import socket
import ssl
import threading

import httpx
import pytest

from twoclick.adapters.http import Carrier, Secret
from twoclick.adapters.http.reasons import reason_of
from twoclick.deployments.conversation import CarrierFailure
from twoclick.deployments.messages import BASIC, BEARER, CredentialPlace, HttpRequest, HttpResponse
from unit.deployments.serving import Reply, in_turn, said, server_saying

TOKEN = "s3cret:t0ken/+"
SECRET = Secret.of_variable("TOKEN", {"TOKEN": f" {TOKEN}\n"})
HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
KEY = CredentialPlace(where="query", name="api_key")


def carried(reply, *, timeout=5.0, largest=1000, secret=SECRET, **request):
    """What comes of a request to a server that says `reply`, and what the server was asked."""
    asked = {"method": "GET", **request}
    with (
        server_saying(in_turn(reply)) as server,
        Carrier(timeout=timeout, secret=secret, largest=largest) as carrier,
    ):
        url = server.address + asked.pop("path", "/")
        return carrier.carry(HttpRequest(url=url, **asked)), server.asked


def failure(reply, **more):
    outcome, _ = carried(reply, **more)
    assert isinstance(outcome, CarrierFailure)
    assert outcome.is_explained
    return outcome


def test_a_request_arrives_as_it_is():
    outcome, (asked,) = carried(
        said({"found": []}, X_Told="yes"),
        method="POST",
        path="/v2/models/a%20b:predict?x=%2F&y=1",
        headers={"Content-Type": "image/jpeg"},
        body=b"\xff\xd8\x00",
    )
    assert (asked.method, asked.path) == ("POST", "/v2/models/a%20b:predict?x=%2F&y=1")
    assert (asked.headers["content-type"], asked.body) == ("image/jpeg", b"\xff\xd8\x00")
    assert asked.headers["user-agent"] == "Twoclick"
    assert not {"authorization", "cookie", "origin"} & asked.headers.keys()
    assert isinstance(outcome, HttpResponse)
    assert (outcome.status, outcome.body) == (200, b'{"found": []}')
    assert (outcome.media_type, outcome.headers["x-told"]) == ("application/json", "yes")


@pytest.mark.parametrize("status", [204, 304, 401, 404, 418, 429, 500, 503])
def test_every_status_is_a_response(status):
    outcome, _ = carried(Reply(status=status))
    assert isinstance(outcome, HttpResponse)
    assert outcome.status == status


@pytest.mark.parametrize(
    ("place", "header", "value"),
    [
        (BEARER, "authorization", f"Bearer {TOKEN}"),
        (CredentialPlace(where="header", name="X-Api-Key"), "x-api-key", TOKEN),
        (BASIC, "authorization", "Basic czNjcmV0OnQwa2VuLys="),
    ],
)
def test_a_credential_goes_into_its_header(place, header, value):
    _, (asked,) = carried(said({}), credential=place, headers={header.title(): "another"})
    assert asked.headers[header] == value


@pytest.mark.parametrize(("path", "joint"), [("/a", "?"), ("/a?b=c", "&"), ("/a?b=c#d", "&")])
def test_a_credential_goes_into_the_query(path, joint):
    _, (asked,) = carried(said({}), path=path, credential=KEY)
    assert asked.path == f"{path.removesuffix('#d')}{joint}api_key=s3cret%3At0ken%2F%2B"


def test_a_credential_goes_nowhere_without_a_place():
    _, (asked,) = carried(said({}))
    assert "s3cret" not in str(asked)


@pytest.mark.parametrize("told", [TOKEN, "t0ken/+", "czNjcmV0OnQwa2VuLys="])
def test_a_credential_that_is_repeated_is_hidden(told):
    outcome, _ = carried(said({"error": f"{told} is unknown"}, status=401), credential=BEARER)
    assert isinstance(outcome, HttpResponse)
    assert outcome.body == b'{"error": "[credential] is unknown"}'
    assert "s3cret" not in f"{SECRET}{SECRET!r}"


def test_bytes_that_are_no_text_stay_as_they_are():
    reply = Reply(headers={"Content-Type": "application/octet-stream"}, body=TOKEN.encode())
    outcome, _ = carried(reply)
    assert isinstance(outcome, HttpResponse)
    assert outcome.body == TOKEN.encode()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_told_and_not_followed(status):
    reply = Reply(status=status, headers={"Location": "//evil.test/a?api_key=1"})
    outcome = failure(reply)
    assert outcome.kind == "redirected"
    assert outcome.detail == "to http://evil.test/a"


def test_large_answers_are_not_taken():
    small, _ = carried(Reply(body=b"x" * 1000))
    assert isinstance(small, HttpResponse)
    assert failure(Reply(body=b"x" * 1001)).kind == "answer-too-large"
    untold = Reply(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000)
    assert failure(untold).kind == "answer-too-large"


def test_packed_answers_are_unpacked_within_the_limit():
    packed = {"Content-Encoding": "gzip"}
    outcome, _ = carried(Reply(headers=packed, body=gzip.compress(b"x" * 1000)))
    assert isinstance(outcome, HttpResponse)
    assert outcome.body == b"x" * 1000
    bomb = Reply(headers=packed, body=gzip.compress(b"x" * 100_000))
    assert failure(bomb).kind == "answer-too-large"
    assert "damaged" in failure(Reply(headers=packed, body=b"no gzip")).detail


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (HALF, "broke off"),
        (b"", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "broke off"),
        (b"SSH-2.0-server\r\n", "no HTTP"),
    ],
)
def test_who_hangs_up_or_talks_otherwise_is_not_reached(raw, says):
    outcome = failure(Reply(raw=raw))
    assert outcome.kind == "unreachable"
    assert says in outcome.detail


def test_nobody_there_is_told_as_such():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Carrier(timeout=5) as carrier:
        refused = carrier.carry(HttpRequest(method="GET", url=f"http://127.0.0.1:{port}/"))
        unknown = carrier.carry(HttpRequest(method="GET", url="http://nobody.invalid/"))
    assert refused == CarrierFailure(
        kind="unreachable", detail="Connection refused", is_explained=True
    )
    assert isinstance(unknown, CarrierFailure)
    assert unknown.detail == "there is no machine of this name"


def test_https_where_http_is_spoken_is_told():
    with server_saying(in_turn(said({}))) as server, Carrier(timeout=5) as carrier:
        url = server.address.replace("http:", "https:")
        outcome = carrier.carry(HttpRequest(method="GET", url=url))
    assert isinstance(outcome, CarrierFailure)
    assert "does not speak TLS" in outcome.detail


def test_a_certificate_that_is_not_trusted_is_told():
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_message = "self-signed certificate"
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = cause
    assert "not trusted: self-signed certificate; " in reason_of(error)


@pytest.mark.parametrize("said_so_far", [b"", HALF])
def test_silence_is_waited_for_no_longer_than_was_said(said_so_far):
    over = threading.Event()

    def hold(_):
        over.wait(10)
        return Reply(raw=said_so_far)

    with server_saying(hold) as server, Carrier(timeout=0.1) as carrier:
        outcome = carrier.carry(HttpRequest(method="GET", url=server.address))
        over.set()
    assert outcome == CarrierFailure(kind="timed-out", detail="0.1 seconds", is_explained=True)


def test_what_trickles_in_is_waited_for_no_longer_either():
    over = threading.Event()

    def trickle(listener):
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not over.wait(0.02):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener, Carrier(timeout=0.3) as carrier:
        thread = threading.Thread(target=trickle, args=(listener,))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        outcome = carrier.carry(HttpRequest(method="GET", url=url))
        over.set()
        thread.join()
    assert isinstance(outcome, CarrierFailure)
    assert outcome.kind == "timed-out"


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "TOKEN holds no credential"),
        ({"TOKEN": "  "}, "TOKEN holds no credential"),
        ({"TOKEN": "schlüssel"}, "plain ASCII"),
        ({"TOKEN": "two\nlines"}, "plain ASCII"),
    ],
)
def test_a_credential_that_cannot_be_sent_is_refused(environment, says):
    with pytest.raises(Exception, match=says) as caught:
        Secret.of_variable("TOKEN", environment)
    assert "lüssel" not in str(caught.value)
    assert "lines" not in str(caught.value)
