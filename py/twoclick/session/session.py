"""The session: one open project, commands in, events out.

Each command has three steps.  What it needs is loaded; it is applied to the state in one go, and
the events are sent at once; what it changed is written in one transaction, in the background and in
the order of the commands.  Loading and applying is first in, first out.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import uuid4

from twoclick.domain.project import Project
from twoclick.ports.clock import Clock
from twoclick.ports.store import Plan, Put, Store, StoreError
from twoclick.session.announce import Occasion, arrival, consequences, opening, renamed
from twoclick.session.assist import with_wanted
from twoclick.session.commands import UNFROZEN, VIEWING, Command
from twoclick.session.events import Changes, Event, Status
from twoclick.session.founding import project_name
from twoclick.session.handlers.dispatch import apply
from twoclick.session.handlers.outcome import Accepted, Context
from twoclick.session.intake import Intake, taken_in
from twoclick.session.loading import loaded, opened, trimmed
from twoclick.session.needs import needs
from twoclick.session.persistence import intake_plan, plan_of
from twoclick.session.queries import filed_event
from twoclick.session.records import project_record
from twoclick.session.refusal import Refused
from twoclick.session.runs.guard import check_reached
from twoclick.session.runs.moving import Make, Mover
from twoclick.session.runs.planning import remove_planned
from twoclick.session.spec import AssetSpec, ImageRef
from twoclick.session.state import State, with_added
from twoclick.session.writing import Unsaved, WriteQueue


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
        self._mover = Mover(hands=self, store=store, emit=emit)
        self._turn = asyncio.Lock()
        self._revision = 0
        self._state: State | None = None
        self._stored: Project | None = None
        self._read_only = False
        self._author = ""

    @property
    def state(self) -> State | None:
        """The open project as it is at this moment."""
        return self._state

    @property
    def project_id(self) -> str | None:
        """The project that is open."""
        return None if self._state is None else self._state.project.id

    @property
    def mover(self) -> Mover:
        """What moves the run of the open project."""
        return self._mover

    async def open_project(
        self, project_id: str, *, read_only: bool = False, author: str = ""
    ) -> None:
        """Opens a stored project, in place of the one that is open.

        Refuses while something of that one could not be saved.  `read_only`: another tab writes it.
        `author` is the id of this browser, kept with each annotation made from now on.  A run that
        was not at its end goes on.
        """
        await self._mover.stop()
        async with self._turn:
            try:
                await self._open(project_id, read_only=read_only, author=author)
            finally:
                if not self._read_only:
                    self._mover.go()

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

    async def add_assets(self, specs: Sequence[AssetSpec], *, images: Sequence[ImageRef]) -> Intake:
        """Adds images to the open project, in one transaction; they come behind all others.

        Raises Refused, with nothing added, where they cannot be stored.
        """
        async with self._turn:
            state = self._writable_state()
            present = tuple(state.assets.values())
            intake = taken_in(specs, present=present, new_id=self._new_id)
            if not intake.assets:
                return intake
            await self._queue.settled()
            self._check_saved()
            after = with_wanted(state, with_added(state, intake.assets))
            await self._write_now(intake_plan(after.project, intake.assets, images), "The images")
            self._advance(after)
            self._send(arrival(state, after, intake.assets, revision=self._revision))
            return intake

    async def ahead(self, make: Make, *, what: str) -> None:
        """Does a step that is seen only once it is stored; none where `make` gives none.

        Raises Refused, with nothing done, where it cannot be stored.
        """
        async with self._turn:
            state = self._writable_state()
            await self._queue.settled()
            self._check_saved()
            outcome = await make(state, self.context())
            if outcome is None:
                return
            await self._write_now(plan_of(state, outcome, stored=self._stored), what)
            self._advance(outcome.state)
            self._send(consequences(state, outcome, self._occasion()))

    async def rename(self, name: str) -> None:
        """Gives the open project another name."""
        async with self._turn:
            state = self._writable_state()
            project = replace(state.project, name=project_name(name))
            await self._queue.settled()
            self._check_saved()
            await self._write_now([Put("projects", project_record(project))], "The name")
            self._advance(replace(state, project=project))
            self._emit(renamed(project, revision=self._revision))

    @asynccontextmanager
    async def standing_still(self, *, read_only: bool = False) -> AsyncIterator[State]:
        """The state of the open project, with everything saved that can be; nothing is done to it
        until the block is left.  `read_only`: one that is open for reading only will do."""
        async with self._turn:
            state = self._any_state() if read_only else self._writable_state()
            await self._queue.settled()
            yield state

    def unsaved(self) -> Unsaved:
        """What the store lacks at this moment."""
        return self._queue.unsaved()

    async def remember_file(self, filed: Project) -> None:
        """A project file was written that has the project as it was in `filed`."""
        async with self._turn:
            if self.project_id == filed.id and not self._read_only:
                changes, at = filed.filed_changes, filed.filed_at
                project = self._any_state().project
                self._remember(replace(project, filed_changes=changes, filed_at=at))

    async def remember_class_order(self, tag_ids: Sequence[str]) -> None:
        """A label file was written in which tags have these numbers: those that had none have one
        now."""
        async with self._turn:
            project = self._any_state().project
            order = tuple(dict.fromkeys((*project.class_order, *tag_ids)))
            if order != project.class_order and not self._read_only:
                self._remember(replace(project, class_order=order))

    def _remember(self, project: Project) -> None:
        """Goes on with a project of which something is known that is no step."""
        self._state = replace(self._any_state(), project=project)
        self._revision += 1
        self._emit(filed_event(self._state, revision=self._revision))
        if self._queue.failure is None:
            self._stored = project
            self._queue.add([Put("projects", project_record(project))], revision=self._revision)

    async def retry_save(self) -> None:
        """Writes what could not be saved, in order; editing goes on if that succeeds."""
        await self._queue.retry()
        self._mover.go()

    async def settled(self) -> None:
        """Returns when everything is saved, or saving stopped at a failure."""
        await self._queue.settled()

    async def close(self) -> None:
        """Saves what is on its way and closes the project."""
        await self._mover.stop()
        async with self._turn:
            await self._queue.settled()
            self._check_saved()
            self._state = None

    async def _open(self, project_id: str, *, read_only: bool, author: str) -> None:
        await self._queue.settled()
        self._check_saved()
        state = await opened(self._store, project_id)
        project = replace(state.project, opened_at=self._clock.now())
        self._read_only = read_only
        self._author = author
        self._state = replace(state, project=project)
        self._stored = project
        self._revision += 1
        self._send(opening(self._state, revision=self._revision, read_only=read_only))
        if not read_only:
            self._queue.add([Put("projects", project_record(project))], revision=self._revision)
            await remove_planned(self._store, project_id)

    async def _dispatch(self, command: Command, command_id: str | None) -> Accepted:
        state = self._open_state(command)
        check_reached(state, command)
        if self._queue.is_idle:
            state = trimmed(state)
        state = await loaded(self._store, state, needs(state, command))
        outcome = apply(state, command, self.context())
        self._state = outcome.state
        self._revision += 1
        occasion = self._occasion(command_id)
        plan = plan_of(state, outcome, stored=self._stored)
        added: list[str] = []
        try:
            for event in consequences(state, outcome, occasion):
                self._emit(event)
                if isinstance(event, Changes):
                    added.extend(row.id for row in event.added)
        finally:
            # What was done is saved even if the page could not be told.
            if plan and not self._read_only:
                self._stored = outcome.state.project
                self._queue.add(plan, revision=self._revision)
                if state.moving_run is None:
                    self._mover.go()
        return Accepted(name=outcome.name, revision=self._revision, added=tuple(added))

    def context(self) -> Context:
        """What a step made now is given."""
        return Context(now=self._clock.now(), new_id=self._new_id, author=self._author)

    def _occasion(self, command_id: str | None = None) -> Occasion:
        return Occasion(revision=self._revision, command_id=command_id)

    def _open_state(self, command: Command) -> State:
        if isinstance(command, VIEWING):
            return self._any_state()
        state = self._writable_state()
        if not isinstance(command, UNFROZEN):
            self._check_saved()
        return state

    def _any_state(self) -> State:
        if self._state is None:
            raise Refused("no-project", "Open a project first")
        return self._state

    def _writable_state(self) -> State:
        state = self._any_state()
        if self._read_only:
            raise Refused("read-only", "This project is open for reading only: another tab has it")
        return state

    async def _write_now(self, plan: Plan, what: str) -> None:
        """Writes ahead of the state: where it fails, nothing happened."""
        try:
            await self._store.write(plan)
        except StoreError as error:
            raise Refused("not-saved", f"{what} could not be saved: {error.reason}") from error

    def _advance(self, state: State) -> None:
        """Goes on from a state that the store has already."""
        self._state = state
        self._stored = state.project
        self._revision += 1

    def _check_saved(self) -> None:
        failure = self._queue.failure
        if failure is not None:
            raise Refused("not-saved", f"Not saved: {failure.reason}. Save before going on")

    def _send(self, events: Iterable[Event]) -> None:
        for event in events:
            self._emit(event)
