"""How deep JSON is nested, looked at before it is parsed: in the page a parser that goes too deep
ends the thread that it runs in, where CPython raises RecursionError."""

import json
import re
from typing import Any

DEEPEST = 100
"""Lists and objects in each other; what Twoclick and label files have is some ten deep."""

# What is passed on the way to the next bracket, strings among it.  Nothing is tried twice: hostile
# texts take no longer than others.
_NEXT_BRACKET = re.compile(
    r"""[^"\[\]{}]*+ (?: "[^"\\]*+(?:\\.[^"\\]*+)*+ "?+ [^"\[\]{}]*+ )*+ ([\[\]{}]?)""",
    re.DOTALL | re.VERBOSE,
)


def is_too_deep(text: str) -> bool:
    """Whether lists and objects are nested more than DEEPEST deep in a text of JSON, or in a
    stretch of one that begins outside of strings."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = 0
    for found in _NEXT_BRACKET.finditer(text):
        bracket = found[1]
        if bracket in ("[", "{"):
            depth += 1
            if depth > DEEPEST:
                return True
        elif depth:
            depth -= 1
    return False


def end_of_json(text: str) -> int | None:
    """Where the list or object that a text begins with ends: what follows may be anything.

    None where it does not begin with one, does not end, or is nested more than DEEPEST deep.
    """
    if not text.lstrip(" \t\r\n").startswith(("[", "{")):
        return None
    depth = 0
    for found in _NEXT_BRACKET.finditer(text):
        if found[1] in ("[", "{"):
            depth += 1
            if depth > DEEPEST:
                return None
        elif found[1]:
            depth -= 1
            if depth == 0:
                return found.end()
    return None


def parsed_json(text: str) -> Any:
    """The value of a JSON text from outside.  Raises ValueError where it is none, or too deep."""
    if is_too_deep(text):
        raise ValueError("it is nested too deeply")
    return json.loads(text)
