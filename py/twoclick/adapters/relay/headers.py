"""Which headers pass the relay, either way."""

from collections.abc import Iterable, Mapping

_OF_THE_HOP = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization"),
        *("proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"),
    }
)
"""Of one connection alone (RFC 9110, section 7.6.1)."""

_OF_THE_PAGE = frozenset(
    {
        *("host", "cookie", "origin", "referer", "user-agent", "accept-language", "dnt"),
        *("accept-encoding", "expect", "priority", "upgrade-insecure-requests"),
    }
)
"""What tells of the browser and its page, or is said anew."""

_OF_ANSWERS = frozenset(
    {
        *("content-type", "content-language", "date", "retry-after", "server"),
        "inference-header-content-length",
    }
)
"""All that protocols read.  Others would be taken for the page's own word: a cookie, a policy, an
order to forget everything that is stored."""

GUARDS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""On all that a deployment says, so that none of it is ever run as a part of the page."""


def onwards(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What of a request's headers goes to the deployment; names in lower case."""
    kept: dict[str, str] = {}
    named: set[str] = set()
    for name, value in headers:
        key = name.lower()
        if key == "connection":
            named.update(one.strip().lower() for one in value.split(","))
        kept[key] = f"{kept[key]}, {value}" if key in kept else value
    dropped = _OF_THE_HOP | _OF_THE_PAGE | named
    return {
        name: value
        for name, value in kept.items()
        if name not in dropped and not name.startswith(("sec-", "access-control-"))
    }


def back(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What of a response's headers goes to the page, with what keeps it from being run."""
    kept = {name: value for name, value in headers if name.lower() in _OF_ANSWERS}
    return {**kept, **GUARDS}
