"""Exchanges carried through against a real server that has bad days."""

import pytest

from twoclick.adapters.http import Asking, Carrier
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import HttpRequest
from twoclick.deployments.reading import json_of
from unit.deployments.serving import Reply, in_turn, said, server_saying

HUNG_UP = Reply(raw=b"")
BUSY = said({"detail": "loading"}, status=503)


def question(address):
    return json_of((yield HttpRequest(method="POST", url=address, body=b"?")))


def outcome(*replies):
    """What is answered at last, what was waited for, and how often the server was asked."""
    waits: list[float] = []
    with server_saying(in_turn(*replies)) as server, Carrier(timeout=5) as carrier:
        asking = Asking(carrier=carrier, wait=waits.append)
        return asking.outcome_of(question(server.address)), waits, len(server.asked)


def test_an_answer_is_waited_for_no_longer_than_it_takes():
    assert outcome(said("fine")) == ("fine", [0], 1)


def test_a_busy_server_answers_in_the_end():
    value, waits, asked = outcome(
        BUSY, said({}, status=429, Retry_After="0"), HUNG_UP, said("fine")
    )
    assert (value, asked) == ("fine", 4)
    assert waits[0] == waits[2] == 0
    assert 0.5 <= waits[1] <= 0.75
    assert 2 <= waits[3] <= 3


def test_what_a_busy_server_says_is_told_after_four_questions():
    with pytest.raises(DeploymentError, match=r"failed \(503\)\. The server says: loading"):
        outcome(BUSY)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (HUNG_UP, "unreachable"),
        (said({}, status=500), "server-failed"),
        (Reply(status=302, headers={"Location": "/"}), "redirected"),
        (Reply(body=b'{"half'), "not-json"),
        (said({}, status=429, Retry_After="3600"), "rate-limited"),
    ],
)
def test_what_cannot_be_used_is_an_error(reply, code):
    with pytest.raises(DeploymentError) as caught:
        outcome(reply)
    assert caught.value.code == code
