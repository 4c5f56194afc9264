"""Exchanges with deployments, carried through from the first request to the end."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from twoclick.adapters.http.carrier import Carrier
from twoclick.deployments.conversation import CarrierFailure, Conversation, Send
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import Exchange

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Whoever has exchanges to carry through.  `wait` passes seconds."""

    carrier: Carrier
    wait: Callable[[float], None] = time.sleep

    def outcome_of(self, exchange: Exchange[T]) -> T:
        """What an exchange returns; DeploymentError where it cannot go on, without the credential
        whoever wrote it in."""
        try:
            return self._carried_through(Conversation(exchange))
        except DeploymentError as error:
            raise DeploymentError(error.code, self.carrier.without_secret(str(error))) from None

    def _carried_through(self, conversation: Conversation[T]) -> T:
        step = conversation.begin()
        while isinstance(step, Send):
            self.wait(step.after)
            came = self.carrier.carry(step.request)
            if isinstance(came, CarrierFailure):
                step = conversation.failed(came)
            else:
                step = conversation.answered(came)
        return step.value
