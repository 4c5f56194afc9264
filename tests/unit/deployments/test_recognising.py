"""Which protocol a server is taken for."""

import pytest

from twoclick.deployments import catalog
from twoclick.deployments.conversation import CarrierFailure, Conversation, Done
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import HttpRequest
from twoclick.deployments.protocol import Finding
from unit.deployments.talking import answered, deployment

ELSEWHERE = CarrierFailure(kind="redirected")


class Known:
    """A protocol that is recognised by its own path, or never."""

    def __init__(self, name, *, certain=True):
        self.name = name
        self._finding = Finding(says=name, certain=certain)

    def probe(self, where):
        response = yield HttpRequest(method="GET", url=f"{where.base}/{self.name}")
        return self._finding if response.status == 200 else None


def recognised(outcomes, monkeypatch):
    """What the server is taken for that answers, or does not, at /first, /second and /third."""
    protocols = (Known("first", certain=False), Known("second"), Known("third"))
    monkeypatch.setattr(catalog, "PROTOCOLS", protocols)
    conversation = Conversation(catalog.recognised_protocol(deployment("")))
    step = conversation.begin()
    for outcome in outcomes:
        if isinstance(outcome, CarrierFailure):
            step = conversation.failed(outcome)
        else:
            step = conversation.answered(answered({}, status=outcome))
    assert isinstance(step, Done)
    return step.value and step.value[1].says


@pytest.mark.parametrize(
    ("outcomes", "name"),
    [
        ((200, 200), "second"),
        ((200, 404, 404), "first"),
        ((404, 404, 200), "third"),
        ((404, 500, 404), None),
        ((ELSEWHERE, 200), "second"),
        ((200, ELSEWHERE, 404), "first"),
    ],
)
def test_the_first_that_is_certain_is_taken(outcomes, name, monkeypatch):
    assert recognised(outcomes, monkeypatch) == name


def test_a_server_that_only_sends_elsewhere_says_so(monkeypatch):
    with pytest.raises(DeploymentError) as caught:
        recognised((404, ELSEWHERE, 404), monkeypatch)
    assert caught.value.code == "redirected"


def test_a_server_that_is_gone_is_asked_nothing_more(monkeypatch):
    with pytest.raises(DeploymentError) as caught:
        recognised((404, CarrierFailure(kind="timed-out")), monkeypatch)
    assert caught.value.code == "timed-out"
