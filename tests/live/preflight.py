"""Whether a server lets a page read its answers (Fetch, "CORS protocol")."""

import http.client
from urllib.parse import urlsplit

PAGE = "http://127.0.0.1:8737"
"""The page of the guide's examples."""

_HEADERS = "authorization,content-type,inference-header-content-length"


def may_ask(address: str, path: str, *, page: str = PAGE) -> bool:
    """Whether `page` may POST there, as a browser finds out before: with a credential, JSON and raw
    tensors."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    asked = {
        "Origin": page,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": _HEADERS,
    }
    try:
        connection.request("OPTIONS", path, headers=asked)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    allowed = answer.getheader("Access-Control-Allow-Headers", "").lower().replace(" ", "")
    return (
        answer.status in range(200, 300)
        and answer.getheader("Access-Control-Allow-Origin") == page
        and "POST" in answer.getheader("Access-Control-Allow-Methods", "")
        and set(_HEADERS.split(",")) <= set(allowed.split(","))
    )
