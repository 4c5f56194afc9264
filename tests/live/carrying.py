"""Exchanges with servers on this machine, carried by the standard library."""

import http.client
from typing import TypeVar
from urllib.parse import urlsplit

from twoclick.deployments.messages import Exchange, HttpRequest, HttpResponse

T = TypeVar("T")

_LONGEST = 60.0
"""Seconds that an answer may take."""


def carried(exchange: Exchange[T]) -> T:
    """What an exchange returns; nothing is tried again."""
    try:
        request = next(exchange)
        while True:
            request = exchange.send(_answered(request))
    except StopIteration as end:
        returned: T = end.value
        return returned


def _answered(request: HttpRequest) -> HttpResponse:
    parts = urlsplit(request.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=_LONGEST)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(
            request.method, target, body=request.body or None, headers=dict(request.headers)
        )
        answer = connection.getresponse()
        return HttpResponse(
            status=answer.status,
            headers={name.lower(): value for name, value in answer.getheaders()},
            body=answer.read(),
        )
    finally:
        connection.close()
