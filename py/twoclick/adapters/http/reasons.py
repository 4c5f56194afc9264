"""Why httpx brought no response, in words for people."""

import os
import socket
import ssl
from collections.abc import Iterator

import httpx


def reason_of(error: Exception) -> str:
    """The reason behind an error of httpx, which itself mostly tells that all attempts failed."""
    for one in _chain(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            return (
                f"its certificate is not trusted: {one.verify_message}; where you trust the "
                "authority that gave it, name its file in SSL_CERT_FILE"
            )
        if isinstance(one, ssl.SSLError):
            return "it does not speak TLS there; if it speaks http, begin its address so"
        if isinstance(one, socket.gaierror):
            return "there is no machine of this name"
        if isinstance(one, OSError) and one.errno:
            return os.strerror(one.errno)  # its own text is asyncio's
    if isinstance(error, httpx.DecodingError):
        return "its answer is packed, and damaged"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"its answer broke off, or is no HTTP: {error}"
    return str(error) or "the connection was lost"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came of, those of a group too."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _chain(one)
    before = error.__cause__ or error.__context__
    if before is not None:
        yield from _chain(before)
