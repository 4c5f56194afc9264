"""Moving a run on, part by part, while other work goes on between the parts.

A part is prepared beside that work and then written in one transaction, with the place where the
run is: whenever the page is closed, the run is where a part ends, and goes on from there when the
project is opened again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal, Protocol

from twoclick.domain.run import Run
from twoclick.ports.store import Store, StoreError
from twoclick.session.assist import with_wanted
from twoclick.session.events import Event, RunProgress, Status
from twoclick.session.handlers.outcome import Context, Outcome, said
from twoclick.session.handlers.tallies import with_counts
from twoclick.session.loading import loaded
from twoclick.session.needs import Needs
from twoclick.session.refusal import Refused
from twoclick.session.runs.reaching import Reached, reached, with_reached, writes_of
from twoclick.session.runs.turning import arrived, on_route
from twoclick.session.runs.words import ended_text
from twoclick.session.state import State, answered_assets

Make = Callable[[State, Context], Awaitable[Outcome | None]]


class Hands(Protocol):
    """What moving needs of the session."""

    @property
    def state(self) -> State | None:
        """The open project."""
        ...

    async def ahead(self, make: Make, *, what: str) -> None:
        """See Session."""
        ...


class Mover:
    """Moves the run of the open project, if one moves.

    Where the store refuses, the run stays where it is until `go` is called again; `paused` says
    why.  `last` is what was told last of a run that came to its end.
    """

    def __init__(self, *, hands: Hands, store: Store, emit: Callable[[Event], None]) -> None:
        self._hands = hands
        self._store = store
        self._emit = emit
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self.paused: str | None = None
        self.last: RunProgress | None = None

    def go(self) -> None:
        """Goes on, or begins to, if there is a run that moves."""
        self._stopping = False
        if self._run() is not None and (self._task is None or self._task.done()):
            self.paused = None
            self._task = asyncio.get_running_loop().create_task(self._move())

    async def stop(self) -> None:
        """Returns once nothing moves any more: the run stays where a part ends."""
        self._stopping = True
        await self.ended()

    async def ended(self) -> None:
        """Returns when the run is at its end, or paused."""
        if self._task is not None:
            await self._task

    async def _move(self) -> None:
        while (run := self._run()) is not None and not self._stopping:
            self._emit(progress(run, "moving"))
            try:
                end = await self._reach_next(run)
            except (StoreError, Refused) as error:
                self.paused = error.reason if isinstance(error, StoreError) else error.message
                self._emit(progress(run, "paused", reason=self.paused))
                self._emit(Status(level="error", text=f"{run.name}: paused. {self.paused}"))
                return
            if end is not None:
                self.tell_end(end)

    def tell_end(self, run: Run) -> None:
        """Tells that a run goes no further than this."""
        self.paused = None
        self.last = progress(run, "finished")
        self._emit(self.last)

    def _run(self) -> Run | None:
        state = self._hands.state
        return None if state is None else state.moving_run

    async def _reach_next(self, run: Run) -> Run | None:
        """Does the next part; gives the run as it is at its end, if that is where it is."""
        state, number = self._hands.state, run.next_part
        if state is None:
            return None
        part = Reached()
        if number is not None:
            part = await reached(self._store, state, run, number, state.route[number - 1])
        end: Run | None = None

        async def step(now: State, _context: Context) -> Outcome | None:
            nonlocal end
            here = now.moving_run
            if here is None or (here.id, here.state, here.done) != (run.id, run.state, run.done):
                return None  # it was turned meanwhile
            outcome, moved = _moved(now, here, number, part)
            if moved.next_part is None:
                outcome = await self._at_its_end(outcome, moved)
                end = moved
            return replace(outcome, state=with_wanted(now, outcome.state))

        await self._hands.ahead(step, what=run.name)
        return end

    async def _at_its_end(self, outcome: Outcome, run: Run) -> Outcome:
        """What a run comes to when all its parts are done, or taken back."""
        state = outcome.state
        if run.predictor is not None and run.state == "forward":
            needed = Needs(assets=(state.current_id,), predictor_id=run.predictor.id)
            state = await loaded(self._store, state, needed)
        after = arrived(state, run)
        return replace(
            outcome,
            state=after,
            messages=said(ended_text(run)),
            touched=outcome.touched | answered_assets(after),
        )


def progress(
    run: Run, state: Literal["moving", "paused", "finished"], *, reason: str | None = None
) -> RunProgress:
    """How far a run is."""
    return RunProgress(
        run_id=run.id,
        name=run.name,
        direction="back" if run.state == "back" else "forward",
        state=state,
        reason=reason,
        done=run.reached,
        total=run.assets,
        changed=run.tally.changed,
        added=run.tally.added,
        removed=run.tally.removed,
        skipped=run.tally.skipped,
    )


def _moved(state: State, run: Run, number: int | None, part: Reached) -> tuple[Outcome, Run]:
    """The step that a part is, and the run after it."""
    if number is None:
        return Outcome(state=state), run
    after = with_reached(state, run, part)
    done = number if run.state == "forward" else number - 1
    moved = replace(run, done=done, tally=run.tally + part.tally)
    outcome = Outcome(
        state=on_route(after, moved),
        touched=part.asset_ids,
        writes=writes_of(state, run, part),
    )
    return replace(outcome, state=with_counts(state, outcome)), moved
