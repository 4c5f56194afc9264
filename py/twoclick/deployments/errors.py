"""What can go wrong with a deployment, in words for the person who asks it.

Every message says what happened, to which deployment, and what to do.  `code` is stable and is what
other parts of the program branch on.
"""

from typing import Literal, TypeAlias

FailureCode: TypeAlias = Literal[
    "bad-address",
    "bad-settings",
    "unauthorised",
    "forbidden",
    "not-found",
    "not-allowed",
    "too-large",
    "rate-limited",
    "refused",
    "server-failed",
    "redirected",
    "unreachable",
    "no-cors",
    "no-answer",
    "plain-http",
    "timed-out",
    "answer-too-large",
    "not-allowed-origin",
    "cancelled",
    "not-json",
    "not-understood",
]


class DeploymentError(Exception):
    """A deployment did not answer, or its answer cannot be used: never "nothing found".

    `what` is what is wrong in an answer, without the advice that the message gives; the message
    itself for all other failures.
    """

    def __init__(self, code: FailureCode, message: str, *, what: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.what = what or message
