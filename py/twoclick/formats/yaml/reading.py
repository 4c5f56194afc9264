"""Reading YAML: mappings, lists and texts."""

import re
from typing import TypeAlias

from twoclick.formats.yaml.cursor import Cursor, YamlError
from twoclick.formats.yaml.scalars import at_plain, block_text, not_read, plain, plain_line, quoted

Node: TypeAlias = str | list["Node"] | dict[str, "Node"]

_DEEPEST = 30
_DASH = re.compile(r"-(?=[ \t\n]|$)")
_COLON = re.compile(r"[ \t]*:(?=[ \t\n]|$)")
_COLON_IN_FLOW = re.compile(r":(?=[ \t\n,\[\]{}]|$)")

__all__ = ["Node", "YamlError", "read_yaml"]


def read_yaml(text: str) -> Node:
    """What a YAML text of one document says.  Numbers, dates, true and null are text too, as they
    are written; what is empty is "".

    Raises YamlError for what is no YAML, and for anchors, references, types, keys that are no text
    or come twice, several documents, and more than 30 levels.
    """
    cursor = Cursor(text)
    cursor.skip()
    if cursor.at_document_mark():
        cursor.at += 3
    node = _block(cursor, parent=-1, depth=0)
    cursor.skip()
    if cursor.at_document_mark() and cursor.peek() == ".":
        cursor.at += 3
        cursor.skip()
    if not cursor.ended:
        raise cursor.error("This belongs to nothing above it.")
    return node


def _block(cursor: Cursor, *, parent: int, depth: int) -> Node:
    """What stands here or in the next lines, indented by more than `parent`; "" where nothing."""
    cursor.skip()
    column = cursor.column
    if cursor.ended or column <= parent or cursor.at_document_mark():
        return ""
    _limit(cursor, depth)
    if _DASH.match(cursor.text, cursor.at):
        return _list(cursor, column=column, depth=depth)
    if _at_key(cursor):
        return _mapping(cursor, column=column, depth=depth)
    return _inline(cursor, parent=parent, depth=depth)


def _limit(cursor: Cursor, depth: int) -> None:
    if depth > _DEEPEST:
        raise cursor.error(f"This is nested more than {_DEEPEST} levels deep.")


def _list(cursor: Cursor, *, column: int, depth: int) -> list[Node]:
    items: list[Node] = []
    while _at_item(cursor, column) and cursor.take(_DASH):
        items.append(_block(cursor, parent=column, depth=depth + 1))
        _end_entry(cursor, column)
    return items


def _at_item(cursor: Cursor, column: int) -> bool:
    return (
        not cursor.ended
        and cursor.column == column
        and not cursor.at_document_mark()
        and _DASH.match(cursor.text, cursor.at) is not None
    )


def _mapping(cursor: Cursor, *, column: int, depth: int) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    while not cursor.ended and cursor.column == column and not cursor.at_document_mark():
        if not _at_key(cursor):
            raise cursor.error('This is no "key: value".')
        start = cursor.at
        key = _key(cursor)
        if key in entries:
            raise cursor.error(f'The key "{key}" comes twice.', at=start)
        cursor.take(_COLON)
        entries[key] = _value(cursor, column=column, depth=depth + 1)
        _end_entry(cursor, column)
    return entries


def _value(cursor: Cursor, *, column: int, depth: int) -> Node:
    """The value after a colon: in its line, or in the next ones."""
    cursor.skip_in_line()
    if not cursor.at_line_end:
        return _inline(cursor, parent=column, depth=depth)
    cursor.skip()
    if _at_item(cursor, column):  # the items of a list may stand right below its key
        return _list(cursor, column=column, depth=depth)
    return _block(cursor, parent=column, depth=depth)


def _end_entry(cursor: Cursor, column: int) -> None:
    """Moves to what follows an entry, which must start a line of its own, indented no more."""
    cursor.skip()
    if not cursor.ended and cursor.text[cursor.at - cursor.column : cursor.at].strip():
        raise cursor.error("Something follows a value in its line. Put quotes around text.")
    if not cursor.ended and cursor.column > column:
        raise cursor.error("This line is indented by more than the one that it belongs to.")


def _at_key(cursor: Cursor) -> bool:
    before = cursor.at
    if cursor.peek() in {"'", '"'}:
        quoted(cursor)
    else:
        plain_line(cursor, flow=False)
    found = cursor.at > before and _COLON.match(cursor.text, cursor.at) is not None
    one_line = "\n" not in cursor.text[before : cursor.at]
    cursor.at = before
    return found and one_line


def _key(cursor: Cursor) -> str:
    return quoted(cursor) if cursor.peek() in {"'", '"'} else plain_line(cursor, flow=False)


def _inline(cursor: Cursor, *, parent: int, depth: int) -> Node:
    sign = cursor.peek()
    if sign in {"[", "{"}:
        return _flow(cursor, depth=depth)
    if sign in {"'", '"'}:
        return quoted(cursor)
    if sign in {"|", ">"}:
        return block_text(cursor, parent=parent)
    return plain(cursor, parent=parent)


def _flow(cursor: Cursor, *, depth: int) -> Node:
    """A list in brackets, a mapping in braces, or a text inside of them."""
    _limit(cursor, depth)
    sign = cursor.peek()
    if sign == "[":
        return _flow_list(cursor, depth=depth)
    if sign == "{":
        return _flow_mapping(cursor, depth=depth)
    return _flow_text(cursor)


def _flow_text(cursor: Cursor) -> str:
    if cursor.peek() in {"'", '"'}:
        return quoted(cursor)
    if not at_plain(cursor):
        raise not_read(cursor)
    words = []
    while at_plain(cursor):
        words.append(plain_line(cursor, flow=True))
        cursor.skip_in_line()
        if not cursor.at_line_end:
            break
        cursor.skip()
    return " ".join(words)


def _flow_list(cursor: Cursor, *, depth: int) -> list[Node]:
    start = cursor.at
    cursor.at += 1
    items: list[Node] = []
    while not _closed(cursor, "]", start=start):
        items.append(_flow(cursor, depth=depth + 1))
        _separate(cursor, "]", start=start)
    return items


def _flow_mapping(cursor: Cursor, *, depth: int) -> dict[str, Node]:
    start = cursor.at
    cursor.at += 1
    entries: dict[str, Node] = {}
    while not _closed(cursor, "}", start=start):
        key_at, in_quotes = cursor.at, cursor.peek() in {"'", '"'}
        key = _flow_text(cursor)
        if key in entries:
            raise cursor.error(f'The key "{key}" comes twice.', at=key_at)
        cursor.skip()
        entries[key] = ""
        if cursor.peek() == ":" and (in_quotes or _COLON_IN_FLOW.match(cursor.text, cursor.at)):
            cursor.at += 1
            cursor.skip()
            if cursor.peek() not in {",", "}"}:
                entries[key] = _flow(cursor, depth=depth + 1)
        _separate(cursor, "}", start=start)
    return entries


def _closed(cursor: Cursor, sign: str, *, start: int) -> bool:
    cursor.skip()
    if cursor.ended:
        raise cursor.error("A bracket is opened here and not closed.", at=start)
    if cursor.peek() != sign:
        return False
    cursor.at += 1
    return True


def _separate(cursor: Cursor, sign: str, *, start: int) -> None:
    """Moves over the comma after an entry; the closing bracket may stand instead."""
    cursor.skip()
    if cursor.peek() == ",":
        cursor.at += 1
    elif not cursor.ended and cursor.peek() != sign:
        raise cursor.error(f'Here should be a comma or "{sign}".')
    elif cursor.ended:
        raise cursor.error("A bracket is opened here and not closed.", at=start)
