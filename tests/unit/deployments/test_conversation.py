"""Exchanges with servers that are busy, gone or odd: what is tried again, and what is told."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.deployments.carrier_failure import MAY_PASS, CarrierFailure, FailureKind, failure_of
from twoclick.deployments.conversation import LONGEST_WAIT, PAUSES, Conversation, Done, Send
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import Exchange, HttpRequest, HttpResponse
from twoclick.deployments.reading import check_status
from unit.deployments.talking import answered

BUSY = [429, 502, 503, 504]
URL = "http://127.0.0.1:9449/predict"
UNREACHABLE = CarrierFailure(kind="unreachable")


def _exchange(requests: int = 1) -> Exchange[list[int]]:
    """Asks so many things in turn, and tells the statuses."""
    seen = []
    for place in range(requests):
        response = yield HttpRequest(method="POST", url=f"{URL}/{place}", body=bytes([place]))
        seen.append(response.status)
    return seen


def _strict_exchange() -> Exchange[None]:
    check_status((yield HttpRequest(method="GET", url=URL)))


def _nothing_to_ask() -> Exchange[str]:
    return "known"
    yield  # what makes it a generator


def _busy(status: int, **headers: str) -> HttpResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(status=status, headers=names, body=b'{"error": "warming up"}')


def _begun(exchange: Exchange[list[int]], jitter: float = 0.0) -> Conversation[list[int]]:
    conversation = Conversation(exchange, jitter=lambda: jitter)
    assert isinstance(conversation.begin(), Send)
    return conversation


def test_requests_go_out_one_after_the_other() -> None:
    conversation = Conversation(_exchange(2))
    first = conversation.begin()
    assert isinstance(first, Send)
    assert (first.request.url, first.after) == (f"{URL}/0", 0)
    second = conversation.answered(answered({}))
    assert isinstance(second, Send)
    assert (second.request.url, second.after) == (f"{URL}/1", 0)
    assert conversation.answered(answered({}, status=404)) == Done(value=[200, 404])


def test_nothing_to_ask_is_done_at_once() -> None:
    assert Conversation(_nothing_to_ask()).begin() == Done(value="known")


@pytest.mark.parametrize("status", BUSY)
@pytest.mark.parametrize("jitter", [0.0, 1.0])
def test_a_busy_server_is_asked_four_times_and_then_read(status: int, jitter: float) -> None:
    conversation = _begun(_exchange(), jitter)
    for pause in PAUSES:
        again = conversation.answered(_busy(status))
        assert isinstance(again, Send)
        assert again.request.url == f"{URL}/0"
        assert again.after == pause * (1 + jitter / 2)
    assert conversation.answered(_busy(status)) == Done(value=[status])


def test_what_the_busy_server_says_at_last_is_told() -> None:
    conversation = Conversation(_strict_exchange())
    conversation.begin()
    for _ in PAUSES:
        conversation.answered(_busy(503))
    with pytest.raises(DeploymentError, match="warming up") as caught:
        conversation.answered(_busy(503))
    assert caught.value.code == "server-failed"


@pytest.mark.parametrize("status", [200, 400, 401, 404, 408, 413, 500, 501])
def test_other_statuses_are_read_at_once(status: int) -> None:
    assert _begun(_exchange()).answered(_busy(status)) == Done(value=[status])


def test_each_request_has_attempts_of_its_own() -> None:
    conversation = _begun(_exchange(2))
    for _ in PAUSES:
        conversation.answered(_busy(429))
    assert isinstance(conversation.answered(answered({})), Send)
    again = conversation.failed(UNREACHABLE)
    assert isinstance(again, Send)
    assert again.after == PAUSES[0]


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"retry_after": "0"}, 0),
        ({"retry_after": " 7 "}, 7),
        ({"retry_after": "60"}, 60),
        ({"retry_after": "-5"}, PAUSES[0]),
        ({"retry_after": "soon"}, PAUSES[0]),
        ({"retry_after": "1.5"}, PAUSES[0]),
        ({"retry_after": "٣"}, PAUSES[0]),
        ({"retry_after": "Wed, 21 Oct 2026 07:28:09 GMT"}, PAUSES[0]),
        (
            {
                "retry_after": "Wed, 21 Oct 2026 07:28:09 GMT",
                "date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            9,
        ),
        (
            {
                "retry_after": "Wed, 21 Oct 2026 07:28:00 -0000",
                "date": "Wed, 21 Oct 2026 07:28:30 GMT",
            },
            0,
        ),
        (
            {
                "retry_after": "Wed, 99 Oct 2026 07:28:00 GMT",
                "date": "Wed, 21 Oct 2026 07:28:30 GMT",
            },
            PAUSES[0],
        ),
    ],
)
def test_a_wait_that_the_server_wants_is_kept(headers: dict[str, str], after: float) -> None:
    again = _begun(_exchange()).answered(_busy(503, **headers))
    assert isinstance(again, Send)
    assert again.after == after


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("61", "in 61 seconds"),
        ("121", "in 3 minutes"),
        ("7200", "in 2 hours"),
        ("200000", "in 3 days"),
        ("9" * 5000, "in 11,575 days"),
    ],
)
@pytest.mark.parametrize(("status", "code"), [(429, "rate-limited"), (503, "server-failed")])
def test_a_longer_wait_is_told(wanted: str, says: str, status: int, code: str) -> None:
    conversation = _begun(_exchange())
    with pytest.raises(DeploymentError, match=says) as caught:
        conversation.answered(_busy(status, retry_after=wanted))
    assert caught.value.code == code
    assert "http://127.0.0.1:9449 can" in str(caught.value)


def test_a_server_that_was_not_reached_is_asked_once_more() -> None:
    conversation = _begun(_exchange())
    again = conversation.failed(UNREACHABLE)
    assert isinstance(again, Send)
    assert (again.request.url, again.after) == (f"{URL}/0", PAUSES[0])
    with pytest.raises(DeploymentError) as caught:
        conversation.failed(UNREACHABLE)
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize("kind", [one for one in get_args(FailureKind) if one not in MAY_PASS])
def test_other_failures_are_told_at_once(kind: FailureKind) -> None:
    conversation = _begun(_exchange())
    with pytest.raises(DeploymentError, match=r"http://127\.0\.0\.1:9449 .*\(so says it\)") as err:
        conversation.failed(CarrierFailure(kind=kind, detail="so\nsays it"))
    assert err.value.code == kind
    with pytest.raises(RuntimeError):
        conversation.answered(answered({}))


def test_a_browser_names_all_reasons_and_the_way_out() -> None:
    conversation = _begun(_exchange())
    conversation.failed(UNREACHABLE)
    with pytest.raises(DeploymentError) as caught:
        conversation.failed(UNREACHABLE)
    message = str(caught.value)
    for reason in ("does not run", "port", "CORS", "certificate", "network"):
        assert reason in message
    assert "`python3 build.py serve --relay http://127.0.0.1:9449`" in message


def test_what_may_be_wrong_with_a_certificate_is_told_of_https_alone() -> None:
    told = {}
    for scheme in ("http", "https"):
        request = HttpRequest(method="GET", url=f"{scheme}://gpu.lan/x")
        told[scheme] = str(failure_of(CarrierFailure(kind="no-answer"), request))
    assert "certificate" in told["https"]
    assert "certificate" not in told["http"]


def test_a_carrier_that_knows_the_reason_tells_that_alone() -> None:
    refused = CarrierFailure(kind="unreachable", detail="connection refused", is_explained=True)
    conversation = _begun(_exchange())
    conversation.failed(refused)
    with pytest.raises(DeploymentError, match="connection refused") as caught:
        conversation.failed(refused)
    assert "CORS" not in str(caught.value)


def test_nothing_can_be_told_before_it_begins_or_after_it_ended() -> None:
    conversation = Conversation(_exchange())
    with pytest.raises(RuntimeError):
        conversation.answered(answered({}))
    conversation.begin()
    conversation.answered(answered({}))
    with pytest.raises(RuntimeError):
        conversation.failed(UNREACHABLE)


def _outcomes() -> st.SearchStrategy[HttpResponse | CarrierFailure]:
    responses = st.builds(
        HttpResponse,
        status=st.one_of(st.sampled_from([*BUSY, 200]), st.integers(100, 599)),
        headers=st.dictionaries(st.sampled_from(["retry-after", "date"]), st.text(max_size=40))
        | st.builds(lambda wait: {"retry-after": str(wait)}, st.integers(0, 100)),
        body=st.binary(max_size=8),
    )
    return responses | st.builds(
        CarrierFailure, kind=st.sampled_from(get_args(FailureKind)), detail=st.text(max_size=20)
    )


@given(st.data(), st.integers(0, 3), st.floats(0, 1))
def test_whatever_comes_each_request_is_sent_four_times_at_most_and_then_it_ends(
    data: st.DataObject, requests: int, jitter: float
) -> None:
    conversation = Conversation(_exchange(requests), jitter=lambda: jitter)
    sent: list[HttpRequest] = []
    told = "http://127.0.0.1:9449 is done"
    try:
        step = conversation.begin()
        while isinstance(step, Send):
            assert 0 <= step.after <= LONGEST_WAIT
            assert step.after == 0 or step.request == sent[-1]
            sent.append(step.request)
            outcome = data.draw(_outcomes())
            step = (
                conversation.answered(outcome)
                if isinstance(outcome, HttpResponse)
                else conversation.failed(outcome)
            )
        assert len(step.value) == requests
    except DeploymentError as error:
        told = str(error)
    assert told.startswith("http://127.0.0.1:9449 ")
    urls = [one.url for one in sent]
    assert urls == sorted(urls)
    assert all(urls.count(url) <= 1 + len(PAUSES) for url in urls)
