"""Carries one request to a deployment by httpx, and brings back what came of it."""

import asyncio
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from twoclick.adapters.http.bodies import LARGEST_ANSWER, body_within, is_text
from twoclick.adapters.http.reasons import reason_of
from twoclick.adapters.http.secret import Secret
from twoclick.deployments.carrier_failure import CarrierFailure
from twoclick.deployments.messages import HttpRequest, HttpResponse

REDIRECTS = (301, 302, 303, 307, 308)


class Carrier:
    """One way out, with the credential: to be used in a `with`.

    Redirects are not followed.  Proxies and certificates are those that the environment names
    (HTTPS_PROXY, SSL_CERT_FILE).
    """

    def __init__(
        self, *, timeout: float, secret: Secret | None = None, largest: int = LARGEST_ANSWER
    ) -> None:
        """`timeout`: seconds from a request until its response is whole; `largest`: bytes of it."""
        self._timeout = timeout
        self._secret = secret
        self._largest = largest
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            timeout=timeout,
            follow_redirects=False,
            headers={"User-Agent": "Twoclick", "Accept": "*/*"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def carry(self, request: HttpRequest) -> HttpResponse | CarrierFailure:
        """Sends a request and waits for its response.  The credential is in neither outcome."""
        try:
            return self._runner.run(self._carried_in_time(request))
        except (TimeoutError, httpx.TimeoutException):
            detail = f"{self._timeout:g} seconds"
            return CarrierFailure(kind="timed-out", detail=detail, is_explained=True)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            reason = self.without_secret(reason_of(error))
            return CarrierFailure(kind="unreachable", detail=reason, is_explained=True)

    def without_secret(self, text: str) -> str:
        """A text for people, without the credential if that is in it."""
        return text if self._secret is None else self._secret.hidden_in(text)

    async def _carried_in_time(self, request: HttpRequest) -> HttpResponse | CarrierFailure:
        # That of httpx begins anew with each piece, so that what trickles in would never end.
        async with asyncio.timeout(self._timeout):
            return await self._carried(request)

    async def _carried(self, request: HttpRequest) -> HttpResponse | CarrierFailure:
        url, headers = request.url, dict(request.headers)
        if self._secret is not None and request.credential is not None:
            url, headers = self._secret.put_into(url, headers, request.credential)
        content = request.body if request.method == "POST" else None
        async with self._client.stream(
            request.method, url, headers=headers, content=content
        ) as response:
            if response.status_code in REDIRECTS:
                target = shown_target(request.url, response.headers.get("location", ""))
                return CarrierFailure(kind="redirected", detail=f"to {target}", is_explained=True)
            body = await body_within(response, self._largest)
        if body is None:
            limit = f"more than {self._largest / 2**20:,.0f} MB"
            return CarrierFailure(kind="answer-too-large", detail=limit, is_explained=True)
        return HttpResponse(
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=self._shown(body, response.headers.get("content-type", "")),
        )

    def _shown(self, body: bytes, media_type: str) -> bytes:
        """Servers repeat credentials in what they say of failures, which people are shown."""
        if self._secret is None or not is_text(media_type):
            return body
        return self._secret.hidden_in_bytes(body)


def shown_target(url: str, location: str) -> str:
    """Where a redirect from `url` leads, without a query, which may hold a credential."""
    try:
        parts = urlsplit(urljoin(url, location))
    except ValueError:
        return "an address that is none"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
