"""A reader for FlatBuffers that reads what is asked for, wherever in the file it is.

It knows no schema: tables hand out their fields by number.  Tables, texts and lists lie behind what
refers to them, so no reference can lead in a circle; but many may lead to one place, so that what
is read of one file, over all of its parts, has limits.

Source: https://flatbuffers.dev/internals/
"""

import struct
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from twoclick.models.byte_source import ByteSource

MAX_PARTS = 500_000
"""Tables, texts and items of lists that are read of one file before it is called hostile.  Real
models have some ten per graph node."""

MAX_TEXT = 64_000_000
"""Bytes of all texts together: class names by the hundred thousand fit."""

MAX_WINDOWS = 16_384
"""How often the file is read.  What models say of themselves lies close together."""

_WINDOW = 1 << 14
"""Bytes read from the file at once."""

_KEPT = 64
"""Windows that are held: strings, tables and lists of one thing may lie apart."""

_MOST_FIELDS = 32
"""Of a table: what comes after them nobody asks for."""


class FlatBufferError(ValueError):
    """The bytes are not a FlatBuffer."""


@dataclass(slots=True)
class FlatBuffer:
    """A file that is read as FlatBuffer, and how much more of it will be."""

    source: ByteSource
    parts_left: int = MAX_PARTS
    text_left: int = MAX_TEXT
    windows_left: int = MAX_WINDOWS
    _windows: OrderedDict[int, bytes] = field(default_factory=OrderedDict)
    _start: int = 0
    _window: bytes = b""
    _layouts: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def root(self) -> "Table":
        """The table that everything else hangs from."""
        return self.table_at(0)

    def table_at(self, position: int) -> "Table":
        """The table that the reference at `position` leads to."""
        self._spend()
        start = self._followed(position)
        layout = start - self.number(start, 4)
        distances = self._layouts.get(layout)
        if distances is None:
            distances = self._layouts[layout] = self._layout_at(layout)
        return Table(self, start, distances)

    def text_at(self, position: int) -> str:
        """The text that the reference at `position` leads to; UnicodeDecodeError for none."""
        self._spend()
        start = self._followed(position)
        size = self.number(start, 4, signed=False)
        self.text_left -= size
        if self.text_left < 0:
            raise FlatBufferError(f"its texts have more than {MAX_TEXT:,} bytes")
        return str(self._bytes(start + 4, size), "utf-8")

    def items_at(self, position: int) -> Iterator[int]:
        """Where the items are, of 4 bytes each, of the list that the reference leads to."""
        start = self._followed(position)
        count = self.number(start, 4, signed=False)
        if start + 4 + 4 * count > self.source.size:
            raise FlatBufferError(f"a list of {count:,} is cut short near byte {start:,}")
        for at in range(start + 4, start + 4 + 4 * count, 4):
            self._spend()
            yield at

    def number(self, position: int, size: int, *, signed: bool = True) -> int:
        """The little-endian number of `size` bytes at `position`."""
        at = position - self._start
        if 0 <= at <= len(self._window) - size:
            return int.from_bytes(self._window[at : at + size], "little", signed=signed)
        return int.from_bytes(self._bytes(position, size), "little", signed=signed)

    def _layout_at(self, position: int) -> tuple[int, ...]:
        """How far behind its start a table has each of its fields, 0 for those that it lacks."""
        size = self.number(position, 2, signed=False)
        if size < 4 or size % 2:
            raise FlatBufferError(f"a table near byte {position:,} has no layout")
        count = min((size - 4) // 2, _MOST_FIELDS)
        return struct.unpack(f"<{count}H", self._bytes(position + 4, 2 * count))

    def _followed(self, position: int) -> int:
        distance = self.number(position, 4, signed=False)
        if not distance:
            raise FlatBufferError(f"a reference leads nowhere near byte {position:,}")
        return position + distance

    def _spend(self) -> None:
        self.parts_left -= 1
        if self.parts_left < 0:
            raise FlatBufferError(f"it has more than {MAX_PARTS:,} parts")

    def _bytes(self, start: int, size: int) -> bytes:
        if start < 0 or start + size > self.source.size:
            raise FlatBufferError(f"it is cut short near byte {max(start, 0):,}")
        if size > _WINDOW:
            return self._read(start, size)
        number, at = divmod(start, _WINDOW)
        found = self._opened(number)[at : at + size]
        if len(found) < size:
            found += self._opened(number + 1)[: size - len(found)]
        return found

    def _opened(self, number: int) -> bytes:
        """The window of that number, which is the current one from now on."""
        start = number * _WINDOW
        window = self._windows.get(number)
        if window is None:
            window = self._read(start, min(_WINDOW, self.source.size - start))
            self._windows[number] = window
            if len(self._windows) > _KEPT:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end(number)
        self._start, self._window = start, window
        return window

    def _read(self, start: int, size: int) -> bytes:
        self.windows_left -= 1
        if self.windows_left < 0:
            raise FlatBufferError("what it says of itself is scattered all over it")
        found = self.source.read(start, size)
        if len(found) != size:
            raise FlatBufferError(f"bytes from {start:,} on cannot be read")
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it does not have is None or empty."""

    file: FlatBuffer = field(repr=False)
    start: int
    distances: tuple[int, ...]

    def number(self, field_number: int, size: int, *, default: int = 0) -> int:
        """A signed number of `size` bytes."""
        position = self._position(field_number)
        return default if position is None else self.file.number(position, size)

    def text(self, field_number: int) -> str:
        """A text."""
        position = self._position(field_number)
        return "" if position is None else self.file.text_at(position)

    def table(self, field_number: int) -> "Table | None":
        """A table within it."""
        position = self._position(field_number)
        return None if position is None else self.file.table_at(position)

    def tables(self, field_number: int) -> Iterator["Table"]:
        """A list of tables."""
        return map(self.file.table_at, self._items(field_number))

    def texts(self, field_number: int) -> Iterator[str]:
        """A list of texts."""
        return map(self.file.text_at, self._items(field_number))

    def _items(self, field_number: int) -> Iterator[int]:
        position = self._position(field_number)
        return iter(()) if position is None else self.file.items_at(position)

    def _position(self, field_number: int) -> int | None:
        distance = self.distances[field_number] if field_number < len(self.distances) else 0
        return self.start + distance if distance else None
