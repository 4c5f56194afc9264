import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import onnx_writer as write
from twoclick.models.byte_source import HeldBytes
from twoclick.models.protobuf import Message, WireError, WireFile, signed

integers = st.integers(0, 2**64 - 1)
numbers = st.integers(1, 2**29 - 1)


def walk(message, **limits):
    found = WireFile(HeldBytes(message), **limits).whole().fields()
    return [(n, v.content() if isinstance(v, Message) else v) for n, v in found]


@given(st.lists(st.tuples(numbers, integers | st.binary(max_size=300))))
def test_what_was_written_is_read(content):
    message = b"".join(
        write.number(n, v) if isinstance(v, int) else write.block(n, v) for n, v in content
    )
    assert walk(message) == content


def test_fixed_sizes_are_stepped_over():
    message = write.fixed32(3, 1.5) + write.fixed64(4, 2.5) + write.number(5, 6)
    assert [n for n, _ in walk(message)] == [3, 4, 5]
    assert walk(message)[-1] == (5, 6)


@given(st.integers(-(2**63), 2**63 - 1))
def test_signed_numbers_survive(value):
    ((_, stored),) = walk(write.number(1, value))
    assert signed(stored) == value


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (b"\x80", "ends inside a number"),
        (b"\x08" + b"\xff" * 10 + b"\x01", "more than 64 bits"),
        (b"\x00\x01", "field number 0"),
        (b"\x0b", "wire type 3"),
        (b"\x0a\x05abc", "cut short"),
        (b"\x0d\x00\x00", "cut short"),
        (b"\x09\x00\x00", "cut short"),
    ],
)
def test_malformed_bytes_are_refused(message, reason):
    with pytest.raises(WireError, match=reason):
        walk(message)


def test_a_file_of_nothing_but_fields_is_refused():
    with pytest.raises(WireError, match="more than"):
        walk(write.number(1, 1) * 11, left=10)


class Counted:
    """Remembers how much of a file is read."""

    def __init__(self, data):
        self.held, self.size, self.taken = HeldBytes(data), len(data), 0

    def read(self, start, length):
        self.taken += length
        return self.held.read(start, length)


def test_what_nobody_asks_for_is_not_read():
    weights = write.block(9, bytes(20_000_000))
    source = Counted(write.number(1, 8) + weights * 3 + write.block(2, "at the end"))
    *_, (number, value) = WireFile(source).whole().fields()
    assert (number, value.content()) == (2, b"at the end")
    assert source.taken < 500_000


@given(st.lists(st.tuples(numbers, integers | st.binary(max_size=99)), max_size=9), st.data())
def test_windows_may_end_anywhere(content, data):
    message = b"".join(
        write.number(n, v) if isinstance(v, int) else write.block(n, v) for n, v in content
    )
    padding = write.block(7, bytes(data.draw(st.integers(65_300, 65_600))))
    assert walk(padding + message)[1:] == content


def test_a_text_without_end_is_refused():
    with pytest.raises(WireError, match="a text of 16,000,001 bytes"):
        walk(write.block(2, bytes(16_000_001)))
