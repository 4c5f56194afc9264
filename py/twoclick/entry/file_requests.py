"""What the page can ask of the session thread about project files, by the kind of the request.

The page reads and writes the file itself; here is what goes in and whether what came is right.  One
file is written and one is read at a time: a new one takes the place of what was not finished.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from twoclick.entry.bridge import Attachments, Handler, Reply, Request
from twoclick.ports.clock import Clock
from twoclick.session import wire
from twoclick.session.archive import ImagePart
from twoclick.session.archive_models import KeptPart
from twoclick.session.filing import Filing
from twoclick.session.project_list import ProjectList
from twoclick.session.refusal import Refused
from twoclick.session.restoring import Found, Restoring, look_into
from twoclick.session.session import Session
from twoclick.session.watching import WatchedStore


class FileRequests:
    """The handlers of one session thread."""

    def __init__(
        self,
        *,
        store: WatchedStore,
        clock: Clock,
        session: Session,
        projects: ProjectList,
        new_id: Callable[[], str] = lambda: uuid4().hex,
    ) -> None:
        self._store = store
        self._clock = clock
        self._session = session
        self._projects = projects
        self._new_id = new_id
        self._filing: Filing | None = None
        self._found: Found | None = None
        self._restoring: Restoring | None = None
        self._reading = asyncio.Lock()

    def handlers(self) -> Mapping[str, Handler]:
        """Each takes the request's fields and its attachments."""
        return {
            "begin-file": self._begin_file,
            "file-paths": self._file_paths,
            "file-part": self._file_part,
            "finish-file": self._finish_file,
            "file-written": self._file_written,
            "give-up-file": self._give_up_file,
            "look-into-file": self._look_into,
            "begin-restore": self._begin_restore,
            "restore-records": self._restore_records,
            "restore-images": self._restore_images,
            "restore-model": self._restore_model,
            "finish-restore": self._finish_restore,
            "give-up-restore": self._give_up_restore,
        }

    # --- writing ------------------------------------------------------------------------------

    async def _begin_file(self, request: Request, _attachments: Attachments) -> Reply:
        """With `models`: whether the files of a person's own models go in."""
        async with self._session.standing_still() as state:
            project_id = state.project.id
        if self._filing is not None:
            self._filing.give_up()
        filing = self._filing = Filing(
            store=self._store,
            session=self._session,
            project_id=project_id,
            with_models=request["models"] is True,
        )
        images, models = await filing.images(), await filing.models()
        return {"images": _image_messages(images), "models": _model_messages(models)}, ()

    async def _file_paths(self, _request: Request, _attachments: Attachments) -> Reply:
        return {"paths": list(await self._written_file().paths())}, ()

    async def _file_part(self, request: Request, _attachments: Attachments) -> Reply:
        return None, [await self._written_file().part(str(request["path"]))]

    async def _finish_file(self, _request: Request, _attachments: Attachments) -> Reply:
        last = await self._written_file().finish(now=self._clock.now())
        message = {
            "paths": list(last.parts),
            "images": _image_messages(last.images),
            "models": _model_messages(last.models),
        }
        return message, list(last.parts.values())

    async def _file_written(self, _request: Request, _attachments: Attachments) -> Reply:
        await self._written_file().written()
        self._filing = None
        return None, ()

    def _give_up_file(self, _request: Request, _attachments: Attachments) -> Reply:
        if self._filing is not None:
            self._filing.give_up()
            self._filing = None
        return None, ()

    def _written_file(self) -> Filing:
        if self._filing is None:
            raise Refused("no-file", "No project file is being written")
        return self._filing

    # --- reading ------------------------------------------------------------------------------

    async def _look_into(self, _request: Request, attachments: Attachments) -> Reply:
        """The manifest comes as attachment."""
        found = self._found = await look_into(self._store, bytes(attachments[0]))
        manifest, existing = found.manifest, found.existing
        message = {
            "project": {"id": manifest.project_id, "name": manifest.name},
            "writtenAt": manifest.written_at,
            "paths": [part.path for part in manifest.records],
            "images": _image_messages(manifest.images),
            "models": _model_messages(manifest.models),
            "existing": None
            if existing is None
            else {"id": existing.id, "name": existing.name, "deletedAt": existing.deleted_at},
        }
        return message, ()

    async def _begin_restore(self, request: Request, _attachments: Attachments) -> Reply:
        found = self._found
        if found is None:
            raise Refused("no-file", "No project file is being read")
        role = request["role"]
        if role not in ("itself", "copy", "replacement"):
            raise wire.WireError("role", f"{role!r} is not one of itself, copy, replacement")
        if role == "replacement" and found.manifest.project_id == self._session.project_id:
            raise Refused("project-open", "Close the project first")
        restoring = Restoring(store=self._store, found=found, role=role, new_id=self._new_id())
        await restoring.start(now=self._clock.now())
        self._restoring = restoring
        return None, ()

    async def _restore_records(self, request: Request, attachments: Attachments) -> Reply:
        """The content of the part comes as attachment."""
        async with self._reading:
            path, content = str(request["path"]), bytes(attachments[0])
            await self._read_file().take_records(path, content)
        return None, ()

    async def _restore_images(self, request: Request, attachments: Attachments) -> Reply:
        """The blobs come as attachments, in the order of `images`."""
        async with self._reading:
            images = wire.parse_images(request["images"], attachments)
            await self._read_file().take_images(images)
        return None, ()

    async def _restore_model(self, request: Request, attachments: Attachments) -> Reply:
        """The blob comes as attachment."""
        async with self._reading:
            path, sha256 = str(request["path"]), str(request["sha256"])
            await self._read_file().take_model(path, attachments[0], sha256=sha256)
        return None, ()

    async def _finish_restore(self, _request: Request, _attachments: Attachments) -> Reply:
        async with self._reading:
            taken = await self._projects.projects()
            project_id = await self._read_file().finish(now=self._clock.now(), taken=taken)
            self._restoring = self._found = None
        return {"projectId": project_id}, ()

    async def _give_up_restore(self, _request: Request, _attachments: Attachments) -> Reply:
        # What is being stored just now is stored first: nothing comes after the removal.
        async with self._reading:
            restoring, self._restoring, self._found = self._restoring, None, None
            if restoring is not None:
                await restoring.give_up()
        return None, ()

    def _read_file(self) -> Restoring:
        if self._restoring is None:
            raise Refused("no-file", "No project file is being read")
        return self._restoring


def _image_messages(images: Sequence[ImagePart]) -> list[dict[str, Any]]:
    return [
        {"path": one.path, "digest": one.digest, "type": one.type, "bytes": one.bytes}
        for one in images
    ]


def _model_messages(models: Sequence[KeptPart]) -> list[dict[str, Any]]:
    return [
        {"path": one.path, "digest": one.digest, "name": one.name, "bytes": one.bytes}
        for one in models
    ]
