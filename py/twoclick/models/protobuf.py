"""A reader for protobuf wire format that skips what nobody asks for.

It knows no schema: it walks over the fields of one message and hands out their raw values.  The
hundreds of megabytes of weights in a model file are stepped over, and never read from disk.

Source: https://protobuf.dev/programming-guides/encoding/
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from twoclick.models.byte_source import ByteSource

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

MAX_FIELDS = 1_000_000
"""Fields read from one file before it is called hostile.  Real models have a few per graph node; a
crafted file could hold one for every two bytes and keep the reader busy for minutes."""

MAX_CONTENT = 16_000_000
"""Bytes of one text that are read at most: class names by the hundred thousand fit."""

_WINDOW = 1 << 16
"""Bytes read from the file at once."""


class WireError(ValueError):
    """The bytes are not a protobuf message."""


@dataclass(slots=True)
class WireFile:
    """A file that is read as protobuf, and how many more fields of it, over all of its nested
    messages, will be."""

    source: ByteSource
    left: int = MAX_FIELDS
    _start: int = 0
    _window: bytes = b""

    def whole(self) -> "Message":
        """The file as one message."""
        return Message(file=self, start=0, end=self.source.size)

    def spend(self) -> None:
        """Takes one field; raises WireError when none is left."""
        self.left -= 1
        if self.left < 0:
            raise WireError(f"it has more than {MAX_FIELDS:,} fields")

    def window(self, position: int) -> tuple[bytes, int]:
        """Bytes around `position`, which lies inside the file, and where among them it is."""
        at = position - self._start
        if not 0 <= at < len(self._window):
            length = min(_WINDOW, self.source.size - position)
            self._start, self._window = position, self.source.read(position, length)
            at = 0
            if len(self._window) != length:
                raise WireError(f"bytes from {position:,} on cannot be read")
        return self._window, at


@dataclass(frozen=True, slots=True)
class Message:
    """A part of the file that has fields, or is a text: the bytes from `start` to before `end`."""

    file: WireFile = field(repr=False)
    start: int
    end: int

    @property
    def size(self) -> int:
        """Bytes."""
        return self.end - self.start

    def content(self) -> bytes:
        """The bytes themselves; raises WireError for more than any text has."""
        if self.size > MAX_CONTENT:
            raise WireError(f"a text of {self.size:,} bytes near byte {self.start:,}")
        if not self.size:
            return b""
        window, at = self.file.window(self.start)
        if at + self.size <= len(window):
            return window[at : at + self.size]
        return self.file.source.read(self.start, self.size)

    def fields(self) -> Iterator[tuple[int, "int | Message"]]:
        """Yields (field number, value) in file order.

        The value is an int for varints (unsigned, as stored) and the part of the file for anything
        with a length or a fixed size.  Raises WireError for bytes that are cut short or malformed.
        """
        position, end, file = self.start, self.end, self.file
        while position < end:
            file.spend()
            tag, position = _varint(file, position, end)
            number, wire_type = tag >> 3, tag & 7
            if number == 0:
                raise WireError(f"field number 0 near byte {position:,}")
            if wire_type == VARINT:
                value, position = _varint(file, position, end)
                yield number, value
                continue
            if wire_type == LENGTH:
                size, position = _varint(file, position, end)
            else:
                size = _fixed_size(wire_type, position)
            if position + size > end:
                raise WireError(f"a field of {size:,} bytes is cut short near byte {position:,}")
            yield number, Message(file, position, position + size)
            position += size


def signed(value: int) -> int:
    """A stored varint read as int64."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _fixed_size(wire_type: int, position: int) -> int:
    if wire_type == FIXED64:
        return 8
    if wire_type == FIXED32:
        return 4
    raise WireError(f"wire type {wire_type} near byte {position:,}")


def _varint(file: WireFile, position: int, end: int) -> tuple[int, int]:
    """An unsigned integer of at most 64 bits, and the position after it."""
    value = shift = 0
    while position < end:
        window, at = file.window(position)
        for byte in window[at : at + min(10, end - position)]:
            position += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value & 0xFFFF_FFFF_FFFF_FFFF, position
            shift += 7
            if shift > 63:
                raise WireError(f"a number of more than 64 bits near byte {position:,}")
    raise WireError("it ends inside a number")
