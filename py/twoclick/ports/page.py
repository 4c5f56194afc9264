"""How the core reaches the page that it works for."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

Buffer: TypeAlias = bytes | bytearray | memoryview
"""Raw numbers beside a message, little-endian."""

Post: TypeAlias = Callable[[int, str, Sequence[Buffer]], None]
"""Send one message: the id of the request that it answers (0 for an event), JSON text, buffers."""
