"""Writes `app/shared/protocol.js`: the types of what page and session say to each other.

Commands and events are the dataclasses of `twoclick.session.commands` and `events`; the generated
JSDoc types name the tags and fields that `twoclick.session.wire` reads and writes.  The object
stores come from `twoclick.ports.store`: the page's storage opens the database that the session
describes.
"""

import dataclasses
import inspect
import json
import re
import types
import typing
from collections import abc
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from twoclick.domain.geometry import Shape
from twoclick.domain.outlines import Buffer
from twoclick.domain.suggestion import Columns
from twoclick.ports.store import INDEXES, KEY_PATHS, SCHEMA_VERSION
from twoclick.session import commands, events
from twoclick.session import rows as row_types
from twoclick.session import spec as spec_types

_HEADER = """\
/**
 * What the page and the session say to each other. Generated from Python by the build: do not edit.
 */
"""

_SHAPE = """\
/**
 * A shape by itself, in pixels of the oriented image; rings are x, y, x, y ..., not closed.
 *
 * @typedef {{ kind: "box", box: [number, number, number, number] }
 *   | { kind: "rotated-box", ring: number[] }
 *   | { kind: "polygon", rings: number[][] }
 *   | { kind: "keypoints", box: [number, number, number, number], points: number[],
 *       visibility: number[] }
 *   | { kind: "whole-image", box: [number, number, number, number] }} Shape
 */
"""

_SCALARS: Mapping[Any, str] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    type(None): "null",
}


def protocol_js() -> str:
    """The text of the module."""
    asked = _by_name(_members(commands.Command))
    told = _by_name(_members(events.Event))
    rows = _by_name(_rows([*asked, *told]))
    return "\n".join(
        [
            _HEADER,
            f"export const SCHEMA_VERSION = {SCHEMA_VERSION};\n",
            _stores(),
            _SHAPE,
            *(_typedef(kind, name=_command_name(kind), tag="type") for kind in asked),
            *(_typedef(kind, name=kind.__name__) for kind in rows),
            *(_typedef(kind, name=_event_name(kind), tag="event") for kind in told),
            _union("Command", map(_command_name, asked)),
            _union("SessionEvent", map(_event_name, told)),
        ]
    )


def _by_name(kinds: Iterable[type]) -> list[type]:
    return sorted(kinds, key=lambda kind: kind.__name__)


def _command_name(kind: type) -> str:
    return f"{kind.__name__}Command"


def _event_name(kind: type) -> str:
    return f"{kind.__name__}Event"


def _rows(kinds: Iterable[type]) -> set[type]:
    """The dataclasses that fields of these hold, and theirs."""
    found: set[type] = set()
    for kind in kinds:
        for hint in typing.get_type_hints(kind).values():
            found |= {each for each in (hint, *get_args(hint)) if _is_row(each)}
    return found | _rows(found) if found else found


def _is_row(hint: Any) -> bool:
    modules = (row_types.__name__, spec_types.__name__)
    return isinstance(hint, type) and hint.__module__ in modules


def _stores() -> str:
    return "\n".join(
        [
            *_lists("KEY_PATHS", KEY_PATHS, "Key paths of the object stores, by their names."),
            *_lists("INDEXES", INDEXES, "Fields of object stores that are indexed."),
        ]
    )


def _lists(name: str, lists: Mapping[str, tuple[str, ...]], meaning: str) -> list[str]:
    rows = [f"  {key}: {_js_list(names)}," for key, names in lists.items()]
    return [f"/** {meaning} */", f"export const {name} = {{", *rows, "};\n"]


def _js_list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(json.dumps(name) for name in names)}]"


def _members(union: Any) -> Iterator[type]:
    for member in get_args(union):
        if get_args(member):
            yield from _members(member)
        else:
            yield member


def _typedef(kind: type, *, name: str, tag: str | None = None) -> str:
    """A JSDoc type; `tag` is the property that tells the members of a union apart.

    Settings that did not change are absent, so a field with a default is optional.
    """
    hints = typing.get_type_hints(kind)
    summary = " ".join((inspect.getdoc(kind) or "").split())
    lines = ["/**", f" * {summary}", " *", f" * @typedef {{object}} {name}"]
    if tag:
        lines.append(f' * @property {{"{_kebab(kind.__name__)}"}} {tag}')
    for field in dataclasses.fields(kind):
        shape = _js_type(hints[field.name])
        if shape is not None:
            wire_name = _camel(field.name)
            optional = field.default is not dataclasses.MISSING
            lines.append(f" * @property {{{shape}}} {f'[{wire_name}]' if optional else wire_name}")
    return "\n".join([*lines, " */\n"])


def _union(name: str, members: Iterable[str]) -> str:
    return "\n".join(["/**", f" * @typedef {{{' | '.join(members)}}} {name}", " */\n"])


def _js_type(hint: Any) -> str | None:
    """The JSDoc type, None for what travels beside the text: columns of numbers, files."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    if hint in (Buffer, Columns, object):
        return None
    if hint == Shape or _is_row(hint):
        return "Shape" if hint == Shape else str(hint.__name__)
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return "unknown"
    if origin is Literal:
        return " | ".join(json.dumps(value) for value in arguments)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(str(_js_type(each)) for each in arguments)
    if origin is tuple and arguments[-1] is ...:
        member = str(_js_type(arguments[0]))
        return f"({member})[]" if "|" in member else f"{member}[]"
    if origin is tuple:
        return f"[{', '.join(str(_js_type(each)) for each in arguments)}]"
    if origin is abc.Mapping:
        return f"Record<string, {_js_type(arguments[1])}>"
    raise TypeError(f"no type of the page is known for {hint!r}")


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)
