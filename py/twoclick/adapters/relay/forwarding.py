"""Passes requests on to the one deployment, and brings back what it answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from twoclick.adapters.http.bodies import LARGEST_ANSWER, body_within, is_text
from twoclick.adapters.http.carrier import REDIRECTS, shown_target
from twoclick.adapters.http.reasons import reason_of
from twoclick.adapters.http.secret import Secret
from twoclick.adapters.relay.guard import refusal
from twoclick.adapters.relay.headers import GUARDS, back, onwards
from twoclick.adapters.relay.target import Target
from twoclick.deployments.messages import BEARER, CredentialPlace

PREFIX = "/relay"
"""Where the deployment is mounted."""

ITSELF = "/.twoclick"
"""Behind the prefix: what the relay says of itself."""

LARGEST_QUESTION = 256 * 2**20
"""Bytes of a request: an image of 200 million pixels, or a tensor written as text."""

_CONNECT_SECONDS = 10.0
_ANSWER_SECONDS = 600.0
"""No page waits for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes of a request and of a response, and seconds until that is whole."""

    question: int = LARGEST_QUESTION
    answer: int = LARGEST_ANSWER
    seconds: float = _ANSWER_SECONDS


class _QuestionTooLargeError(Exception):
    """A request has more bytes than pass."""


class Relay:
    """An ASGI application for what is below PREFIX.

    A response is read whole before any of it is passed back, so that one that breaks off is told as
    an error and not as half an answer.
    """

    def __init__(
        self,
        target: Target,
        *,
        port: int,
        secret: Secret | None = None,
        place: CredentialPlace = BEARER,
        limits: Limits | None = None,
    ) -> None:
        """`port`: where it is served; `place`: where the credential goes in all requests."""
        self._target, self._port = target, port
        self._secret, self._place = secret, place
        self._limits = limits or Limits()
        self._client: httpx.AsyncClient | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Holds its connections for as long as the block runs."""
        timeout = httpx.Timeout(self._limits.seconds, connect=_CONNECT_SECONDS)
        agent = {"User-Agent": "Twoclick", "Accept": "*/*"}
        async with httpx.AsyncClient(timeout=timeout, headers=agent) as client:
            self._client = client
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; nothing where whoever asked has left meanwhile."""
        request = Request(scope, receive)
        response = self._own_answer(request) or await self._passed_on(request)
        if response is not None:
            await response(scope, receive, send)

    def _own_answer(self, request: Request) -> Response | None:
        """A response without asking the deployment; None where it has to be asked."""
        why = refusal(request.headers, port=self._port)
        if why is not None:
            return _error(403, f"{why}.")
        if request.method not in ("GET", "POST"):
            return _error(405, f"{request.method} is not passed on, only GET and POST.")
        path = _path(request)
        if path is None:
            return _error(404, f"The relay is at {PREFIX}/, written so.")
        if path == ITSELF:
            return JSONResponse({"relay": True, "to": self._target.shown}, headers=dict(GUARDS))
        return None

    async def _passed_on(self, request: Request) -> Response | None:
        url = self._target.url_of(_path(request) or "", request.url.query)
        if url is None:
            return _error(400, "The path leads out of the one deployment that this relay is for.")
        question = _Question(request, self._limits.question)
        asking = asyncio.create_task(self._answer(request, url, question))
        leaving = asyncio.create_task(question.abandoned())
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return await asking if asking.done() else None
        except ClientDisconnect:
            return None
        finally:
            for task in (asking, leaving):
                task.cancel()
            await asyncio.gather(asking, leaving, return_exceptions=True)

    async def _answer(self, request: Request, url: str, question: "_Question") -> Response:
        server = self._target.origin
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._asked(request, url, question)
        except _QuestionTooLargeError:
            limit = f"{self._limits.question / 2**20:,.0f} MB"
            return _error(413, f"More than {limit} are not passed on. Send images smaller.")
        except (TimeoutError, httpx.TimeoutException):
            return _error(504, f"{server} did not answer in time. It may still load its model.")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = self._without_secret(reason_of(error).encode()).decode()
            return _error(502, f"{server} cannot be reached from here ({reason}).")

    async def _asked(self, request: Request, url: str, question: "_Question") -> Response:
        if self._client is None:
            raise RuntimeError("the relay is not running")
        headers = onwards(request.headers.items())
        target_url = url
        if self._secret is not None:
            target_url, headers = self._secret.put_into(url, headers, self._place)
        if request.method == "GET":
            content = None
            await question.skip()
        else:
            content = question.pieces()
        async with self._client.stream(
            request.method, target_url, headers=headers, content=content
        ) as response:
            location = response.headers.get("location", "")
            if response.status_code in REDIRECTS:
                return _error(
                    response.status_code,
                    f"{self._target.origin} sends elsewhere, to {shown_target(url, location)}, "
                    "which is not followed.",
                )
            body = await body_within(response, self._limits.answer)
        if body is None:
            limit = f"{self._limits.answer / 2**20:,.0f} MB"
            return _error(502, f"{self._target.origin} answers with more than {limit}.")
        if is_text(response.headers.get("content-type", "")):
            body = self._without_secret(body)
        return Response(
            body, status_code=response.status_code, headers=back(response.headers.items())
        )

    def _without_secret(self, content: bytes) -> bytes:
        return content if self._secret is None else self._secret.hidden_in_bytes(content)


class _Question:
    """The body of a request, passed on as it comes."""

    def __init__(self, request: Request, largest: int) -> None:
        self._request, self._largest = request, largest
        self._is_whole = asyncio.Event()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Raises _QuestionTooLargeError beyond the limit, ClientDisconnect where it breaks off."""
        told = self._request.headers.get("content-length", "")
        if told.isdigit() and int(told) > self._largest:
            raise _QuestionTooLargeError
        size = 0
        async for piece in self._request.stream():
            size += len(piece)
            if size > self._largest:
                raise _QuestionTooLargeError
            if piece:
                yield piece
        self._is_whole.set()

    async def skip(self) -> None:
        """Reads it to its end."""
        async for _ in self.pieces():
            pass

    async def abandoned(self) -> None:
        """Returns when whoever asked has gone, once the body is whole."""
        await self._is_whole.wait()
        while (await self._request.receive())["type"] != "http.disconnect":
            pass


def _path(request: Request) -> str | None:
    """What stands behind PREFIX, escaped as it came; None where PREFIX itself is escaped: whoever
    guards the relay by its address would not see that it is meant."""
    raw: bytes = request.scope["raw_path"]
    path = raw.decode("ascii", "replace")
    return path.removeprefix(PREFIX) if path.startswith(PREFIX) else None


def _error(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=status, headers=dict(GUARDS))
