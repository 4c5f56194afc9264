"""Texts in YAML: plain, quoted, and as blocks of lines."""

import re

from twoclick.formats.yaml.cursor import Cursor

_PLAIN_START = re.compile(r"[^ \t\n\-?:,\[\]{}#&*!|>'\"%@`]|[\-?:](?=[^ \t\n,\[\]{}])")
_PLAIN_IN_BLOCK = re.compile(
    r"(?:[^ \t\n:#]|:(?=[^ \t\n])|(?<=[^ \t\n])#|[ \t]+(?=[^ \t\n#:]|:[^ \t\n]))+"
)
_PLAIN_IN_FLOW = re.compile(
    r"(?:[^ \t\n:#,\[\]{}]|:(?=[^ \t\n,\[\]{}])|(?<=[^ \t\n])#"
    r"|[ \t]+(?=[^ \t\n#:,\[\]{}]|:[^ \t\n,\[\]{}]))+"
)
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\[\s\S])*)"')
_FOLD = re.compile(r"(?<![ \t])[ \t]*\n((?:[ \t]*\n)*)[ \t]*")
_BLOCK_HEAD = re.compile(
    r"[|>](?:([+-])([1-9])?|([1-9])([+-])?)?[ \t]*(?:(?<=[ \t])#[^\n]*)?(?:\n|$)"
)
_BLOCK_LINE = re.compile(r"( *)([^\n]*)(\n|$)")
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\n[ \t]*|([\s\S]))"
    r"|(?:(?<![ \t])|(?<=\\[ \t]))[ \t]*\n((?:[ \t]*\n)*)[ \t]*"
)
_NAMED_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_UNREAD = {
    "&": "an anchor (&)",
    "*": "a reference (*)",
    "!": "a type (!)",
    "?": "a key of several lines (?)",
    "%": "a directive (%)",
}


def at_plain(cursor: Cursor) -> bool:
    """Whether a plain text starts here."""
    return _PLAIN_START.match(cursor.text, cursor.at) is not None


def not_read(cursor: Cursor) -> Exception:
    """The error of something that is no text and nothing else that is read."""
    sign = cursor.peek()
    what = _UNREAD.get(sign, repr(sign))
    return cursor.error(f"Here stands {what}, which is not read. Put quotes around text.")


def plain_line(cursor: Cursor, *, flow: bool) -> str:
    """A plain text as far as it goes in this line; empty where none starts here."""
    if not at_plain(cursor):
        return ""
    found = cursor.take(_PLAIN_IN_FLOW if flow else _PLAIN_IN_BLOCK)
    return "" if found is None else found.group()


def plain(cursor: Cursor, *, parent: int) -> str:
    """A plain text with the lines after it that are indented by more than `parent`."""
    text = plain_line(cursor, flow=False)
    if not text:
        raise not_read(cursor)
    while True:
        end = cursor.at
        gap = cursor.take(_FOLD)
        goes_on = (
            gap is not None
            and cursor.column > parent
            and not cursor.at_document_mark()
            and cursor.peek() != "#"
        )
        more = cursor.take(_PLAIN_IN_BLOCK) if goes_on else None
        if gap is None or more is None:
            cursor.at = end
            return text
        text += _folded(gap.group(1)) + more.group()


def quoted(cursor: Cursor) -> str:
    """A text in single or double quotes, over several lines too."""
    start = cursor.at
    found = cursor.take(_SINGLE if cursor.peek() == "'" else _DOUBLE)
    if found is None:
        raise cursor.error("A quote is opened here and not closed.")
    inside = found.group(1)
    if cursor.text[start] == "'":
        return _FOLD.sub(lambda gap: _folded(gap.group(1)), inside).replace("''", "'")
    return _ESCAPE.sub(lambda found: _unescaped(cursor, start, found), inside)


def _folded(empty_lines: str) -> str:
    return "\n" * empty_lines.count("\n") or " "


def _unescaped(cursor: Cursor, start: int, found: re.Match[str]) -> str:
    *numbers, name, empty_lines = found.groups()
    if empty_lines is not None:
        return _folded(empty_lines)
    number = next((number for number in numbers if number), None)
    if number is not None:
        if int(number, 16) > 0x10FFFF:
            raise cursor.error(f"There is no character {number}.", at=start)
        return chr(int(number, 16))
    if name is None:
        return ""
    if name not in _NAMED_ESCAPES:
        raise cursor.error(f"In double quotes, \\{name} means nothing.", at=start)
    return _NAMED_ESCAPES[name]


def block_text(cursor: Cursor, *, parent: int) -> str:
    """A text of lines after "|" or ">", as they stand: those of ">" are not joined."""
    head = cursor.take(_BLOCK_HEAD)
    if head is None:
        raise cursor.error('After "|" or ">" the text starts in the next line.')
    keep = head.group(1) or head.group(4)
    digit = head.group(2) or head.group(3)
    indent = max(parent, 0) + int(digit) if digit else None
    lines = []
    while not cursor.ended and (line := cursor.take(_BLOCK_LINE)):
        spaces, content, end = len(line.group(1)), line.group(2), line.group(3)
        if content and indent is None:
            indent = spaces
        if content and (spaces <= max(parent, 0) or spaces < (indent or 0)):
            cursor.at = line.start()
            break
        lines.append((line.group(1) + content)[indent or spaces :] + end)
    return _chomped("".join(lines), keep)


def _chomped(text: str, keep: str | None) -> str:
    stripped = text.rstrip("\n")
    if keep == "+":
        return text
    return stripped + "\n" * (keep is None and bool(stripped) and len(text) > len(stripped))
