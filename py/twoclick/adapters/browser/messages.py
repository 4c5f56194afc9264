"""Attachments of messages across the line between JavaScript and Python.

Array buffers become bytes and back, each copied once; anything else (a blob) passes as it is and is
only ever handed back to JavaScript.
"""

from collections.abc import Sequence
from typing import Any

from pyodide.ffi import JsBuffer, to_js

from twoclick.ports.page import Buffer, Post


def attachments_from_page(attachments: Any) -> list[Any]:
    """The items of a JavaScript array: bytes for each buffer, opaque handles for the rest."""
    return [item.to_bytes() if isinstance(item, JsBuffer) else item for item in attachments]


def post_to_page(post: Any) -> Post:
    """A `Post` that moves its buffers into JavaScript by the worker's function `post`."""

    def send(identifier: int, text: str, buffers: Sequence[Buffer]) -> None:
        post(identifier, text, attachments_to_page(buffers))

    return send


def attachments_to_page(items: Sequence[Any]) -> Any:
    """A JavaScript array of these: a fresh typed array of exactly its size for each buffer.

    Raises ConversionError rather than leaving a proxy behind that nobody would release.
    """
    return to_js(list(items), create_pyproxies=False)
