"""Class names in the metadata of a file whatever its maker: custom keys of export scripts.

Values are JSON, as Hugging Face's `id2label`, or Python literals, as scripts have them that write
`str(names)`: a list, or a dict from number to name or from name to number.
"""

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twoclick.models.class_names import numbered_names
from twoclick.models.description import MOST_CLASSES

_KEYS = ("names", "classes", "labels", "classnames", "labelnames", "id2label", "label2id")
"""In small letters and without separators; the first that can be read counts."""

_LONGEST_TEXT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNames:
    """`names` by the number of the class, and the metadata key that told them."""

    key: str
    names: tuple[str, ...]


def told_names(metadata: Mapping[str, str]) -> ToldNames | None:
    """None where there are none, or none that can be read: a person names the classes then."""
    by_plain = {_plain(key): key for key in metadata}
    for plain in _KEYS:
        key = by_plain.get(plain)
        if key is not None and (names := _names(metadata[key])):
            return ToldNames(key=key, names=names)
    return None


def _plain(key: str) -> str:
    return "".join(one for one in key.casefold() if one.isalnum())


def _names(text: str) -> tuple[str, ...]:
    value = _read(text)
    if isinstance(value, Mapping):
        value = _in_order(value)
    if not isinstance(value, list | tuple) or not 0 < len(value) <= MOST_CLASSES:
        return ()
    if not all(isinstance(name, str | int | float) for name in value):
        return ()
    numbered = numbered_names(len(value))
    return tuple(
        str(name).strip() or otherwise for name, otherwise in zip(value, numbered, strict=True)
    )


def _read(text: str) -> Any:
    if len(text) > _LONGEST_TEXT:
        return None
    for reader in (json.loads, ast.literal_eval):
        try:
            return reader(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
    return None


def _in_order(value: Mapping[Any, Any]) -> Sequence[Any] | None:
    """The names of a dict whose numbers are those of classes, from 0 or 1 on without a gap."""
    if value and all(_number(one) is not None for one in value.values()):
        value = {number: name for name, number in value.items()}
    numbers = {_number(key): name for key, name in value.items()}
    known = sorted(number for number in numbers if number is not None)
    if len(known) != len(value) or not known or known[0] not in (0, 1):
        return None
    if known != list(range(known[0], known[0] + len(known))):
        return None
    return [numbers[number] for number in known]


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:9])
    return value if isinstance(value, int) and not isinstance(value, bool) else None
