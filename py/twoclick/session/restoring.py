"""Bringing a project back from a project file, unseen until all of it is there and checked."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from twoclick.domain.project import Project
from twoclick.ports.store import Key, Plan, Put, Store, StoreError, Write
from twoclick.session.archive import (
    MANIFEST,
    BadFileError,
    Manifest,
    read_manifest,
    records_of,
)
from twoclick.session.archive_checks import ArchiveCheck
from twoclick.session.archive_models import model_digest
from twoclick.session.making import mark, remove, unmark
from twoclick.session.persistence import image_put, model_put
from twoclick.session.project_list import free_name
from twoclick.session.records import Json, project_value
from twoclick.session.refusal import Refused
from twoclick.session.spec import ImageRef, ModelPart

T = TypeVar("T")

Role = Literal["itself", "copy", "replacement"]
"""Under its own id; or under a new one: beside the project of that id, or in its place."""

RECORDS_AT_ONCE = 10
"""Records checked before others have their turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a project file says that it holds, and the project of the same id that this browser
    has."""

    manifest: Manifest
    existing: Project | None


async def look_into(store: Store, manifest: bytes) -> Found:
    """What a project file is; raises BadFileError where it is none."""
    read = read_manifest(manifest)
    record = await _tried(store.read("projects", (read.project_id,)))
    return Found(manifest=read, existing=None if record is None else project_value(record))


class Restoring:
    """One project file being read.  Call in this order: `start`, `take_records` for each part in
    the order of the manifest, `take_images` and `take_model` until all came, `finish`; or `give_up`
    at any time.

    Raises BadFileError where the file is wrong, Refused where this browser cannot do it.
    """

    def __init__(self, *, store: Store, found: Found, role: Role, new_id: str) -> None:
        manifest = found.manifest
        self._store = store
        self._existing = found.existing
        self._role = role
        self._target = manifest.project_id if role == "itself" else new_id
        self._parts = deque(manifest.records)
        self._schema = manifest.schema
        digests = frozenset(image.digest for image in manifest.images)
        self._check = ArchiveCheck(
            project_id=manifest.project_id,
            digests=digests,
            models=frozenset(one.digest for one in manifest.models),
        )
        self._images = {image.digest: image for image in manifest.images}
        self._models = {part.path: part for part in manifest.models}
        self._sums: dict[str, dict[str, str]] = {}
        self._project: Json = {}
        self._present: frozenset[str] | None = None

    async def start(self, *, now: int) -> None:
        """Marks what follows as unfinished, after removing what an earlier try left."""
        if await _tried(self._store.read("projects", (self._target,))) is not None:
            raise Refused("project-exists", "This project is in this browser already")
        if await _tried(self._store.read("unfinished", (self._target,))) is not None:
            await _tried(remove(self._store, self._target))
        await self._write([mark(self._target, why="file", at=now)])

    async def take_records(self, path: str, content: bytes) -> None:
        """Checks and stores the next part of records."""
        part = self._parts.popleft()
        if part.path != path:
            raise Refused("bad-order", f"{part.path} is next, not {path}")
        plan: list[Write] = []
        for record in records_of(part, content, schema=self._schema):
            self._check.take(part, record)
            if part.store == "projects":
                self._project = record
            else:
                plan.append(Put(part.store, {**record, "projectId": self._target}))
            if len(plan) % RECORDS_AT_ONCE == 0:
                await asyncio.sleep(0)
        await self._write(plan)

    async def take_images(self, images: Sequence[ImageRef]) -> None:
        """Stores image files, whose content is what their digests say; those that this browser has
        stay as they are."""
        if self._present is None:
            keys = await _tried(self._store.keys("images", ()))
            self._present = frozenset(str(digest) for (digest,) in keys)
        for image in images:
            if self._images.pop(image.digest, None) is None:
                raise Refused("bad-value", f"No image {image.digest} is expected")
        await self._write([image_put(one) for one in images if one.digest not in self._present])

    async def take_model(self, path: str, token: object, *, sha256: str) -> None:
        """Stores a file of a model, whose content has this SHA-256."""
        part = self._models.pop(path, None)
        if part is None:
            raise Refused("bad-value", f"No file {path} of a model is expected")
        sums = self._sums.setdefault(part.digest, {})
        sums[part.name] = sha256
        is_last = all(one.digest != part.digest for one in self._models.values())
        if is_last and model_digest(sums) != part.digest:
            raise BadFileError(f"{path} is damaged: its content is not what {MANIFEST} says")
        file = ModelPart(path=part.name, bytes=part.bytes, token=token)
        await self._write([model_put(file, project_id=self._target, digest=part.digest)])

    async def finish(self, *, now: int, taken: Sequence[Project]) -> str:
        """Shows the project and gives its id; `taken` are those that have their names."""
        if self._parts:
            raise BadFileError(f"{self._parts[0].path} is missing")
        if self._images:
            raise BadFileError(f"{next(iter(self._images.values())).path} is missing")
        if self._models:
            raise BadFileError(f"{next(iter(self._models))} is missing")
        self._check.finish()
        record = {**self._project, "id": self._target}
        if self._role == "copy":
            record["name"] = free_name(record["name"], taken)
        plan: list[Write] = [Put("projects", record), unmark(self._target)]
        plan.extend(await _tried(self._files_from_here()))
        if self._role == "replacement" and self._existing is not None:
            latest = await _tried(self._store.read("projects", (self._existing.id,)))
            if latest is not None:
                plan.append(Put("projects", {**latest, "deletedAt": now}))
        await self._write(plan)
        return self._target

    async def give_up(self) -> None:
        """Removes what was stored so far; a project that is whole stays."""
        if await _tried(self._store.read("unfinished", (self._target,))) is not None:
            await _tried(remove(self._store, self._target))

    async def _files_from_here(self) -> Plan:
        """Files of models that the project file does not hold and that a project of this browser
        has, for instance the one that is replaced."""
        lacking = {
            one.digest
            for one in self._check.project.predictors
            if one.can_be_asked and not one.removed
        } - self._sums.keys()
        whole = {key[0] for key in await self._store.keys("projects", ())}
        found: dict[tuple[object, object], list[Key]] = {}
        for key in await self._store.keys("modelFiles", ()):
            owner, digest, _path = key
            if owner in whole and digest in lacking:
                found.setdefault((owner, digest), []).append(key)
        of_digest = {digest: keys for (_owner, digest), keys in found.items()}
        records = await self._store.read_many(
            "modelFiles", [key for keys in of_digest.values() for key in keys]
        )
        return [
            Put("modelFiles", {**record, "projectId": self._target})
            for record in records
            if record is not None
        ]

    async def _write(self, plan: Plan) -> None:
        try:
            await self._store.write(plan)
        except StoreError as error:
            raise Refused("not-saved", f"The project was not saved: {error.reason}") from error


async def _tried(answer: Awaitable[T]) -> T:
    try:
        return await answer
    except StoreError as error:
        reason = f"This browser's storage did not answer: {error.reason}"
        raise Refused("not-read", reason) from error
