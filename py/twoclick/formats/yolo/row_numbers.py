"""The numbers of one line of a label file, in whatever way they are separated."""

import re

_DECIMAL_COMMA = re.compile(r"[-+]?\d+(?:,\d+)?(?:[eE][-+]?\d+)?")
_SEPARATORS = re.compile(r"[\s,;]+")


def numbers_of(line: str) -> tuple[list[float], str | None] | None:
    """The numbers of a line, and in words what had to be mended; None where it has something else.

    Blanks separate them; so may commas or semicolons, and a comma may be the decimal point where
    blanks or semicolons separate.  What follows "#" does not count.
    """
    line = line.partition("#")[0].strip()
    found = _floats(line.split())
    if found is not None:
        return found, None
    tokens = line.replace(";", " ").split()
    if len(tokens) > 1 and all(_DECIMAL_COMMA.fullmatch(token) for token in tokens):
        found = _floats([token.replace(",", ".") for token in tokens])
        mended = "A comma is the decimal point here: it was read as one."
    else:
        found = _floats([token for token in _SEPARATORS.split(line) if token])
        mended = "Commas or semicolons separate the numbers here: they were read as blanks."
    return None if found is None else (found, mended)


def _floats(tokens: list[str]) -> list[float] | None:
    try:
        # Python would read 1_000 as a number; no tool writes that.
        return None if any("_" in token for token in tokens) else [float(token) for token in tokens]
    except ValueError:
        return None


def looks_like_row(line: str) -> bool:
    """Whether a line is numbers and nothing else, at least two."""
    found = numbers_of(line)
    return found is not None and len(found[0]) > 1
