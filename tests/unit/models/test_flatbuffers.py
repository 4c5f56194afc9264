import struct

import pytest

from twoclick.models.byte_source import HeldBytes
from twoclick.models.flatbuffers import FlatBuffer, FlatBufferError


def buffer(*fields, content=b"", layout=None):
    """A root table whose fields of 4 bytes are these, with `content` behind it.

    The root's reference, the identifier and the layout come first; the table starts at byte 40.
    """
    slots = [4 + 4 * number for number in range(len(fields))]
    layout = layout or struct.pack(f"<{2 + len(slots)}H", 4 + 2 * len(slots), 4, *slots)
    head = struct.pack("<I", 40) + b"TEST" + layout
    return head.ljust(40, b"\0") + struct.pack(f"<i{len(fields)}I", 32, *fields) + content


def root(data, **limits):
    return FlatBuffer(HeldBytes(data), **limits).root()


def text(content):
    return struct.pack("<I", len(content)) + content


def test_fields_are_read_by_number_and_what_is_not_there_is_empty():
    table = root(buffer(7, 8, content=b"\0\0\0\0" + text("Ü".encode())))
    assert (table.number(0, 4), table.number(0, 1), table.text(1)) == (7, 7, "Ü")
    assert (table.number(2, 8), table.number(2, 8, default=3)) == (0, 3)
    assert (table.text(2), table.table(2), list(table.tables(2))) == ("", None, [])


def test_a_list_of_texts_is_read():
    items = struct.pack("<3I", 2, 8, 12) + text(b"abcd") + text(b"e")
    assert list(root(buffer(4, content=items)).texts(0)) == ["abcd", "e"]


def everything(data):
    """What the first field may be, read as all of these."""
    table = root(data)
    return list(table.texts(0)), table.text(0), table.table(0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x28\0\0\0TEST", "cut short near byte 40"),
        (b"\0\0\0\0TEST", "leads nowhere"),
        (buffer(0), "leads nowhere"),
        (buffer(2**32 - 1), "cut short"),
        (buffer(4, content=struct.pack("<I", 9)), "cut short"),
        (buffer(4, content=struct.pack("<2I", 9, 4)), "a list of 9 is cut short"),
        (buffer(4, content=struct.pack("<i", -99)), "cut short"),
        (buffer(4, layout=b"\x03\0"), "has no layout"),
    ],
)
def test_malformed_bytes_are_refused(data, reason):
    with pytest.raises(FlatBufferError, match=reason):
        everything(data)


def test_tables_may_share_a_layout():
    # Both start where their layout is the root's own.
    shared = struct.pack("<iI", 44 - 8 + 4, 5)
    assert root(buffer(4, content=shared)).table(0).number(0, 4) == 5


def test_many_references_to_one_long_text_are_refused():
    items = struct.pack("<I", 200) + b"".join(
        struct.pack("<I", 4 * (200 - place)) for place in range(200)
    )
    table = root(buffer(4, content=items + text(b"x" * 1000)), text_left=10_000)
    with pytest.raises(FlatBufferError, match="its texts have more than"):
        list(table.texts(0))


def test_a_list_without_end_is_refused():
    items = struct.pack("<I", 200) + struct.pack("<I", 1) * 200
    table = root(buffer(4, content=items), parts_left=100)
    with pytest.raises(FlatBufferError, match="it has more than"):
        list(table.file.items_at(table.start + 4))


def test_a_file_that_is_read_all_over_is_refused():
    texts = b"".join(text(b"x" * 40_000) for _ in range(20))
    items = struct.pack("<I", 20) + b"".join(
        struct.pack("<I", 4 * (20 - place) + 40_004 * place) for place in range(20)
    )
    assert len(list(root(buffer(4, content=items + texts)).texts(0))) == 20
    with pytest.raises(FlatBufferError, match="scattered"):
        list(root(buffer(4, content=items + texts), windows_left=10).texts(0))


def test_windows_may_end_anywhere():
    for size in range(16_320, 16_400):
        content = struct.pack("<I", size) + bytes(size - 4) + text("Überschrift".encode())
        assert root(buffer(4, content=content)).file.text_at(44 + 4) == "Überschrift"
