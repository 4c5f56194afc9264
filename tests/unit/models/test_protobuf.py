import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import onnx_writer as write
from twoclick.models.protobuf import FieldBudget, WireError, fields, signed

integers = st.integers(0, 2**64 - 1)
numbers = st.integers(1, 2**29 - 1)


def walk(message, budget=None):
    found = fields(memoryview(message), budget or FieldBudget())
    return [(n, bytes(v) if isinstance(v, memoryview) else v) for n, v in found]


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
        walk(write.number(1, 1) * 11, FieldBudget(left=10))
