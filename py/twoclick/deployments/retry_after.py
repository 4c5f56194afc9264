"""How long a server that is busy wants to be left alone (RFC 9110, section 10.2.3)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from twoclick.deployments.messages import HttpResponse

_LONGEST = 10.0**9
"""Seconds; all that is longer is this long."""

_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60))


def wanted_wait(response: HttpResponse) -> float | None:
    """Seconds from its `Retry-After`, 0 or more; None where it tells none that can be read.

    A date is held against the response's own `Date`, so that the clocks of two machines need not
    agree; where a browser hides that one, nothing is told.
    """
    told = response.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return min(float(told), _LONGEST)
    until, now = _date(told), _date(response.headers.get("date", ""))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), _LONGEST)


def duration(seconds: float) -> str:
    """ "90 seconds", "3 minutes", "2 hours", rounded up to whole ones."""
    for name, length in _UNITS:
        if seconds >= 2 * length:
            return f"{-(-seconds // length):,.0f} {name}s"
    return f"{-(-seconds // 1):.0f} seconds"


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
