"""Where projects are kept: records by key in named object stores, written all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

SCHEMA_VERSION = 4

KEY_PATHS: Mapping[str, tuple[str, ...]] = {
    "projects": ("id",),
    "assets": ("projectId", "id"),
    "documents": ("projectId", "assetId"),
    "predictions": ("projectId", "assetId", "predictorId"),
    "history": ("projectId", "seq"),
    "runs": ("projectId", "id"),
    "runParts": ("projectId", "runId", "number", "what"),
    "modelFiles": ("projectId", "digest", "path"),
    "images": ("digest",),
    "thumbnails": ("digest", "page"),
    "unfinished": ("projectId",),
}
"""The object stores of SCHEMA_VERSION; a record's key is the values of these fields, in order.

`modelFiles` has the file of a model as the path "", and files with weights of it by the paths that
it knows them by.

`unfinished` marks projects that are being made in several steps: without a record in `projects`
nobody sees them, and what a mark leads to is removed at the next start.
"""

INDEXES: Mapping[str, tuple[str, ...]] = {"assets": ("digest",)}
"""Fields of object stores by whose value records are found, besides their keys."""

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


@dataclass(frozen=True, slots=True)
class DeleteAll:
    """Removes every record whose key starts with `prefix`."""

    store: str
    prefix: Key


@dataclass(frozen=True, slots=True)
class DeleteUnused:
    """Removes every record whose key starts with `prefix`, unless one in `user` has that value in
    `field`, one of INDEXES.  Both are seen in one transaction: nobody else's use is overlooked."""

    store: str
    prefix: Key
    user: str
    field: str
    value: str


Write = Put | Delete | DeleteAll | DeleteUnused
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

    async def read_many(self, store: str, keys: Sequence[Key]) -> list[Record | None]:
        """The records of `keys`, in their order, None where there is none."""
        ...

    async def keys(self, store: str, prefix: Key) -> list[Key]:
        """The keys that start with `prefix`, in order, without reading the records."""
        ...

    async def write(self, plan: Plan) -> None:
        """Writes a plan in order and in one transaction; returns once it is durable."""
        ...


def key_of(store: str, record: Record) -> Key:
    """The key of a record in an object store."""
    return tuple(record[name] for name in KEY_PATHS[store])
