"""Messages of the page as commands, and events as messages: JSON-able values beside buffers.

Names are in camel case on the wire.  A message that is not understood raises WireError, which names
the field.
"""

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from twoclick.domain.geometry import Shape
from twoclick.domain.outlines import Buffer, Outlines
from twoclick.domain.shape_json import shape_value
from twoclick.domain.suggestion import Columns
from twoclick.session import commands, events
from twoclick.session.handlers.outcome import Accepted
from twoclick.session.intake import Intake
from twoclick.session.project_list import ProjectRow
from twoclick.session.runs.spec import RunItem, RunSpec
from twoclick.session.spec import AssetSpec, ImageRef, ModelPart, ProjectSpec

T = TypeVar("T")
Message = dict[str, Any]


class WireError(ValueError):
    """A message with a field that is missing or wrong."""

    code = "bad-request"

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def kebab_case(name: str) -> str:
    """CommitAll as commit-all."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def camel_case(name: str) -> str:
    """asset_id as assetId."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


COMMANDS: Mapping[str, type] = {
    kebab_case(kind.__name__): kind for kind in get_args(commands.Command)
}
"""Every command by its tag."""

EVENTS: Mapping[str, type] = {kebab_case(kind.__name__): kind for kind in get_args(events.Event)}
"""Every event by its tag."""


# --- in ---------------------------------------------------------------------------------------


def parse_command(message: Mapping[str, Any], buffers: Sequence[Any] = ()) -> commands.Command:
    """The command of a message {"type": tag, ...fields}.

    record-predictions comes with a buffer for each field of `Columns`, in their order.  They are
    copied, not checked.  add-predictor comes with what stands for the bytes of each of its files.
    """
    tag = message.get("type")
    kind = COMMANDS.get(tag) if isinstance(tag, str) else None
    if kind is None:
        raise WireError("type", f"{tag!r} is not a command")
    known: dict[str, Any] = {}
    if kind is commands.RecordPredictions:
        known["columns"] = Columns(**_columns(Columns, buffers))
    elif kind is commands.AddPredictor:
        known["files"] = _parse_files(ModelPart, message.get("files", []), buffers, path="files")
    return cast("commands.Command", _parse_record(kind, message, path="", known=known))


def parse_project(message: Mapping[str, Any]) -> ProjectSpec:
    """The spec of a new project."""
    return _parse_record(ProjectSpec, message, path="")


def parse_assets(messages: Sequence[Mapping[str, Any]]) -> list[AssetSpec]:
    """The specs of new assets."""
    return [_parse_record(AssetSpec, one, path=f"assets[{at}].") for at, one in enumerate(messages)]


def parse_images(messages: Sequence[Mapping[str, Any]], tokens: Sequence[object]) -> list[ImageRef]:
    """The image files that come with new assets, with what stands for the bytes of each."""
    return list(_parse_files(ImageRef, messages, tokens, path="images"))


def _parse_files(
    kind: type[T], messages: Sequence[Mapping[str, Any]], tokens: Sequence[object], *, path: str
) -> tuple[T, ...]:
    if len(tokens) != len(messages):
        raise WireError(path, f"expected {len(messages)} files, found {len(tokens)}")
    return tuple(
        _parse_record(kind, one, path=f"{path}[{at}].", known={"token": tokens[at]})
        for at, one in enumerate(messages)
    )


def parse_run(message: Mapping[str, Any]) -> RunSpec:
    """What an import is."""
    return _parse_record(RunSpec, message, path="")


def parse_run_item(message: Mapping[str, Any]) -> RunItem:
    """What is on one image of an import."""
    return _parse_record(RunItem, message, path="items.")


def parse_outlines(buffers: Sequence[Buffer]) -> Outlines:
    """Shapes as columns, in the order of the fields of `Outlines`; not checked."""
    return Outlines(**_columns(Outlines, buffers))


def _columns(kind: type, buffers: Sequence[Buffer]) -> dict[str, bytes]:
    names = [field.name for field in fields(kind)]
    if len(buffers) != len(names):
        raise WireError("buffers", f"expected {len(names)}, found {len(buffers)}")
    return dict(zip(names, map(bytes, buffers), strict=True))


def _parse_record(
    kind: type[T],
    message: Mapping[str, Any],
    *,
    path: str,
    known: Mapping[str, Any] | None = None,
) -> T:
    values: dict[str, Any] = dict(known or {})
    for name, wire_name, hint, required in _shape(kind):
        if name in values:
            continue
        if wire_name in message:
            values[name] = _parse_value(hint, message[wire_name], path=path + wire_name)
        elif required:
            raise WireError(path + wire_name, "is missing")
    return kind(**values)


def _parse_value(hint: Any, value: Any, *, path: str) -> Any:
    if hint == Shape:
        return _parse_shape(value, path=path)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return _parse_value(_without_none(hint), value, path=path)
    if origin is tuple:
        if not isinstance(value, list):
            raise WireError(path, f"expected a list, found {_kind_of(value)}")
        item = get_args(hint)[0]
        return tuple(_parse_value(item, one, path=f"{path}[{at}]") for at, one in enumerate(value))
    if origin is Literal:
        if value not in get_args(hint):
            raise WireError(path, f"{value!r} is not one of {', '.join(get_args(hint))}")
        return value
    if is_dataclass(hint) or origin is not None:
        if not isinstance(value, dict):
            raise WireError(path, f"expected an object, found {_kind_of(value)}")
        return value if origin is not None else _parse_record(hint, value, path=path + ".")
    return _parse_scalar(hint, value, path=path)


def _parse_shape(value: Any, *, path: str) -> Shape:
    if not isinstance(value, dict):
        raise WireError(path, f"expected an object, found {_kind_of(value)}")
    try:
        return shape_value(value)
    except ValueError as error:
        raise WireError(path, str(error)) from error


def _parse_scalar(hint: type, value: Any, *, path: str) -> Any:
    # JSON does not tell 1 from 1.0, and Python takes True for 1.
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is int and isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise WireError(path, f"expected {_NAMES[hint]}, found {_kind_of(value)}")
    return value


_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def _kind_of(value: Any) -> str:
    return "null" if value is None else type(value).__name__


def _without_none(hint: Any) -> Any:
    return next(one for one in get_args(hint) if one is not type(None))


_shapes: dict[type, tuple[tuple[str, str, Any, bool], ...]] = {}


def _shape(kind: type) -> tuple[tuple[str, str, Any, bool], ...]:
    """Name, name on the wire, type and whether it is required, of each field.

    Kept: resolving the types takes longer than reading a message.
    """
    if kind not in _shapes:
        hints = get_type_hints(kind)
        _shapes[kind] = tuple(
            (
                field.name,
                camel_case(field.name),
                hints[field.name],
                field.default is MISSING and field.default_factory is MISSING,
            )
            for field in fields(kind)
        )
    return _shapes[kind]


# --- out --------------------------------------------------------------------------------------


def event_message(event: events.Event) -> tuple[Message, list[bytes]]:
    """An event as a message {"event": tag, ...fields} and its buffers."""
    message: Message = {"event": kebab_case(type(event).__name__)}
    buffers: list[bytes] = []
    for name, wire_name in _names(type(event)):
        value = getattr(event, name)
        if isinstance(value, bytes | bytearray | memoryview):
            buffers.append(bytes(value))
        else:
            message[wire_name] = _plain(value)
    if isinstance(event, events.Settings):
        message = _only_changed(event, message)
    return message, buffers


def accepted_message(accepted: Accepted) -> Message:
    """The reply to a command."""
    return {"accepted": True, **_plain(accepted)}


def project_rows_message(rows: Sequence[ProjectRow]) -> list[Message]:
    """The stored projects."""
    return [_plain(row) for row in rows]


def intake_message(intake: Intake) -> Message:
    """What became of images that were brought."""
    return {
        "added": len(intake.assets),
        "duplicates": [_plain(one) for one in intake.duplicates],
        "renamed": [_plain(one) for one in intake.renamed],
    }


def _only_changed(event: events.Settings, message: Message) -> Message:
    del message["activePredictorChanged"]
    # What can be none says so only where it changed.
    told = {
        "activePredictorId": event.active_predictor_changed,
        "lastTagId": event.tags is not None,
    }
    return {key: value for key, value in message.items() if value is not None or told.get(key)}


def _plain(value: Any) -> Any:
    """JSON-able: rows as objects, tuples as lists."""
    if type(value) in _PLAIN or isinstance(value, Mapping):
        return value
    if isinstance(value, tuple):
        return [item if type(item) in _PLAIN else _plain(item) for item in value]
    # A project may have 10,000 rows: no call for a value that is plain already.
    read = ((wire_name, getattr(value, name)) for name, wire_name in _names(type(value)))
    return {name: one if type(one) in _PLAIN else _plain(one) for name, one in read}


_PLAIN = frozenset({str, int, float, bool, type(None)})


_wire_names: dict[type, tuple[tuple[str, str], ...]] = {}


def _names(kind: type) -> tuple[tuple[str, str], ...]:
    if kind not in _wire_names:
        _wire_names[kind] = tuple((one.name, camel_case(one.name)) for one in fields(kind))
    return _wire_names[kind]
