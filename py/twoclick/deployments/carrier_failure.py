"""Why no response came back, and what a person can do about it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import HttpRequest
from twoclick.deployments.reading import shortened

FailureKind: TypeAlias = Literal[
    "unreachable",
    "no-cors",
    "no-answer",
    "plain-http",
    "timed-out",
    "answer-too-large",
    "redirected",
    "not-allowed-origin",
    "cancelled",
]
"""unreachable: no connection, or one that was lost before the response was whole.  no-cors: the
server answers a browser, and does not let pages read that.  no-answer: it does not answer a browser
at all.  plain-http: the page came by https, and a browser lets it ask no server that speaks plain
http.  timed-out: no whole response in the time that is set.  answer-too-large: more than the
carrier takes.  redirected: the server sent elsewhere, where nobody went.  not-allowed-origin: the
person has not approved of this server, so nothing was sent.  cancelled: the person did not want to
wait any longer."""

MAY_PASS: frozenset[FailureKind] = frozenset(("unreachable", "no-answer"))
"""A server that is starting, or was busy for a moment, answers when it is asked once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierFailure:
    """A request without a response.  `detail` is what the carrier knows of it, "" where nothing.

    `is_explained`: the detail is the reason.  A browser is never told why a server cannot be
    reached, so that of it all reasons are named.
    """

    kind: FailureKind
    detail: str = ""
    is_explained: bool = False


def failure_of(failure: CarrierFailure, request: HttpRequest) -> DeploymentError:
    """The error of a request without a response, in words for the person who asked."""
    return DeploymentError(failure.kind, _message(failure, request.origin))


def _message(failure: CarrierFailure, server: str) -> str:
    detail = shortened(failure.detail)
    told = f" ({detail})" if detail else ""
    match failure.kind:
        case "unreachable" if failure.is_explained:
            return (
                f"{server} cannot be reached{told}. Check that the server runs, and the address "
                "with its port."
            )
        case "unreachable":
            return (
                f"{server} cannot be reached{told}. A browser does not tell why: the server does "
                "not run, or at another port; it sends no CORS headers, so that pages may not "
                "read what it answers; its certificate is not trusted; or the browser keeps pages "
                "from servers of this computer and network, which Model Settings says where it is "
                "so. Check that it runs, and the address. If it does, have it asked through a "
                f"relay: {_relay(server)}."
            )
        case "no-cors" | "no-answer" | "plain-http":
            return _of_browsers(failure.kind, server, told)
        case "timed-out":
            return (
                f"{server} did not answer in time{told}. It may still be loading its model: ask "
                "anew, or allow it more time in Model Settings."
            )
        case "answer-too-large":
            return (
                f"{server} answers with more than is taken{told}. Check the address; if it is "
                "right, send images smaller, or have the server tell fewer shapes."
            )
        case "redirected":
            return (
                f"{server} sends elsewhere{told}, which is not followed: images go only to the "
                "address that you allowed. Enter the new address in Model Settings, if you trust "
                "it."
            )
        case "not-allowed-origin":
            return (
                f"{server} was not asked: you have not allowed images to be sent there{told}. "
                "Allow it in Model Settings."
            )
        case "cancelled":
            return f"{server} was not waited for{told}. Nothing has changed: ask anew."


def _relay(server: str) -> str:
    return f"start Twoclick with `python3 build.py serve --relay {server}`"


def _of_browsers(
    kind: Literal["no-cors", "no-answer", "plain-http"], server: str, told: str
) -> str:
    match kind:
        case "no-cors":
            return (
                f"{server} answers, but does not let web pages read that{told}: it sends no CORS "
                "headers for this page, or refuses the question that a browser asks first "
                "(OPTIONS). Have it send them, as the Help shows for each server, or have it "
                f"asked through a relay: {_relay(server)}."
            )
        case "no-answer" if server.startswith("https:"):
            return (
                f"{server} does not answer this browser{told}: it does not run, or at another "
                "port, or its certificate is not trusted. Open this address in a tab of this "
                "browser: there it says what is wrong with a certificate."
            )
        case "no-answer":
            return (
                f"{server} does not answer{told}: it does not run, or at another port, or what "
                "runs there does not speak http. Check that it runs, and the address with its "
                "port."
            )
        case "plain-http":
            return (
                f"{server} was not asked{told}: this page came by https, and browsers let such a "
                "page ask servers by https only, but for servers on this computer. Give an address "
                "that begins with https:, or have it asked through a relay: "
                f"{_relay(server)}."
            )
