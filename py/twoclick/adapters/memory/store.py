"""A store in memory, with the contract of the one in the browser."""

import copy
from collections.abc import Mapping, Sequence
from typing import Literal

from twoclick.ports.store import (
    INDEXES,
    KEY_PATHS,
    BlobToken,
    Delete,
    DeleteAll,
    Key,
    Plan,
    Put,
    Record,
    StoreError,
    Write,
    key_of,
)


class MemoryStore:
    """Keeps records for as long as it lives.

    What is read or written is copied, as in the browser: nobody can change a record in place.  A
    disk that is full or gone is had by `refuse`, until `accept`.
    """

    def __init__(self) -> None:
        self._stores: dict[str, dict[Key, Record]] = {name: {} for name in KEY_PATHS}
        self._refusal: StoreError | None = None

    def refuse(self, code: Literal["quota", "closed", "refused", "failed"], reason: str) -> None:
        """From now on every write fails like this."""
        self._refusal = StoreError(code, reason)

    def accept(self) -> None:
        """From now on writes succeed again."""
        self._refusal = None

    async def read(self, store: str, key: Key) -> Record | None:
        """See Store."""
        return copy.deepcopy(self._store(store).get(key))

    async def read_all(self, store: str, prefix: Key) -> list[Record]:
        """See Store."""
        records = self._store(store)
        return [copy.deepcopy(records[key]) for key in _starting(records, prefix)]

    async def read_many(self, store: str, keys: Sequence[Key]) -> list[Record | None]:
        """See Store."""
        return [copy.deepcopy(self._store(store).get(key)) for key in keys]

    async def keys(self, store: str, prefix: Key) -> list[Key]:
        """See Store."""
        return _starting(self._store(store), prefix)

    async def write(self, plan: Plan) -> None:
        """See Store."""
        if self._refusal is not None:
            raise self._refusal
        after = {name: dict(records) for name, records in self._stores.items()}
        for write in plan:
            _carry_out(write, after)
        self._stores = after

    def _store(self, name: str) -> dict[Key, Record]:
        try:
            return self._stores[name]
        except KeyError:
            raise StoreError("failed", f'there is no object store "{name}"') from None


def _carry_out(write: Write, stores: dict[str, dict[Key, Record]]) -> None:
    if write.store not in stores:
        raise StoreError("failed", f'there is no object store "{write.store}"')
    records = stores[write.store]
    if isinstance(write, Put):
        records[_checked_key(write)] = copy.deepcopy(dict(write.record))
    elif isinstance(write, Delete):
        records.pop(write.key, None)
    elif isinstance(write, DeleteAll) or not _is_used(write.user, write.field, write.value, stores):
        for key in _starting(records, write.prefix):
            del records[key]


def _is_used(user: str, field: str, value: str, stores: Mapping[str, Mapping[Key, Record]]) -> bool:
    if field not in INDEXES.get(user, ()):
        raise StoreError("failed", f"records of {user} are not found by {field}")
    return any(record.get(field) == value for record in stores[user].values())


def _starting(records: Mapping[Key, Record], prefix: Key) -> list[Key]:
    return sorted(key for key in records if key[: len(prefix)] == prefix)


def _checked_key(write: Put) -> Key:
    try:
        key = key_of(write.store, write.record)
    except KeyError as missing:
        raise StoreError("failed", f"a record of {write.store} has no {missing}") from missing
    for name, value in write.record.items():
        _check_value(value, path=f"{write.store}.{name}", top=True)
    return key


def _check_value(value: object, *, path: str, top: bool = False) -> None:
    """Whether the browser could keep it: JSON, and at the top bytes and blobs."""
    if value is None or isinstance(value, str | int | float | bool):
        return
    if top and isinstance(value, bytes | BlobToken):
        return
    if isinstance(value, list):
        for item in value:
            _check_value(item, path=path)
    elif isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(name, str):
                raise StoreError("failed", f"{path} has a key that is not text: {name!r}")
            _check_value(item, path=f"{path}.{name}")
    else:
        raise StoreError("failed", f"{path} cannot be stored: {type(value).__name__}")
