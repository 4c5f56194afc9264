"""A place in a YAML text, and moving over what means nothing there: blanks, comments, lines."""

import re

_BLANKS = re.compile(r"[ \t]*")
_REST_OF_LINE = re.compile(r"[^\n]*")
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?=[ \t\n]|$)")


class YamlError(Exception):
    """A text that is not of the part of YAML that is read; `line` counts from 1."""

    def __init__(self, text: str, *, line: int) -> None:
        super().__init__(text)
        self.text = text
        self.line = line


class Cursor:
    """A place in a text: `at` is an offset; lines end with "\\n" alone."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.at = 0

    @property
    def column(self) -> int:
        """How many characters stand before this place in its line."""
        return self.at - (self.text.rfind("\n", 0, self.at) + 1)

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.text)

    @property
    def at_line_end(self) -> bool:
        """Whether nothing is left in this line."""
        return self.ended or self.text[self.at] == "\n"

    def peek(self, count: int = 1) -> str:
        """The next characters, fewer at the end."""
        return self.text[self.at : self.at + count]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Moves over what matches here."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def error(self, text: str, *, at: int | None = None) -> YamlError:
        """An error here, or at another offset."""
        return YamlError(text, line=self.text.count("\n", 0, self.at if at is None else at) + 1)

    def skip_in_line(self) -> None:
        """Moves over blanks and a comment, to the line's end or to something that counts."""
        before = self.at
        self.take(_BLANKS)
        if self.peek() == "#" and (self.at > before or self.column == 0):
            self.take(_REST_OF_LINE)

    def skip(self) -> None:
        """Moves to the next thing that counts, over lines too.  Raises YamlError where a tab
        indents it."""
        while True:
            start = self.at
            self.skip_in_line()
            if not self.at_line_end or self.ended:
                break
            self.at += 1
        indents = start == 0 or self.text[start - 1] == "\n"
        if not self.ended and indents and "\t" in self.text[start : self.at]:
            raise self.error("A tab indents this line: YAML wants spaces.")

    def at_document_mark(self) -> bool:
        """Whether "---" or "..." stands at the start of this line."""
        return self.column == 0 and _DOCUMENT_MARK.match(self.text, self.at) is not None
