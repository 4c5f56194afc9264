"""Requests and responses of HTTP, as values; whoever carries them adds the credential."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialPlace:
    """Where in a request the credential goes; the secret itself is never here.

    `header`: the header `name`, the secret behind `prefix`.  `query`: the parameter `name` of the
    URL.  `basic`: the Authorization header, the secret being "user:password" (RFC 7617).
    """

    where: Literal["header", "query", "basic"]
    name: str = "Authorization"
    prefix: str = ""


BEARER = CredentialPlace(where="header", prefix="Bearer ")
"""RFC 6750."""

BASIC = CredentialPlace(where="basic")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """One request.  `url` is absolute, http or https, without a credential; `credential` says where
    that goes where the person gave one."""

    method: Literal["GET", "POST"]
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    credential: CredentialPlace | None = None

    @property
    def origin(self) -> str:
        """The server that it goes to, as people are told of it: "https://host:port"."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """What came back.  Names of `headers` are in lower case; a browser hides those of another
    origin that the server does not expose."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """That of the body, in lower case and without parameters; "" where it is not told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


Exchange: TypeAlias = Generator[HttpRequest, HttpResponse, T]
"""A conversation with a server: yields requests, is sent their responses, returns what they say.

It raises DeploymentError where a response cannot be used.  Where none came, that error is thrown in
at the `yield`, and mostly passes through.
"""
