"""A store that tells what was written while somebody reads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from twoclick.ports.store import Delete, Key, Plan, Put, Record, Store, key_of

Written = set[tuple[str, Key]]
"""Object stores and keys of records that were put or deleted."""


class WatchedStore:
    """Passes everything on to another `ports.store.Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watching: list[Written] = []

    @contextmanager
    def watch(self) -> Iterator[Written]:
        """A set that grows with each write of single records until the block is left."""
        written: Written = set()
        self._watching.append(written)
        try:
            yield written
        finally:
            self._watching.remove(written)

    async def read(self, store: str, key: Key) -> Record | None:
        """See Store."""
        return await self._store.read(store, key)

    async def read_all(self, store: str, prefix: Key) -> list[Record]:
        """See Store."""
        return await self._store.read_all(store, prefix)

    async def read_many(self, store: str, keys: Sequence[Key]) -> list[Record | None]:
        """See Store."""
        return await self._store.read_many(store, keys)

    async def keys(self, store: str, prefix: Key) -> list[Key]:
        """See Store."""
        return await self._store.keys(store, prefix)

    async def write(self, plan: Plan) -> None:
        """See Store.  What was written is told afterwards: who read before that reads again."""
        await self._store.write(plan)
        for written in self._watching:
            for write in plan:
                if isinstance(write, Put):
                    written.add((write.store, key_of(write.store, write.record)))
                elif isinstance(write, Delete):
                    written.add((write.store, write.key))
