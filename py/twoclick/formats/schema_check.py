"""Whether a value is of the form that a JSON Schema asks for, and in words where not.

Knows the part of JSON Schema 2020-12 that this project's schemas use: type, const, enum, pattern,
minLength, minimum, maximum, items, minItems, maxItems, required, properties, oneOf and $ref to
"#/$defs/...".  A schema becomes a function once, because files hold values by the hundred thousand.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
Check = Callable[[Any], str | None]
"""What is wrong with a value, as "where.in.it: what"; None where nothing is."""

_ASKED = frozenset(
    {"type", "const", "enum", "pattern", "minLength", "minimum", "maximum", "items", "minItems"}
) | frozenset({"maxItems", "required", "properties", "oneOf", "$ref"})
_SAID = frozenset({"$schema", "$defs", "title", "description"})


def compiled(schema: Json, *, definitions: Json) -> Check:
    """The check of `schema`; `definitions` are what its references name.

    Raises ValueError where it asks for something that is not known here.
    """
    unknown = schema.keys() - _ASKED - _SAID
    if unknown:
        raise ValueError(f"not checked: {', '.join(sorted(unknown))}")
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return compiled(definitions[name], definitions=definitions)
    if "oneOf" in schema:
        return _one_of([_Choice(one, definitions) for one in schema["oneOf"]])
    if "const" in schema:
        return _among((schema["const"],))
    if "enum" in schema:
        return _among(tuple(schema["enum"]))
    return _of_type(schema, definitions)


def _of_type(schema: Json, definitions: Json) -> Check:
    match schema["type"]:
        case "object":
            return _object(schema, definitions)
        case "array":
            return _array(schema, definitions)
        case "string":
            return _string(schema)
        case "integer" | "number":
            return _number(schema)
        case "boolean":
            return lambda value: None if isinstance(value, bool) else _expected("true or false")
        case "null":
            return lambda value: None if value is None else _expected("null")
        case kind:
            raise ValueError(f"not checked: type {kind}")


def _expected(what: str) -> str:
    return f": expected {what}"


def _within(key: str, problem: str) -> str:
    """The problem of a part, as one of the whole."""
    return f"{key}{problem}" if problem[0] in ":[" else f"{key}.{problem}"


def _object(schema: Json, definitions: Json) -> Check:
    required: Sequence[str] = schema.get("required", ())
    checks = {
        key: compiled(one, definitions=definitions)
        for key, one in schema.get("properties", {}).items()
    }

    def check(value: Any) -> str | None:
        if not isinstance(value, dict):
            return _expected("an object")
        for key in required:
            if key not in value:
                return f"{key}: is missing"
        for key, part in value.items():
            if key in checks:
                problem = checks[key](part)
                if problem is not None:
                    return _within(key, problem)
        return None

    return check


def _array(schema: Json, definitions: Json) -> Check:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    items = schema.get("items")
    of_numbers = items == {"type": "number"}
    check_item = None if items is None else compiled(items, definitions=definitions)

    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return _expected("a list")
        if len(value) < least or (most is not None and len(value) > most):
            wanted = f"{least} of them" if least == most else f"at least {least}"
            return f": expected {wanted}, found {len(value)}"
        # Nearly all values are coordinates: they are looked at together.
        if check_item is None or (of_numbers and {*map(type, value)} <= {int, float}):
            return None
        for at, part in enumerate(value):
            problem = check_item(part)
            if problem is not None:
                return _within(f"[{at}]", problem)
        return None

    return check


def _string(schema: Json) -> Check:
    least = schema.get("minLength", 0)
    pattern = re.compile(schema["pattern"].removesuffix("$")) if "pattern" in schema else None

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return _expected("text")
        if len(value) < least:
            return ": is empty"
        if pattern is not None and not pattern.fullmatch(value):
            return f": {_shown(value)} is not of the form {schema['pattern']}"
        return None

    return check


def _number(schema: Json) -> Check:
    whole = schema["type"] == "integer"
    least, most = schema.get("minimum"), schema.get("maximum")

    def check(value: Any) -> str | None:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return _expected("a whole number" if whole else "a number")
        if whole and isinstance(value, float) and not value.is_integer():
            return _expected("a whole number")
        # not >=, so that NaN is refused too
        if (least is not None and not value >= least) or (most is not None and not value <= most):
            return f": {_shown(value)} is not from {least} to {most}"
        return None

    return check


def _among(values: tuple[Any, ...]) -> Check:
    def check(value: Any) -> str | None:
        for one in values:
            if value == one and isinstance(value, bool) == isinstance(one, bool):
                return None
        wanted = ", ".join(map(_shown, values))
        return f": {_shown(value)} is not {'one of ' if len(values) > 1 else ''}{wanted}"

    return check


class _Choice:
    """One of several schemas: that of a constant in one property, or that of another type."""

    def __init__(self, schema: Json, definitions: Json) -> None:
        self.check = compiled(schema, definitions=definitions)
        constants = [
            (key, one["const"])
            for key, one in schema.get("properties", {}).items()
            if "const" in one
        ]
        self.key: str | None = constants[0][0] if constants else None
        self.const: Any = constants[0][1] if constants else None
        self._is_null = schema.get("type") == "null"

    def is_meant(self, value: Any) -> bool:
        """Whether the value is to be seen as this one."""
        if self._is_null or value is None:
            return self._is_null and value is None
        if self.key is None:
            return True
        return isinstance(value, dict) and bool(value.get(self.key) == self.const)


def _one_of(choices: Sequence[_Choice]) -> Check:
    """Of schemas that exclude each other: problems are told by the one that was meant."""
    key = next((choice.key for choice in choices if choice.key is not None), "")

    def check(value: Any) -> str | None:
        for choice in choices:
            if choice.is_meant(value):
                return choice.check(value)
        if not isinstance(value, dict):
            return _expected("an object")
        wanted = ", ".join(_shown(choice.const) for choice in choices)
        return f"{key}: {_shown(value.get(key))} is not one of {wanted}"

    return check


def _shown(value: Any) -> str:
    """A value for people, not too long."""
    text = repr(value) if isinstance(value, str | int | float | None) else "this"
    return text if len(text) <= 40 else f"{text[:37]}..."
