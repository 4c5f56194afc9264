"""A server in a test: what it answers, and what it was asked."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from twoclick.deployments.deployment import Deployment, Picture
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import Exchange, HttpRequest, HttpResponse

T = TypeVar("T")

PICTURE = Picture(content=b"\xff\xd8\xff picture", media_type="image/jpeg", width=640, height=480)


def deployment(protocol: str, address: str = "https://models.test/v", **more: Any) -> Deployment:
    """A deployment of tests."""
    return Deployment(address=address, protocol=protocol, **more)


def answered(
    value: Any, *, status: int = 200, media_type: str = "application/json"
) -> HttpResponse:
    """A response with a JSON value, or with bytes as they are."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return HttpResponse(status=status, headers={"content-type": media_type}, body=body)


def talk(
    exchange: Exchange[T], answers: Iterable[HttpResponse] | Callable[[HttpRequest], HttpResponse]
) -> tuple[T, list[HttpRequest]]:
    """Carries an exchange through with these answers; what it returns, and what it asked."""
    asked: list[HttpRequest] = []
    waiting = map(answers, asked) if callable(answers) else iter(answers)
    try:
        asked.append(next(exchange))
        while True:
            asked.append(exchange.send(next(waiting)))
    except StopIteration as end:
        return end.value, asked


def refusal_of(action: Callable[[], object]) -> DeploymentError | None:
    """Why a deployment's answer cannot be used; None where it can."""
    try:
        action()
    except DeploymentError as error:
        return error
    return None


def no_masks(_content: bytes) -> Any:
    """For protocols that bring no pictures."""
    raise AssertionError("no mask was to be opened")
