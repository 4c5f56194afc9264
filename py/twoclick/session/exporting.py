"""Giving out what is labelled, asset by asset, for label files that are written elsewhere.

The list of assets is frozen when it begins; work goes on meanwhile.  What is changed after that is
named in the end: each asset that was given out is of one moment, all of them need not be.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from twoclick.domain.asset import Standing
from twoclick.domain.project import Project
from twoclick.domain.tag import Tag
from twoclick.ports.store import Key, Record, StoreError
from twoclick.session.archive import json_line, plain
from twoclick.session.making import chunks
from twoclick.session.refusal import Refused
from twoclick.session.runs.guard import check_nothing_moves
from twoclick.session.session import Session
from twoclick.session.watching import WatchedStore, Written

AT_ONCE = 20
"""Assets given out before others have their turn."""

LONGEST_PART = 200
"""Assets that may be asked for in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What an export is of: `tags` in class order, deleted ones that have a place there too."""

    project: Project
    tags: tuple[Tag, ...]
    assets: int


class Exporting:
    """One export.  Call `begin`, `part` as often as needed, and `end`."""

    def __init__(self, *, store: WatchedStore, session: Session) -> None:
        self._store = store
        self._session = session
        self._asset_ids: tuple[str, ...] = ()
        self._project_id = ""
        self._standings: Mapping[str, Standing] = {}
        self._order: tuple[str, ...] = ()
        self._watching = ExitStack()
        self._written: Written = set()

    async def begin(self) -> Listed:
        """Freezes the list of assets; from now on changes are watched."""
        async with self._session.standing_still(read_only=True) as state:
            project = state.project
            check_nothing_moves(state)
            self._project_id = project.id
            self._asset_ids = tuple(state.assets)
            self._standings = {one.id: one.standing for one in state.assets.values()}
            self._written = self._watching.enter_context(self._store.watch())
        tags = project.tags_in_class_order
        self._order = tuple(tag.id for tag in tags)
        return Listed(project=project, tags=tags, assets=len(self._asset_ids))

    async def part(self, *, start: int, count: int) -> bytes:
        """Lines of JSON, one an asset of the list from place `start` on: {"asset": its record,
        "document": its record, or null where there is none}.

        What could not be saved in this browser is in them.
        """
        if start < 0 or not 0 < count <= LONGEST_PART:
            raise Refused("bad-value", f"Ask for 1 to {LONGEST_PART} images at a time")
        self._check_open()
        lines: list[bytes] = []
        for asset_ids in chunks(self._asset_ids[start : start + count], AT_ONCE):
            assets = await self._read("assets", asset_ids)
            documents = await self._read("documents", asset_ids)
            lines.extend(
                json_line(
                    {
                        "asset": None if asset is None else plain(asset),
                        "document": None if document is None else plain(document),
                    }
                )
                for asset, document in zip(assets, documents, strict=True)
            )
            await asyncio.sleep(0)
        return b"".join(lines)

    async def end(self, *, written: bool) -> tuple[str, ...]:
        """The assets of the list that were changed since `begin`, in order.  Where the file was
        `written`, the numbers that it gives to tags are kept."""
        self._check_open()
        async with self._session.standing_still(read_only=True) as state:
            documents = {
                key[1]
                for store, key in {*self._written, *self._session.unsaved()}
                if store == "documents" and key[0] == self._project_id
            }
            changed = tuple(
                one
                for one, standing in self._standings.items()
                if one in documents or state.assets[one].standing != standing
            )
        self.give_up()
        if written:
            await self._session.remember_class_order(self._order)
        return changed

    def give_up(self) -> None:
        """Nothing is watched any more."""
        self._watching.close()

    def _check_open(self) -> None:
        if self._session.project_id != self._project_id:
            raise Refused("project-closed", "The project was closed: the export is not complete")

    async def _read(self, store: str, asset_ids: Sequence[str]) -> list[Record | None]:
        keys: list[Key] = [(self._project_id, asset_id) for asset_id in asset_ids]
        try:
            found = await self._store.read_many(store, keys)
        except StoreError as error:
            reason = f"The project could not be read: {error.reason}"
            raise Refused("not-read", reason) from error
        unsaved = self._session.unsaved()
        return [unsaved.get((store, key), record) for key, record in zip(keys, found, strict=True)]
