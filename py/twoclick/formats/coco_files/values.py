"""Values as COCO files in the wild have them: ids of any kind, numbers as text, broken text."""

from array import array
from typing import Any

Id = int | str

Size = tuple[int | None, int | None]
"""Width and height of an image, None where they are not known."""


def id_value(value: Any) -> Id | None:
    """An id; "7", 7 and 7.0 are the same one; None where the value is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.strip():
        text = value.strip()
        # No id that somebody counted to has more digits.
        short = text.isascii() and text.isdigit() and len(text) < 20
        return int(text) if short else text_value(text)
    return None


def side_value(value: Any) -> int | None:
    """Pixels of a side of an image: a whole number above 0, or None."""
    found = id_value(value)
    return found if isinstance(found, int) and 0 < found < 2**31 else None


def sizes_differ(one: Size, other: Size) -> bool:
    """Whether both are known, and are not the same."""
    return one != other and None not in (*one, *other)


def sizes_text(one: Size, other: Size) -> str:
    """Two sizes of one image, and the question, for people; both are known."""
    first, second = (f"{width:,} x {height:,}" for width, height in (one, other))
    return f"{first} and with {second} pixels: which one is meant?"


def score_value(value: Any) -> float | None:
    """A score of 0..1, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1 else None


def text_value(value: Any) -> str:
    """Text that can be stored and shown: a number as its digits, "?" for halves of signs; "" where
    it is neither text nor number."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if _is_broken(value) else value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def path_text(value: Any) -> str:
    """The path of an image as a file gives it, with "/" between folders."""
    return text_value(value).replace("\\", "/").strip().removeprefix("./")


class BadShapeError(ValueError):
    """An annotation that no shape can be made of; the text says why, for people."""


def numbers_value(value: object, name: str) -> "array[float]":
    """A list of numbers, which people know by that name.  Raises BadShapeError."""
    if not isinstance(value, list):
        raise BadShapeError(f"{name} is not a list of numbers")
    try:
        return array("d", value)
    except (TypeError, OverflowError) as error:
        raise BadShapeError(f"{name} is not a list of numbers") from error


def _is_broken(text: str) -> bool:
    """Whether it has halves of signs, which JSON can spell but no file or name can have."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)
