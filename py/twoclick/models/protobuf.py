"""A reader for protobuf wire format that skips what nobody asks for.

It knows no schema: it walks over the fields of one message and hands out their raw values, so the
hundreds of megabytes of weights in a model file are stepped over and never copied.

Source: https://protobuf.dev/programming-guides/encoding/
"""

from collections.abc import Iterator
from dataclasses import dataclass

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

MAX_FIELDS = 1_000_000
"""Fields read from one file before it is called hostile.  Real models have a few per graph node; a
crafted file could hold one for every two bytes and keep the reader busy for minutes."""


class WireError(ValueError):
    """The bytes are not a protobuf message."""


@dataclass(slots=True)
class FieldBudget:
    """Counts the fields that are read from one file, over all of its nested messages."""

    left: int = MAX_FIELDS

    def spend(self) -> None:
        """Takes one field; raises WireError when none is left."""
        self.left -= 1
        if self.left < 0:
            raise WireError(f"it has more than {MAX_FIELDS:,} fields")


def fields(message: memoryview, budget: FieldBudget) -> Iterator[tuple[int, int | memoryview]]:
    """Yields (field number, value) in file order.

    The value is an int for varints (unsigned, as stored) and a view on the bytes for anything with
    a length or a fixed size.  Raises WireError for bytes that are cut short or malformed.
    """
    position, end = 0, len(message)
    while position < end:
        budget.spend()
        tag, position = _varint(message, position)
        number, wire_type = tag >> 3, tag & 7
        if number == 0:
            raise WireError(f"field number 0 near byte {position}")
        if wire_type == VARINT:
            value, position = _varint(message, position)
            yield number, value
            continue
        size, position = _payload_size(message, position, wire_type)
        if position + size > end:
            raise WireError(f"a field of {size:,} bytes is cut short near byte {position}")
        yield number, message[position : position + size]
        position += size


def signed(value: int) -> int:
    """A stored varint read as int64."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _payload_size(message: memoryview, position: int, wire_type: int) -> tuple[int, int]:
    if wire_type == LENGTH:
        return _varint(message, position)
    if wire_type == FIXED64:
        return 8, position
    if wire_type == FIXED32:
        return 4, position
    raise WireError(f"wire type {wire_type} near byte {position}")


def _varint(message: memoryview, position: int) -> tuple[int, int]:
    """An unsigned integer of at most 64 bits, and the position after it."""
    value = shift = 0
    while position < len(message):
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, position
        shift += 7
        if shift > 63:
            raise WireError(f"a number of more than 64 bits near byte {position}")
    raise WireError("it ends inside a number")
