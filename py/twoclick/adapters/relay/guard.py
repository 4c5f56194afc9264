"""Who may use the relay: the page that it serves, and programs of this machine, but no other page.

Any page that a person has open may send requests to 127.0.0.1, or have its own name lead there (DNS
rebinding).  Browsers say where a request comes from (Fetch Metadata) and by which name the relay
was asked for.
"""

from collections.abc import Mapping

_NAMES = ("127.0.0.1", "localhost")


def refusal(headers: Mapping[str, str], *, port: int) -> str | None:
    """Why a request is not passed on; None where it is.  Names of `headers` in lower case."""
    hosts = {f"{name}:{port}" for name in _NAMES}
    if port == 80:
        hosts.update(_NAMES)
    host = headers.get("host", "").lower()
    if host not in hosts:
        return f"This relay is for http://127.0.0.1:{port} alone, and was asked for by another name"
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return "This relay is for the page that it serves alone, and was asked by another"
    if headers.get("origin", f"http://{host}").lower() != f"http://{host}":
        return "This relay is for the page that it serves alone, and was asked by another"
    if headers.get("sec-fetch-dest", "empty") != "empty":
        return "What a deployment answers is data: it is not opened or run as a part of a page"
    return None
