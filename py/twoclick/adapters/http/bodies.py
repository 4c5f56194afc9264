"""Bodies of responses, within limits."""

import httpx

LARGEST_ANSWER = 64 * 2**20
"""Bytes of a response, unpacked."""


async def body_within(response: httpx.Response, largest: int) -> bytes | None:
    """The body, unpacked; None for one of more than `largest` bytes, of which the rest is left."""
    told = response.headers.get("content-length", "")
    if told.isdigit() and int(told) > largest:
        return None
    pieces, size = [], 0
    async for piece in response.aiter_bytes():
        size += len(piece)
        if size > largest:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def is_text(media_type: str) -> bool:
    """Whether a body of this type may be shown to people, and so should hide what is secret."""
    return media_type.startswith("text/") or "json" in media_type or not media_type
