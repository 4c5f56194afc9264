"""Long JSON files, element by element: never all of a file as text, nor as values, at a time.

What stands at the top of a file, an object or a list, is walked through; the elements of lists in
it come one by one.  So a file of 200 MB takes little more memory than its bytes.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from twoclick.domain.json_depth import is_too_deep
from twoclick.formats.format import FormatError

_PIECE = 2**20
"""Bytes that are made text at a time."""

_BLANKS = re.compile(r"[ \t\r\n]*")
_WORDS = ("true", "false", "null", "NaN", "-Infinity", "Infinity")
_LONGEST_WORD = max(map(len, _WORDS))
_ENDS = (*_WORDS, ".", "e+", "e-", "E+", "E-")
"""What only the beginning may be left of where a file ends too early."""


class JsonElement(NamedTuple):
    """A value of a JSON file.

    `key` is that of the object at the top which it stands under, "" where a list is at the top;
    `place` is its place from 1 in the list there, None where no list is there; `line` is where it
    begins, from 1; `repeated` is a key that an object in it has twice (the last one counts).
    """

    key: str
    place: int | None
    line: int
    value: Any
    repeated: str | None


class BrokenJsonError(FormatError):
    """A file that is JSON up to a line only; all elements before it have been given.

    `reason` goes on from the name of the file.
    """

    def __init__(self, path: str, *, line: int, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.line = line
        self.reason = reason


class JsonElements:
    """The elements of a JSON file in the order of the file; to be walked through once.

    Read as the encoding that its first bytes tell: UTF-8, UTF-16 or UTF-32, with a byte order mark
    or without.  NaN and Infinity are numbers here, as Python and JavaScript tools write them.
    Raises BrokenJsonError where it ends too early, or is not JSON any more.
    """

    def __init__(self, content: bytes, *, path: str) -> None:
        self.keys: set[str] = set()
        """The keys at the top so far, those of empty lists too; "" where a list is at the top."""
        self._path = path
        self._content = content
        self._read = 0
        encoding = json.detect_encoding(content[:4])
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._json = json.JSONDecoder(object_pairs_hook=self._object)
        self._repeated: str | None = None
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0

    @property
    def share(self) -> float:
        """How much of the file has been read, 0..1."""
        return self._read / len(self._content) if self._content else 1.0

    def __iter__(self) -> Iterator[JsonElement]:
        match self._next_sign():
            case "{":
                yield from self._object_at_top()
            case "[":
                self.keys.add("")
                yield from self._list("")
            case _:
                raise self._broken("is not JSON: it begins with neither { nor [")
        if self._next_sign():
            raise self._broken("goes on after the end of its JSON")

    def _object_at_top(self) -> Iterator[JsonElement]:
        self._at += 1
        if self._next_sign() == "}":
            self._at += 1
            return
        while True:
            line = self._line_here()
            key = self._value()
            if not isinstance(key, str):
                raise self._broken("is not JSON: a key is not text", line=line)
            self.keys.add(key)
            self._expect(":")
            if self._next_sign() == "[":
                yield from self._list(key)
            else:
                yield self._element(key, None)
            if not self._goes_on("}"):
                return

    def _list(self, key: str) -> Iterator[JsonElement]:
        self._at += 1
        if self._next_sign() == "]":
            self._at += 1
            return
        place = 1
        yield self._element(key, place)
        while self._goes_on("]"):
            place += 1
            yield self._element(key, place)

    def _element(self, key: str, place: int | None) -> JsonElement:
        self._next_sign()
        line = self._line_here()
        self._repeated = None
        value = self._value()
        return JsonElement(key, place, line, value, self._repeated)

    def _goes_on(self, end: str) -> bool:
        """Whether a comma follows, and not the `end`; steps over either."""
        sign = self._next_sign()
        if sign not in (",", end):
            raise self._broken(self._unexpected(sign, f"a comma or {end}"))
        self._at += 1
        return sign == ","

    def _expect(self, wanted: str) -> None:
        sign = self._next_sign()
        if sign != wanted:
            raise self._broken(self._unexpected(sign, wanted))
        self._at += 1

    def _unexpected(self, sign: str, wanted: str) -> str:
        return f"is not JSON: {wanted} is missing" if sign else "ends too early: it was cut off"

    def _next_sign(self) -> str:
        """The next sign that is not blank, "" at the end; stops before it."""
        while True:
            blanks = _BLANKS.match(self._text, self._at)
            self._at = blanks.end() if blanks else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(_PIECE):
                return ""

    def _value(self) -> Any:
        """The value here; more of the file is made text until it is whole."""
        self._next_sign()
        wanted = _PIECE
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._may_be_cut(error) and self._more(wanted):
                    wanted *= 2
                    continue
                if self._is_cut(error):
                    raise self._broken("ends too early: it was cut off") from error
                self._at = min(error.pos, len(self._text))
                raise self._broken(f"is not JSON: {error.msg}") from error
            except ValueError as error:
                raise self._broken("has a number that is too long") from error
            # A number may go on where the text ends: "1" may be "1.5e+3".
            long = end - self._at
            if end >= len(self._text) - len("e+") and self._more(wanted):
                continue
            self._at += long
            return value

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        return (
            error.msg.startswith("Unterminated string")
            or error.pos >= len(self._text) - _LONGEST_WORD
        )

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether the end of the file, where there is no more, is what is wrong there."""
        rest = self._text[error.pos :].strip()
        is_sign_cut = "\\u" in error.msg and '"' not in rest
        is_end = any(end.startswith(rest) for end in _ENDS)
        return error.msg.startswith("Unterminated string") or is_sign_cut or is_end

    def _more(self, size: int) -> bool:
        """Makes about `size` more bytes text, and forgets what is done with; False at the end of
        the file, where all stays as it is."""
        if self._read >= len(self._content):
            return False
        self._line_here()
        self._text, self._at, self._counted = self._text[self._at :], 0, 0
        length = len(self._text)
        while len(self._text) == length and self._read < len(self._content):
            piece = self._content[self._read : self._read + size]
            self._read += len(piece)
            try:
                self._text += self._decoder.decode(piece, self._read >= len(self._content))
            except UnicodeDecodeError as error:
                line = self._line + self._text.count("\n") + piece.count(b"\n", 0, error.start)
                reason = f"is not {error.encoding.upper()} text: save it as UTF-8"
                raise self._broken(reason, line=line) from error
        if is_too_deep(self._text):
            raise self._broken("is nested too deeply")
        return len(self._text) > length

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _broken(self, reason: str, *, line: int | None = None) -> BrokenJsonError:
        line = self._line_here() if line is None else line
        return BrokenJsonError(self._path, line=line, reason=f"{reason} (line {line:,})")

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) != len(pairs):
            keys = [key for key, _ in pairs]
            self._repeated = next(key for key in keys if keys.count(key) > 1)
        return value
