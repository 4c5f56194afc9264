"""The tasks that a thread of its own does with arrays, as seen by whoever sends them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

Buffer: TypeAlias = bytes | bytearray | memoryview
Request: TypeAlias = Mapping[str, Any]
Reply: TypeAlias = tuple[dict[str, Any], Sequence[Buffer]]


class ComputeTask(Protocol):
    """One task: JSON-able fields and little-endian buffers in, the same out.

    A task keeps nothing between calls and never writes into its buffers.  What goes wrong in a way
    that a person can mend is raised as an exception with a stable `code` and a message for them.
    """

    def __call__(self, request: Request, buffers: Sequence[Buffer], /) -> Reply: ...
