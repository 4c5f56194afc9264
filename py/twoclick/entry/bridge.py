"""One callable between a worker's JavaScript and Python: text and buffers in, text and buffers out.

No Python object but this callable ever reaches JavaScript and no JavaScript object passes it, so
there is nothing to release and nothing to leak.  The module knows no platform: `session_worker` and
`compute_worker` give it the page to post to, tests give it a list.
"""

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from twoclick.ports.page import Buffer, Post

Reply: TypeAlias = tuple[Any, Sequence[Buffer]]
Request: TypeAlias = Mapping[str, Any]
Attachments: TypeAlias = Sequence[Any]
Handler: TypeAlias = Callable[[Request, Attachments], Reply | Awaitable[Reply]]

EVENT = 0
"""The id of messages that nobody asked for: of events, and of requests that want no answer."""


class Bridge:
    """Answers numbered requests by the handler of their kind.

    A request is JSON text {"kind": ..., **fields} with attachments; its answer is posted under the
    same id as {"ok": true, "result": ...} or {"ok": false, "error": {code, message, detail}}.  A
    synchronous handler answers before `handle` returns, an asynchronous one when it is done.
    """

    def __init__(self, *, handlers: Mapping[str, Handler], post: Post) -> None:
        self._handlers = handlers
        self._post = post
        self._tasks: set[asyncio.Task[None]] = set()

    def handle(self, identifier: int, text: str, attachments: Sequence[Any]) -> None:
        """Take one request; called by the worker's JavaScript for each message of the page."""
        try:
            request = json.loads(text)
            kind = request.pop("kind")
            if kind not in self._handlers:
                raise LookupError(f'no request of the kind "{kind}" is known here')
            reply = self._handlers[kind](request, attachments)
            if isinstance(reply, tuple):
                self._post_reply(identifier, reply)
                return
        except Exception as error:  # noqa: BLE001, every request gets an answer
            self._post_error(identifier, error)
            return
        # The loop holds tasks weakly: without this set one could vanish half-way.
        task = asyncio.ensure_future(self._answer(identifier, reply))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def emit(self, event: Mapping[str, Any], buffers: Sequence[Buffer] = ()) -> None:
        """Tell the page something it did not ask."""
        self._post(EVENT, json.dumps(event, allow_nan=False), buffers)

    async def _answer(self, identifier: int, reply: Awaitable[Reply]) -> None:
        try:
            self._post_reply(identifier, await reply)
        except Exception as error:  # noqa: BLE001, every request gets an answer
            self._post_error(identifier, error)

    def _post_reply(self, identifier: int, reply: Reply) -> None:
        result, buffers = reply
        if identifier == EVENT:
            return
        self._post(identifier, json.dumps({"ok": True, "result": result}, allow_nan=False), buffers)

    def _post_error(self, identifier: int, error: Exception) -> None:
        described = describe_error(error)
        self._post(identifier, json.dumps({"ok": False, "error": described}), ())


def describe_error(error: Exception) -> dict[str, str]:
    """{code, message, detail}; `code` is the error's own, or its type's name for a defect."""
    code = getattr(error, "code", None)
    return {
        "code": str(code) if code else type(error).__name__,
        "message": str(error),
        "detail": "" if code else "".join(traceback.format_exception(error)),
    }
