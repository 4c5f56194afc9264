"""The answer of a model that a person is describing: read again with every change of what they say,
without the model being run again."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from twoclick.entry.compute_tasks import decode, look
from twoclick.models.description_doubts import doubts_of
from twoclick.ports.compute import Buffer, Reply, Request


class AnswerGoneError(Exception):
    """The answer that was looked at is not here any more; the model has to be asked again."""

    code = "answer_gone"


class LookedAnswer:
    """The last answer that was looked at, by its job.  It can be had again at any time."""

    def __init__(self) -> None:
        self._job: str | None = None
        self._outputs: Sequence[Any] = ()
        self._buffers: Sequence[Buffer] = ()

    def look(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """As the task `look`, of a job; the answer is kept."""
        self.forget({}, ())
        reply = look(request, buffers)
        self._job, self._outputs, self._buffers = request["job"], request["outputs"], buffers
        return reply

    def decode(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """As the task `decode`, of what was looked at in the same job, with `doubts`: sentences.

        Raises AnswerGoneError where that was not here, and DecodeError as `decode` does.
        """
        if request["job"] != self._job:
            raise AnswerGoneError("The answer is not here any more. Ask the model again.")
        reply, columns = decode({**request, "outputs": self._outputs}, self._buffers)
        boxes, scores = (np.frombuffer(column, dtype=np.float64) for column in columns[:2])
        return {**reply, "doubts": list(doubts_of(boxes.reshape(-1, 4), scores))}, columns

    def forget(self, request: Request, buffers: Sequence[Buffer], /) -> Reply:
        """It is not needed any more."""
        self._job, self._outputs, self._buffers = None, (), ()
        return {}, ()
