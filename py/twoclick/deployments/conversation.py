"""An exchange with a deployment, with what is tried again and after how long.

Nothing here waits, has a clock or opens a connection: it says what to send next and how long to
wait before, and is told what came of it.  The page and the command line are the carriers.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from twoclick.deployments.carrier_failure import MAY_PASS, CarrierFailure, failure_of
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import Exchange, HttpRequest, HttpResponse
from twoclick.deployments.retry_after import duration, wanted_wait

__all__ = ["LONGEST_WAIT", "PAUSES", "CarrierFailure", "Conversation", "Done", "Send"]

T = TypeVar("T")

PAUSES = (0.5, 1.0, 2.0)
"""Seconds before each new attempt, at least; up to half as long again by chance, so that those who
were turned away together do not come back together."""

LONGEST_WAIT = 60.0
"""Seconds that a server may want us to wait; a person would not sit through more."""

_TRIED_AGAIN = (429, 502, 503, 504)
"""Statuses that pass by themselves: too many requests, and servers behind others that start up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send `request`, after waiting for `after` seconds (0 where it is a new one)."""

    request: HttpRequest
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T]):
    """The exchange is over, and this is what it found."""

    value: T


class Conversation(Generic[T]):
    """One exchange.  `begin` once, then `answered` or `failed` for each request that it says to
    send, until it is done.

    All three raise DeploymentError where it cannot go on; after that, as when it is done, it is
    over, and asking it anything is a mistake of the program (RuntimeError).
    """

    def __init__(
        self, exchange: Exchange[T], *, jitter: Callable[[], float] = random.random
    ) -> None:
        """`jitter` gives numbers 0..1."""
        self._exchange = exchange
        self._jitter = jitter
        self._request: HttpRequest | None = None
        self._attempts = 0
        self._was_unreachable = False

    def begin(self) -> Send | Done[T]:
        """The first request; done where there is nothing to ask."""
        return self._go_on(lambda: next(self._exchange))

    def answered(self, response: HttpResponse) -> Send | Done[T]:
        """What follows on a response: the same request again where the server was busy, else what
        the protocol makes of it.  The last response of a busy server goes to the protocol too, so
        that what it says is read."""
        request = self._waited_for()
        if response.status in _TRIED_AGAIN:
            wanted = wanted_wait(response)
            if wanted is not None and wanted > LONGEST_WAIT:
                error = _wants_long(request, response.status, wanted)
                return self._go_on(lambda: self._exchange.throw(error))
            if self._attempts <= len(PAUSES):
                return self._again(request, wanted)
        return self._go_on(lambda: self._exchange.send(response))

    def failed(self, failure: CarrierFailure) -> Send | Done[T]:
        """What follows where no response came: the same request once more if the server was not
        reached, else what the protocol makes of the DeploymentError: mostly nothing."""
        request = self._waited_for()
        if failure.kind in MAY_PASS and not self._was_unreachable:
            self._was_unreachable = True
            if self._attempts <= len(PAUSES):
                return self._again(request, None)
        error = failure_of(failure, request)
        return self._go_on(lambda: self._exchange.throw(error))

    def _waited_for(self) -> HttpRequest:
        if self._request is None:
            raise RuntimeError("no request of this conversation waits for a response")
        return self._request

    def _again(self, request: HttpRequest, wanted: float | None) -> Send:
        pause = PAUSES[self._attempts - 1] * (1 + self._jitter() / 2)
        self._attempts += 1
        return Send(request=request, after=pause if wanted is None else wanted)

    def _go_on(self, step: Callable[[], HttpRequest]) -> Send | Done[T]:
        self._request = None
        try:
            request = step()
        except StopIteration as end:
            return Done(value=end.value)
        self._request, self._attempts, self._was_unreachable = request, 1, False
        return Send(request=request, after=0.0)


def _wants_long(request: HttpRequest, status: int, wanted: float) -> DeploymentError:
    return DeploymentError(
        "rate-limited" if status == 429 else "server-failed",
        f"{request.origin} can be asked again in {duration(wanted)}, it says ({status}). Ask "
        "anew then; if that happens often, see what the deployment allows in a day.",
    )
