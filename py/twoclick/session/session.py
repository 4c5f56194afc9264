"""The session: one open project, commands in, events out.

Each command has three steps.  What it needs is loaded; it is applied to the state in one go, and
the events are sent at once; what it changed is written in one transaction, in the background and in
the order of the commands.  Loading and applying is first in, first out.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from twoclick.domain.project import Project
from twoclick.ports.clock import Clock
from twoclick.ports.store import Put, Store, StoreError
from twoclick.session.announce import Occasion, consequences, opening
from twoclick.session.commands import UNFROZEN, VIEWING, Command
from twoclick.session.events import Event, Status
from twoclick.session.founding import new_project
from twoclick.session.handlers.dispatch import apply
from twoclick.session.handlers.outcome import Context
from twoclick.session.loading import loaded, opened, trimmed
from twoclick.session.needs import needs
from twoclick.session.persistence import founding_plan, plan_of
from twoclick.session.records import project_record, project_value
from twoclick.session.refusal import Refused
from twoclick.session.spec import ImageRef, ProjectSpec
from twoclick.session.state import State
from twoclick.session.writing import WriteQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A command was done; `name` is that of the step where it can be undone, else None."""

    name: str | None
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """A stored project; times in milliseconds since 1970 UTC, `labelled` counts finished assets."""

    id: str
    name: str
    assets: int
    labelled: int
    created_at: int
    opened_at: int


class Session:
    """Owns the open project.  `emit` is called synchronously, in order, never while applying."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        emit: Callable[[Event], None],
        new_id: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._store = store
        self._clock = clock
        self._emit = emit
        self._new_id = new_id
        self._queue = WriteQueue(store=store, emit=emit)
        self._turn = asyncio.Lock()
        self._revision = 0
        self._state: State | None = None
        self._stored: Project | None = None
        self._read_only = False

    async def projects(self) -> list[ProjectRow]:
        """The stored projects, those opened last first."""
        try:
            records = await self._store.read_all("projects", ())
        except StoreError as error:
            raise Refused("not-read", f"Projects could not be read: {error.reason}") from error
        rows = [
            ProjectRow(
                id=project.id,
                name=project.name,
                assets=project.asset_count,
                labelled=project.finished,
                created_at=project.created_at,
                opened_at=project.opened_at,
            )
            for project in map(project_value, records)
        ]
        return sorted(rows, key=lambda row: row.opened_at, reverse=True)

    async def create_project(self, spec: ProjectSpec, *, images: Sequence[ImageRef]) -> str:
        """Stores a new project with its image files in one transaction and gives its id."""
        project, assets = new_project(spec, now=self._clock.now(), new_id=self._new_id)
        try:
            await self._store.write(founding_plan(project, assets, images))
        except StoreError as error:
            raise Refused("not-saved", f"The project was not saved: {error.reason}") from error
        return project.id

    async def open_project(self, project_id: str, *, read_only: bool = False) -> None:
        """Opens a stored project, in place of the one that is open.

        Refuses while something of that one could not be saved.  `read_only`: another tab writes it.
        """
        async with self._turn:
            await self._queue.settled()
            self._check_saved()
            state = await opened(self._store, project_id)
            project = replace(state.project, opened_at=self._clock.now())
            self._read_only = read_only
            self._state = replace(state, project=project)
            self._stored = project
            self._revision += 1
            self._send(opening(self._state, revision=self._revision, read_only=read_only))
            if not read_only:
                self._queue.add([Put("projects", project_record(project))], revision=self._revision)

    async def dispatch(self, command: Command, *, command_id: str | None = None) -> Accepted:
        """Does a command and returns once its events are sent; saving goes on in the background.

        Raises Refused, with nothing changed, where it cannot be done now; that is also said in a
        status event.  `command_id` comes back in the changes.
        """
        async with self._turn:
            try:
                return await self._dispatch(command, command_id)
            except Refused as refusal:
                self._emit(Status(level="warning", text=refusal.message))
                raise

    async def retry_save(self) -> None:
        """Writes what could not be saved, in order; editing goes on if that succeeds."""
        await self._queue.retry()

    async def settled(self) -> None:
        """Returns when everything is saved, or saving stopped at a failure."""
        await self._queue.settled()

    async def close(self) -> None:
        """Saves what is on its way and closes the project."""
        async with self._turn:
            await self._queue.settled()
            self._check_saved()
            self._state = None

    async def _dispatch(self, command: Command, command_id: str | None) -> Accepted:
        state = self._open_state(command)
        if self._queue.is_idle:
            state = trimmed(state)
        state = await loaded(self._store, state, needs(state, command))
        outcome = apply(state, command, Context(now=self._clock.now(), new_id=self._new_id))
        self._state = outcome.state
        self._revision += 1
        events = consequences(
            state, outcome, Occasion(revision=self._revision, command_id=command_id)
        )
        plan = plan_of(state, outcome, stored=self._stored)
        try:
            self._send(events)
        finally:
            # What was done is saved even if the page could not be told.
            if plan and not self._read_only:
                self._stored = outcome.state.project
                self._queue.add(plan, revision=self._revision)
        return Accepted(name=outcome.name, revision=self._revision)

    def _open_state(self, command: Command) -> State:
        if self._state is None:
            raise Refused("no-project", "Open a project first")
        if self._read_only and not isinstance(command, VIEWING):
            raise Refused("read-only", "This project is open for reading only: another tab has it")
        if not isinstance(command, UNFROZEN):
            self._check_saved()
        return self._state

    def _check_saved(self) -> None:
        failure = self._queue.failure
        if failure is not None:
            raise Refused("not-saved", f"Not saved: {failure.reason}. Save before going on")

    def _send(self, events: Iterable[Event]) -> None:
        for event in events:
            self._emit(event)
