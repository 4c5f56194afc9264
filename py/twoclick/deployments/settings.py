"""The settings of a protocol as a person gives them."""

from collections.abc import Mapping

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.protocol import DeploymentProtocol, Field


def checked_settings(protocol: DeploymentProtocol, given: Mapping[str, str]) -> dict[str, str]:
    """The settings that are given, without white space around them and without empty ones.

    Raises DeploymentError for one that the protocol does not have, and for a value that it cannot
    have.  What is required and missing is the protocol's to tell: an address may hold it.
    """
    fields = {field.key: field for field in protocol.fields}
    checked = {}
    for key, text in given.items():
        if key not in fields:
            known = ", ".join(fields) or "none"
            raise DeploymentError(
                "bad-settings",
                f"{protocol.title} has no setting “{key}”. Its settings: {known}.",
            )
        if value := text.strip():
            checked[key] = _checked(fields[key], value)
    return checked


def _checked(field: Field, value: str) -> str:
    if field.kind == "choice" and value not in field.choices:
        choices = ", ".join(field.choices)
        raise DeploymentError(
            "bad-settings", f"{field.key} cannot be “{value}”. Choose one of: {choices}."
        )
    if field.kind == "number" and not _is_number(value):
        raise DeploymentError("bad-settings", f"{field.key} should be a number, not “{value}”.")
    return value


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False
