"""Reading the text of a path expression; `json_paths` says what may stand in one."""

import json
from typing import NoReturn

from twoclick.deployments.json_paths import (
    Each,
    Index,
    Json,
    JsonPath,
    Key,
    Name,
    Step,
    ends_plain_name,
)
from twoclick.deployments.reading import shortened

_MOST_TEXT = 2000


class PathError(ValueError):
    """A text that is no path; the message names the character where it stops being one."""


def path_of(text: str) -> JsonPath:
    """Reads a path; raises PathError."""
    return _Reader(text.strip()).path()


def paths_of(text: str) -> tuple[JsonPath, ...]:
    """Reads paths that commas separate; raises PathError."""
    reader = _Reader(text.strip())
    found = [reader.path(within=True)]
    while not reader.at_end:
        reader.at += 1
        found.append(reader.path(within=True))
    return tuple(found)


class _Reader:
    """Reads a text from the left; `at` is the next character."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        if len(text) > _MOST_TEXT:
            self._fail(f"a path has {_MOST_TEXT} characters at most")

    @property
    def at_end(self) -> bool:
        return self.at >= len(self.text)

    def path(self, *, within: bool = False) -> JsonPath:
        """A path, up to the end or, `within` a list, up to a comma."""
        self._blank()
        start = self.at
        whole = self._taken("$")
        if not whole and self._next() == "@" and not self._word_follows():
            self.at += 1
        steps: list[Step] = []
        while not (self.at_end or (self._next() == "," and within) or self._next().isspace()):
            if steps and isinstance(steps[-1], Key):
                self._fail("nothing comes after “@key”")
            steps.append(self._step(first=not steps and not whole))
        text = self.text[start : self.at]
        self._blank()
        if not text:
            self._fail("a path is missing")
        if not (self.at_end or (within and self._next() == ",")):
            self._fail("a name with spaces is put into quotes")
        return JsonPath(text=text, steps=tuple(steps), whole=whole)

    def _step(self, *, first: bool) -> Step:
        if self._next() == "[":
            return self._bracket()
        dotted = self._taken(".")
        if dotted and self._next() == "[":
            return self._bracket()
        if self._taken("*"):
            return Each()
        for word, step in (("@json", Json()), ("@key", Key())):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return step
        if not (dotted or first):
            self._fail("a “.” or “[” was expected")
        name = self._quoted() if self._next() in ('"', "'") else self._plain()
        return Name(name, self._taken("?"))

    def _bracket(self) -> Step:
        self.at += 1
        if self._next() in ('"', "'"):
            name = self._quoted()
            self._close()
            return Name(name, self._taken("?"))
        end = self.text.find("]", self.at)
        inner = self.text[self.at : end].strip() if end >= 0 else ""
        if end >= 0 and inner in ("", "*"):
            self.at = end + 1
            return Each()
        digits = inner.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            self._fail("“[” takes a whole number, * or a name in quotes, and ends with “]”")
        self.at = end + 1
        return Index(int(inner), self._taken("?"))

    def _quoted(self) -> str:
        quote, name = self.text[self.at], ""
        self.at += 1
        while not self.at_end and self.text[self.at] != quote:
            if self.text[self.at] == "\\":
                name += self._escaped()
            else:
                name += self.text[self.at]
                self.at += 1
        if not self._taken(quote):
            self._fail(f"the quote {quote} does not end")
        return name

    def _escaped(self) -> str:
        """A character behind a backslash, as in JSON."""
        size = 6 if self.text.startswith("\\u", self.at) else 2
        raw = self.text[self.at : self.at + size]
        if raw in ("\\'", '\\"'):
            self.at += 2
            return raw[1]
        try:
            character = str(json.loads(f'"{raw}"'))
        except ValueError:
            self._fail(f"“{raw}” is no character of JSON")
        self.at += size
        return character

    def _plain(self) -> str:
        start = self.at
        while not self.at_end and not ends_plain_name(self.text[self.at]):
            self.at += 1
        if self.at == start:
            self._fail("a name was expected")
        return self.text[start : self.at]

    def _close(self) -> None:
        if not self._taken("]"):
            self._fail("“]” was expected")

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _taken(self, character: str) -> bool:
        if self._next() != character:
            return False
        self.at += 1
        return True

    def _word_follows(self) -> bool:
        return self.text.startswith(("@json", "@key"), self.at)

    def _blank(self) -> None:
        while self._next().isspace():
            self.at += 1

    def _fail(self, why: str) -> NoReturn:
        raise PathError(f"character {self.at + 1} of “{shortened(self.text)}”: {why}")
