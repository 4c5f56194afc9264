"""Writes `app/shared/protocol.js`: the page's types of what it says to the session, out of Python.

Commands are the dataclasses of `twoclick.session.commands`; the generated JSDoc types name the
tags and fields that `twoclick.session.wire` reads.  The object stores come from
`twoclick.ports.store`: the page's storage opens the database that the session describes.
"""

import dataclasses
import inspect
import json
import re
import types
import typing
from collections import abc
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from twoclick.ports.store import KEY_PATHS, SCHEMA_VERSION
from twoclick.session import commands

_HEADER = """\
/**
 * What the page and the session say to each other. Generated from Python by the build: do not edit.
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
    kinds = sorted(_members(commands.Command), key=lambda kind: kind.__name__)
    parts = [
        _HEADER,
        f"export const SCHEMA_VERSION = {SCHEMA_VERSION};\n",
        _stores(),
        *(_typedef(kind) for kind in kinds),
        _union([f"{kind.__name__}Command" for kind in kinds]),
    ]
    return "\n".join(parts)


def _stores() -> str:
    rows = [f"  {name}: {_js_list(path)}," for name, path in KEY_PATHS.items()]
    return "\n".join(
        [
            "/** Key paths of the object stores, by their names. */",
            "export const KEY_PATHS = {",
            *rows,
            "};\n",
        ]
    )


def _js_list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(json.dumps(name) for name in names)}]"


def _members(union: Any) -> Iterator[type]:
    for member in get_args(union):
        if get_args(member):
            yield from _members(member)
        else:
            yield member


def _typedef(kind: type) -> str:
    hints = typing.get_type_hints(kind)
    summary = " ".join((inspect.getdoc(kind) or "").split())
    lines = ["/**", f" * {summary}", " *", f" * @typedef {{object}} {kind.__name__}Command"]
    lines.append(f' * @property {{"{_kebab(kind.__name__)}"}} type')
    for field in dataclasses.fields(kind):
        shape = _js_type(hints[field.name])
        if shape is not None:
            lines.append(f" * @property {{{shape}}} {_camel(field.name)}")
    return "\n".join([*lines, " */\n"])


def _union(names: list[str]) -> str:
    return "\n".join(["/**", f" * @typedef {{{' | '.join(names)}}} Command", " */\n"])


def _js_type(hint: Any) -> str | None:
    """The JSDoc type, None for columns of numbers, which travel as buffers beside the text."""
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(json.dumps(value) for value in arguments)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(str(_js_type(each)) for each in arguments)
    if origin is tuple:
        return f"{_js_type(arguments[0])}[]"
    if origin is abc.Mapping:
        return "Record<string, unknown>"
    if dataclasses.is_dataclass(hint):
        return None
    raise TypeError(f"no type of the page is known for {hint!r}")


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)
