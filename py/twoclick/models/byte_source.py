"""The bytes of a file that is too large to be held: read where they are wanted."""

from dataclasses import dataclass
from typing import Protocol


class ByteSource(Protocol):
    """A file of `size` bytes whose parts can be read in any order."""

    @property
    def size(self) -> int:
        """Bytes in all."""
        ...

    def read(self, start: int, length: int) -> bytes:
        """The `length` bytes from `start` on; both lie inside the file.

        Raises OSError where they cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class HeldBytes:
    """A file that is in memory already."""

    data: bytes | bytearray | memoryview

    @property
    def size(self) -> int:
        """See `ByteSource`."""
        return memoryview(self.data).nbytes

    def read(self, start: int, length: int) -> bytes:
        """See `ByteSource`."""
        return bytes(memoryview(self.data).cast("B")[start : start + length])
