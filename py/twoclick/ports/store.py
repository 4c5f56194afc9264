"""Where projects are kept: records by key in named object stores, written all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

SCHEMA_VERSION = 1

KEY_PATHS: Mapping[str, tuple[str, ...]] = {
    "projects": ("id",),
    "assets": ("projectId", "id"),
    "documents": ("projectId", "assetId"),
    "predictions": ("projectId", "assetId", "predictorId"),
    "history": ("projectId", "seq"),
    "images": ("digest",),
}
"""The object stores of SCHEMA_VERSION; a record's key is the values of these fields, in order."""

Key = tuple[str | int | float, ...]
Record = Mapping[str, Any]
"""JSON-able, but that a top-level value may also be `bytes` or a BlobToken."""


@dataclass(frozen=True, slots=True)
class BlobToken:
    """Stands for a file's bytes that the adapter holds and Python never sees."""

    token: object


@dataclass(frozen=True, slots=True)
class Put:
    """Writes `record` in place of what has its key."""

    store: str
    record: Record


@dataclass(frozen=True, slots=True)
class Delete:
    """Removes the record of `key`; nothing happens where there is none."""

    store: str
    key: Key


Write = Put | Delete
Plan = Sequence[Write]


StoreErrorCode = Literal["quota", "closed", "refused", "failed"]


class StoreError(Exception):
    """Nothing of a plan was written, or a record could not be read; `reason` is for people."""

    def __init__(self, code: StoreErrorCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Store(Protocol):
    """Records by key.  Every method may raise StoreError."""

    async def read(self, store: str, key: Key) -> Record | None:
        """The record of `key`, None where there is none."""
        ...

    async def read_all(self, store: str, prefix: Key) -> list[Record]:
        """Every record whose key starts with `prefix`, in the order of their keys."""
        ...

    async def write(self, plan: Plan) -> None:
        """Writes a plan in order and in one transaction; returns once it is durable."""
        ...


def key_of(store: str, record: Record) -> Key:
    """The key of a record in an object store."""
    return tuple(record[name] for name in KEY_PATHS[store])
