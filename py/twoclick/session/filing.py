"""Writing the open project into a project file, while work on it goes on.

Images and files of models, which never change, are written first.  Then the records are made part
by part; what is changed meanwhile is known, and in one last turn, in which nothing else happens,
the parts it belongs to are made again.  So the file holds the project of one moment.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from twoclick.domain.project import Project
from twoclick.ports.store import Key, Record, StoreError
from twoclick.session.archive import (
    ImagePart,
    Manifest,
    RecordsPart,
    image_part,
    lines_of,
    manifest_text,
    records_part,
    records_path,
)
from twoclick.session.archive_models import KeptPart, kept_parts
from twoclick.session.making import PARTS, chunks, read_chunks
from twoclick.session.records import project_record
from twoclick.session.refusal import Refused
from twoclick.session.session import Session
from twoclick.session.watching import WatchedStore, Written
from twoclick.session.writing import Unsaved

LINES = 50
"""Records of one part: commands wait while one is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastParts:
    """What makes a project file whole: parts that take the place of those made before under the
    same path, the manifest among them, and all images and files of models, with those that came
    since."""

    parts: Mapping[str, bytes]
    images: tuple[ImagePart, ...]
    models: tuple[KeptPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    store: str
    keys: Sequence[Key]


class Filing:
    """One project file being written.  Call in this order: `images`, `models`, `paths`, `part` for
    each path, `finish`, and `written` once the file is complete; `give_up` whenever it will not be.

    `with_models`: whether it holds the files of a person's own models.
    """

    def __init__(
        self, *, store: WatchedStore, session: Session, project_id: str, with_models: bool
    ) -> None:
        self._store = store
        self._session = session
        self._project_id = project_id
        self._with_models = with_models
        self._images: dict[str, ImagePart] = {}
        self._keys: dict[str, _Keys] = {}
        self._made: dict[str, RecordsPart] = {}
        self._watching = ExitStack()
        self._written: Written = set()
        self._filed: Project | None = None

    async def images(self) -> tuple[ImagePart, ...]:
        """The image files of the project, each once."""
        try:
            async for assets in read_chunks(self._store, "assets", self._project_id):
                self._note_images(assets)
        except StoreError as error:
            raise _unreadable(error) from error
        return tuple(self._images.values())

    async def models(self) -> tuple[KeptPart, ...]:
        """The files of the models that can be asked, where they are wanted and in this browser."""
        if not self._with_models:
            return ()
        try:
            files = await self._store.read_all("modelFiles", (self._project_id,))
        except StoreError as error:
            raise _unreadable(error) from error
        return tuple(kept_parts(files))

    async def paths(self) -> tuple[str, ...]:
        """The parts that records are made into; from now on changes are watched."""
        self._written = self._watching.enter_context(self._store.watch())
        try:
            for store in PARTS:
                keys = await self._store.keys(store, (self._project_id,))
                self._divide(store, keys)
        except StoreError as error:
            raise _unreadable(error) from error
        return tuple(self._keys)

    async def part(self, path: str) -> bytes:
        """The lines of a part."""
        part = self._keys[path]
        try:
            found = await self._store.read_many(part.store, part.keys)
        except StoreError as error:
            raise _unreadable(error) from error
        return self._make(path, found)

    async def finish(self, *, now: int) -> LastParts:
        """The parts that changed meanwhile and the manifest, all of one moment.

        What could not be saved in this browser is in the file.
        """
        async with self._session.standing_still() as state:
            project, unsaved = state.project, self._session.unsaved()
            if project.id != self._project_id:
                raise Refused("project-closed", "The project was closed: the file is not complete")
            filed = replace(project, filed_changes=project.changes, filed_at=now)
            changed = {*self._written, *unsaved}
            remade: dict[str, bytes] = {}
            try:
                for path in self._paths_of(changed):
                    remade[path] = await self._remade(path, unsaved)
            except StoreError as error:
                raise _unreadable(error) from error
            models = await self.models()
        self._watching.close()
        path = records_path("projects", 1)
        remade[path] = lines_of([project_record(filed)])
        head = records_part(path, "projects", remade[path])
        body = [self._made[path] for path in self._keys]
        manifest = Manifest(
            project_id=filed.id,
            name=filed.name,
            written_at=now,
            records=(head, *(part for part in body if part.lines)),
            images=tuple(self._images.values()),
            models=models,
        )
        self._filed = filed
        return LastParts(
            parts={**remade, "twoclick.json": manifest_text(manifest)},
            images=manifest.images,
            models=models,
        )

    async def written(self) -> None:
        """The file is complete: the project remembers how much of it is in a file."""
        if self._filed is None:
            raise Refused("not-finished", "The file is not complete")
        await self._session.remember_file(self._filed)

    def give_up(self) -> None:
        """Nothing is watched any more."""
        self._watching.close()

    def _divide(self, store: str, keys: Sequence[Key]) -> None:
        number = sum(part.store == store for part in self._keys.values())
        for chunk in chunks(keys, LINES):
            number += 1
            self._keys[records_path(store, number)] = _Keys(store=store, keys=chunk)

    def _paths_of(self, changed: Iterable[tuple[str, Key]]) -> list[str]:
        """The parts that hold what changed; new ones for what is new."""
        path_of = {
            (part.store, key): path for path, part in self._keys.items() for key in part.keys
        }
        mine = {one for one in changed if one[0] in PARTS and one[1][0] == self._project_id}
        paths = {path_of[one] for one in mine if one in path_of}
        new = sorted(one for one in mine if one not in path_of)
        known = set(self._keys)
        for store in PARTS:
            self._divide(store, [key for name, key in new if name == store])
        return [path for path in self._keys if path in paths or path not in known]

    async def _remade(self, path: str, unsaved: Unsaved) -> bytes:
        part = self._keys[path]
        found = await self._store.read_many(part.store, part.keys)
        latest = [
            unsaved.get((part.store, key), record)
            for key, record in zip(part.keys, found, strict=True)
        ]
        if part.store == "assets":
            self._note_images(record for record in latest if record is not None)
        return self._make(path, latest)

    def _make(self, path: str, found: Iterable[Record | None]) -> bytes:
        lines = lines_of(record for record in found if record is not None)
        self._made[path] = records_part(path, self._keys[path].store, lines)
        return lines

    def _note_images(self, assets: Iterable[Record]) -> None:
        for asset in assets:
            self._images.setdefault(asset["digest"], image_part(asset))


def _unreadable(error: StoreError) -> Refused:
    return Refused("not-read", f"The project could not be read: {error.reason}")
