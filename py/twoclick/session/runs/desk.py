"""Runs from the first word of an import to its last: planned, started, tried again, given up.  One
is under way at a time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from twoclick.domain.outlines import Outlines
from twoclick.domain.run import Run
from twoclick.ports.store import Delete, Put, Store, Write
from twoclick.session.events import RunProgress
from twoclick.session.handlers.outcome import Context, Outcome, said
from twoclick.session.refusal import Refused
from twoclick.session.runs.guard import check_nothing_moves
from twoclick.session.runs.new_run import TagIds, new_run
from twoclick.session.runs.placing import Placing
from twoclick.session.runs.planning import Planning
from twoclick.session.runs.records import PLAN, assets_record, part_key
from twoclick.session.runs.spec import RunItem, RunSpec
from twoclick.session.runs.turning import forgotten, started, stopped, turned_back
from twoclick.session.runs.words import stopped_text
from twoclick.session.session import Session
from twoclick.session.state import State, answered_assets


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A run that is being planned, and the tag of each class."""

    run_id: str
    tag_ids: TagIds


class RunDesk:
    """The runs of one session.  All methods raise Refused where something cannot be done now."""

    def __init__(self, *, store: Store, session: Session) -> None:
        self._store = store
        self._session = session
        self._planning: Planning | None = None
        # Parts are planned in the order in which they come, and before what comes after them.
        self._turn = asyncio.Lock()
        self._given_up: set[str] = set()

    async def begin(self, spec: RunSpec) -> Begun:
        """Begins to plan; what was planned before and not started is removed."""
        async with self._turn:
            await self._drop()
            async with self._session.standing_still() as state:
                check_nothing_moves(state)
                context = self._session.context()
                run, tag_ids = new_run(spec, state.project, new_id=context.new_id)
                placing = Placing(assets=state.assets, tag_ids=tag_ids, context=context)
            planning = Planning(
                store=self._store, project_id=state.project.id, run=run, placing=placing
            )
            await planning.begin()
            self._planning = planning
            return Begun(run_id=run.id, tag_ids=tag_ids)

    async def take(self, run_id: str, items: Sequence[RunItem], outlines: Outlines) -> None:
        """Plans what is on these images."""
        async with self._turn:
            await self._planned(run_id).take(items, outlines)

    async def start(self, run_id: str) -> RunProgress:
        """Starts what was planned, or goes on with what is paused; returns at its end what came of
        it."""
        state = self._session.state
        if state is None or run_id not in state.runs:
            async with self._turn:
                await self._start(self._planned(run_id))
        self._session.mover.go()
        await self._session.mover.ended()
        return self._result(run_id)

    async def give_up(self, run_id: str) -> bool:
        """Removes what was planned, or takes back what was done so far, and returns then.

        True where it only ends where it is: steps that came later hold on to it, or it was being
        taken back and is paused.
        """
        async with self._turn:
            if self._planning is not None and self._planning.run.id == run_id:
                await self._drop()
                return False
        left: Run | None = None
        mover = self._session.mover

        async def turn(state: State, _context: Context) -> Outcome | None:
            nonlocal left
            run = state.moving_run
            if run is None or run.id != run_id:
                return None
            is_back = run.state == "back"
            if is_back and mover.paused is None:
                return None
            self._given_up.add(run_id)
            if not is_back and run.seq == state.project.history.position:
                return _turned(state, run)
            left = run
            return _stopped(state, run)

        await self._session.ahead(turn, what="Giving up the import")
        mover.go()
        await mover.ended()
        if left is not None:
            mover.tell_end(left)
        elif mover.paused is not None:
            raise Refused("run-paused", mover.paused)
        return left is not None

    async def _start(self, planning: Planning) -> None:
        await planning.store_assets()

        async def start(state: State, context: Context) -> Outcome:
            if state.project.id != planning.project_id:
                raise Refused("project-closed", "The project was closed: the import was not begun")
            check_nothing_moves(state)
            state = replace(state, route=planning.parts)
            after = started(state, planning.run, at=context.now)
            return Outcome(state=after, name=planning.run.name)

        await self._session.ahead(start, what="The import")
        self._planning = None

    def _result(self, run_id: str) -> RunProgress:
        mover = self._session.mover
        if run_id in self._given_up:
            raise Refused("given-up", "The import was cancelled")
        if mover.paused is not None:
            raise Refused("run-paused", f"The import is paused: {mover.paused}")
        if mover.last is None or mover.last.run_id != run_id:
            raise Refused("project-closed", "The project was closed: the import goes on with it")
        return mover.last

    def _planned(self, run_id: str) -> Planning:
        planning = self._planning
        if planning is None or planning.run.id != run_id:
            raise Refused("no-run", "This import is not being prepared")
        return planning

    async def _drop(self) -> None:
        planning, self._planning = self._planning, None
        if planning is not None:
            await planning.give_up()


def _turned(state: State, run: Run) -> Outcome:
    """A run is taken back that is the last step: for good where it was never done before."""
    if run.complete:
        pointer = replace(state.project.history, position=state.project.history.position - 1)
        state = replace(state, project=replace(state.project, history=pointer))
    else:
        state = forgotten(state, run)
    after = turned_back(state, state.runs[run.id])
    return Outcome(state=after, touched=answered_assets(state))


def _stopped(state: State, run: Run) -> Outcome:
    """A run ends where it is; what one has done that was not taken back is one step."""
    messages = said(stopped_text(run))
    if run.state == "back":
        return Outcome(state=stopped(state, run), messages=messages)
    project_id, done = state.project.id, run.done
    writes: list[Write] = [
        Delete("runParts", part_key(project_id, run.id, number, PLAN))
        for number in range(done + 1, len(run.sizes) + 1)
    ]
    writes.append(Put("runParts", assets_record(run.id, state.route[:done], project_id=project_id)))
    return Outcome(state=stopped(state, run), messages=messages, writes=tuple(writes))
