"""The store port over IndexedDB, through the functions of `app/workers/session/storage.js`.

Records cross as JSON text; their byte fields and blobs go beside it as attachments.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pyodide.ffi import JsException

from twoclick.adapters.browser.messages import attachments_from_page, attachments_to_page
from twoclick.ports.store import (
    BlobToken,
    Delete,
    DeleteAll,
    Key,
    Plan,
    Put,
    Record,
    StoreError,
    StoreErrorCode,
    Write,
)

_CODES: Mapping[str, StoreErrorCode] = {
    "QuotaExceededError": "quota",
    "InvalidStateError": "closed",
    "SecurityError": "refused",
    "NotAllowedError": "refused",
}

_REASONS: Mapping[StoreErrorCode, str] = {
    "quota": "the browser has no room left",
    "closed": "the browser closed the storage",
}


class IndexedDbStore:
    """A `ports.store.Store`; one write is one transaction with strict durability."""

    def __init__(self, *, storage: Any) -> None:
        self._storage = storage

    async def read(self, store: str, key: Key) -> Record | None:
        """See `ports.store.Store.read`."""
        records = await self._ask(self._storage.read, store, json.dumps(list(key)))
        return records[0]

    async def read_all(self, store: str, prefix: Key) -> list[Record]:
        """See `ports.store.Store.read_all`."""
        records = await self._ask(self._storage.read_all, store, json.dumps(list(prefix)))
        return [record for record in records if record is not None]

    async def read_many(self, store: str, keys: Sequence[Key]) -> list[Record | None]:
        """See `ports.store.Store.read_many`."""
        return await self._ask(self._storage.read_many, store, json.dumps([list(k) for k in keys]))

    async def keys(self, store: str, prefix: Key) -> list[Key]:
        """See `ports.store.Store.keys`."""
        try:
            text = await self._storage.keys(store, json.dumps(list(prefix)))
        except JsException as error:
            raise _store_error(error) from error
        return [tuple(key) for key in json.loads(text)]

    async def write(self, plan: Plan) -> None:
        """See `ports.store.Store.write`."""
        attachments: list[Any] = []
        steps = [_step(change, attachments) for change in plan]
        text = json.dumps(steps, allow_nan=False)
        try:
            await self._storage.write(text, attachments_to_page(attachments))
        except JsException as error:
            raise _store_error(error) from error

    async def _ask(self, function: Any, store: str, key: str) -> list[Record | None]:
        try:
            text, attachments = await function(store, key)
        except JsException as error:
            raise _store_error(error) from error
        buffers = attachments_from_page(attachments)
        return [_record(fields, buffers) for fields in json.loads(text)]


def _step(change: Write, attachments: list[Any]) -> dict[str, Any]:
    if isinstance(change, Put):
        return {"store": change.store, "put": _fields(change.record, attachments)}
    if isinstance(change, Delete):
        return {"store": change.store, "delete": list(change.key)}
    step: dict[str, Any] = {"store": change.store, "deleteAll": list(change.prefix)}
    if not isinstance(change, DeleteAll):
        step["unless"] = {"user": change.user, "field": change.field, "value": change.value}
    return step


def _fields(record: Mapping[str, Any], attachments: list[Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, BlobToken):
            fields[name] = {"$blob": len(attachments)}
            attachments.append(value.token)
        elif isinstance(value, (bytes, bytearray, memoryview)):
            fields[name] = {"$bytes": len(attachments)}
            attachments.append(value)
        else:
            fields[name] = value
    return fields


def _record(fields: dict[str, Any] | None, buffers: Sequence[Any]) -> Record | None:
    if fields is None:
        return None
    record: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, dict) and "$bytes" in value:
            record[name] = buffers[value["$bytes"]]
        elif isinstance(value, dict) and "$blob" in value:
            record[name] = BlobToken(token=buffers[value["$blob"]])
        else:
            record[name] = value
    return record


def _store_error(error: JsException) -> StoreError:
    name = str(getattr(error, "name", ""))
    code = _CODES.get(name, "failed")
    return StoreError(code=code, reason=_REASONS.get(code, str(error)))
