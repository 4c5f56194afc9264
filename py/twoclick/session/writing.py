"""Writing plans one after the other, in order, and stopping at the first that fails."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from twoclick.ports.store import Delete, Key, Plan, Put, Record, Store, StoreError, key_of
from twoclick.session.events import Event, NotSaved, Saved, Saving

Unsaved = Mapping[tuple[str, Key], Record | None]
"""What the store lacks, by object store and key; None for what is to be deleted there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pending:
    revision: int
    plan: Plan


class WriteQueue:
    """Plans on their way to the store, first in, first out, each in its own transaction.

    After a failure nothing more is written, and nothing is forgotten, until `retry`: a later plan
    must not overtake one that it builds on.
    """

    def __init__(self, *, store: Store, emit: Callable[[Event], None]) -> None:
        self._store = store
        self._emit = emit
        self._pending: deque[_Pending] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._failure: StoreError | None = None

    @property
    def failure(self) -> StoreError | None:
        """Why writing stopped, None while it goes on."""
        return self._failure

    @property
    def is_idle(self) -> bool:
        """Whether the store has everything."""
        return not self._pending

    def unsaved(self) -> Unsaved:
        """What the store lacks at this moment."""
        latest: dict[tuple[str, Key], Record | None] = {}
        for pending in self._pending:
            for write in pending.plan:
                if isinstance(write, Put):
                    latest[write.store, key_of(write.store, write.record)] = write.record
                elif isinstance(write, Delete):
                    latest[write.store, write.key] = None
        return latest

    def add(self, plan: Plan, *, revision: int) -> None:
        """Takes a plan; it is written as soon as those before it are."""
        self._pending.append(_Pending(revision=revision, plan=plan))
        if self._failure is None:
            self._emit(Saving(pending=len(self._pending)))
            self._start()
        else:
            self._emit(NotSaved(reason=self._failure.reason, unsaved=len(self._pending)))

    async def retry(self) -> None:
        """Goes on after a failure, and returns when all is written or it failed again."""
        if self._failure is not None:
            self._failure = None
            self._emit(Saving(pending=len(self._pending)))
            self._start()
        await self.settled()

    async def settled(self) -> None:
        """Returns when all is written, or writing stopped."""
        if self._writing is not None:
            await self._writing

    def _start(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_all())

    async def _write_all(self) -> None:
        while self._pending:
            pending = self._pending[0]
            try:
                await self._store.write(pending.plan)
            except StoreError as failure:
                self._failure = failure
                self._emit(NotSaved(reason=failure.reason, unsaved=len(self._pending)))
                return
            self._pending.popleft()
            self._emit(Saved(revision=pending.revision, pending=len(self._pending)))
