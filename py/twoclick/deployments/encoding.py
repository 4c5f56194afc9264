"""How pictures and values are put into requests."""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from twoclick.deployments.deployment import Picture
from twoclick.deployments.messages import CredentialPlace, HttpRequest

JSON_TYPE = {"Content-Type": "application/json", "Accept": "application/json"}

_FILE_NAMES = {"image/jpeg": "image.jpg", "image/png": "image.png"}


def base64_of(picture: Picture) -> str:
    """The picture as base64 (RFC 4648, section 4), without a prefix."""
    return b64encode(picture.content).decode("ascii")


def data_url_of(picture: Picture) -> str:
    """The picture as a data: URL (RFC 2397)."""
    return f"data:{picture.media_type};base64,{base64_of(picture)}"


def json_post(
    url: str,
    value: Any,
    *,
    credential: CredentialPlace | None = None,
    headers: Mapping[str, str] = JSON_TYPE,
) -> HttpRequest:
    """A POST of a JSON value."""
    body = json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
    return HttpRequest(method="POST", url=url, headers=headers, body=body, credential=credential)


def json_get(url: str, *, credential: CredentialPlace | None = None) -> HttpRequest:
    """A GET that wants JSON."""
    headers = {"Accept": "application/json"}
    return HttpRequest(method="GET", url=url, headers=headers, credential=credential)


def form_post(
    url: str,
    picture: Picture,
    *,
    file_field: str,
    fields: Mapping[str, str],
    credential: CredentialPlace | None = None,
) -> HttpRequest:
    """A POST of a form with the picture as a file (multipart/form-data, RFC 7578)."""
    # Not in the body, as what is compressed or encoded for a picture never begins a line with it.
    boundary = "twoclick-5f3c1b7e-9a4d-4d2e-8a61"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    name = _FILE_NAMES[picture.media_type]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{file_field}"; filename="{name}"'
        f"\r\nContent-Type: {picture.media_type}\r\n\r\n"
    )
    body = b"".join((*parts, head.encode(), picture.content, f"\r\n--{boundary}--\r\n".encode()))
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Accept": "application/json",
    }
    return HttpRequest(method="POST", url=url, headers=headers, body=body, credential=credential)
