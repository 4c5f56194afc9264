"""Planning a run: what a file brings is stored part by part, and nobody sees anything of it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from twoclick.domain.geometry import Shape
from twoclick.domain.outlines import InvalidColumnsError, Outlines, read_outlines
from twoclick.domain.run import Run
from twoclick.ports.store import Delete, Plan, Put, Store, StoreError, Write
from twoclick.session.making import chunks
from twoclick.session.refusal import Refused
from twoclick.session.runs.parts import annotations_record, suggestions_record
from twoclick.session.runs.placing import Placing
from twoclick.session.runs.records import PLAN, assets_record, part_key, removals, run_record
from twoclick.session.runs.spec import RunItem

PART = 50
"""Assets of one part, which is one transaction: a commit that comes meanwhile waits for it."""

AT_ONCE = 5
"""Assets that are planned before others have their turn."""

T = TypeVar("T")


class Planning:
    """One run being planned.  Call `begin`, `take` for all that the file has, then `store_assets`;
    or `give_up`.  All of them raise Refused where the store refuses."""

    def __init__(self, *, store: Store, project_id: str, run: Run, placing: Placing) -> None:
        self._store = store
        self._project_id = project_id
        self._run = run
        self._placing = placing
        self._parts: list[tuple[str, ...]] = []

    @property
    def project_id(self) -> str:
        """The project that it is for."""
        return self._project_id

    @property
    def run(self) -> Run:
        """The run as far as it is planned."""
        return replace(self._run, sizes=tuple(map(len, self._parts)))

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the assets of each part."""
        return tuple(self._parts)

    async def begin(self) -> None:
        """Stores that something is being planned."""
        await self._write([Put("runs", run_record(self._run, project_id=self._project_id))])

    async def take(self, items: Sequence[RunItem], outlines: Outlines) -> None:
        """Plans what is on these images; `outlines` has the shapes of all, one after the other.

        Refuses where something is wrong: then the run can only be given up.
        """
        count = sum(len(item.tag_indexes) for item in items)
        try:
            shapes = iter(read_outlines(outlines, count=count))
        except InvalidColumnsError as error:
            raise Refused("bad-value", f"The shapes cannot be read: {error}") from error
        plan: list[Write] = []
        parts = list(self._parts)
        for part in chunks(items, PART):
            parts.append(tuple(item.asset_id for item in part))
            key = part_key(self._project_id, self._run.id, len(parts), PLAN)
            if self._run.predictor is None:
                planned = await _in_turns(self._placing.annotations, part, shapes)
                plan.append(Put("runParts", annotations_record(key, planned)))
            else:
                found = await _in_turns(self._placing.suggestions, part, shapes)
                plan.append(Put("runParts", suggestions_record(key, found)))
        await self._write(plan)
        self._parts = parts

    async def store_assets(self) -> None:
        """Stores which assets the run is about: it can be started then."""
        if not self._parts:
            raise Refused("nothing-planned", "There is nothing to import")
        if await self._is_gone():
            raise Refused("project-closed", "The project was closed: begin the import again")
        record = assets_record(self._run.id, self._parts, project_id=self._project_id)
        await self._write([Put("runParts", record)])

    async def give_up(self) -> None:
        """Removes all that was stored."""
        await self._write(list(removals(self.run, project_id=self._project_id)))

    async def _is_gone(self) -> bool:
        """Whether it was removed when the project was opened again."""
        try:
            return await self._store.read("runs", (self._project_id, self._run.id)) is None
        except StoreError as error:
            raise Refused("not-read", f"The import was not begun: {error.reason}") from error

    async def _write(self, plan: Plan) -> None:
        try:
            await self._store.write(plan)
        except StoreError as error:
            reason = f"The import could not be prepared: {error.reason}"
            raise Refused("not-saved", reason) from error


async def remove_planned(store: Store, project_id: str) -> None:
    """Removes the runs of a project whose planning was never finished, as far as the store lets
    it: what is left is removed another time."""
    try:
        for record in await store.read_all("runs", (project_id,)):
            if record["state"] == "planned":
                keys = await store.keys("runParts", (project_id, record["id"]))
                gone = Delete("runs", (project_id, record["id"]))
                await store.write([*(Delete("runParts", key) for key in keys), gone])
    except StoreError:
        return


async def _in_turns(
    place: Callable[[RunItem, Iterator[Shape]], T],
    items: Sequence[RunItem],
    shapes: Iterator[Shape],
) -> list[T]:
    placed = []
    for number, item in enumerate(items, 1):
        placed.append(place(item, shapes))
        if number % AT_ONCE == 0:
            await asyncio.sleep(0)
    return placed
