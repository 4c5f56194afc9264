"""What the page can ask of the session thread, by the kind of the request."""

import gc
from collections.abc import Awaitable, Callable, Mapping

from twoclick.entry.bridge import Attachments, Handler, Reply, Request
from twoclick.session import wire
from twoclick.session.project_list import ProjectList
from twoclick.session.refusal import Refused
from twoclick.session.session import Session


def session_handlers(session: Session, projects: ProjectList) -> Mapping[str, Handler]:
    """The handlers of one session and of the projects beside it, each taking the request's fields
    and its attachments."""
    return {**_open_project_handlers(session), **_project_list_handlers(session, projects)}


def _open_project_handlers(session: Session) -> Mapping[str, Handler]:
    async def open_project(request: Request, _attachments: Attachments) -> Reply:
        read_only = bool(request.get("readOnly", False))
        await session.open_project(
            str(request["projectId"]), read_only=read_only, author=str(request.get("author", ""))
        )
        # What a project holds lives until it is closed: no collection needs to look at it again.
        gc.collect()
        gc.freeze()
        return None, ()

    async def close_project(_request: Request, _attachments: Attachments) -> Reply:
        await session.close()
        gc.unfreeze()
        return None, ()

    async def add_assets(request: Request, attachments: Attachments) -> Reply:
        """The blobs of the images come as attachments, in the order of `images`."""
        intake = await session.add_assets(
            wire.parse_assets(request["assets"]),
            images=wire.parse_images(request["images"], attachments),
        )
        return wire.intake_message(intake), ()

    async def dispatch(request: Request, attachments: Attachments) -> Reply:
        command = wire.parse_command(request["command"], attachments)
        accepted = await session.dispatch(command, command_id=request.get("commandId"))
        return wire.accepted_message(accepted), ()

    async def retry_save(_request: Request, _attachments: Attachments) -> Reply:
        await session.retry_save()
        return None, ()

    return {
        "open-project": open_project,
        "close-project": close_project,
        "add-assets": add_assets,
        "dispatch": dispatch,
        "retry-save": retry_save,
    }


def _project_list_handlers(session: Session, projects: ProjectList) -> Mapping[str, Handler]:
    async def rows(_request: Request, _attachments: Attachments) -> Reply:
        return wire.project_rows_message(await projects.rows()), ()

    async def create(request: Request, attachments: Attachments) -> Reply:
        """The blobs of the images come as attachments, in the order of `images`."""
        founded = await projects.create(
            wire.parse_project(request["spec"]),
            images=wire.parse_images(request["images"], attachments),
        )
        return {"projectId": founded.project_id, **wire.intake_message(founded.intake)}, ()

    async def rename(request: Request, _attachments: Attachments) -> Reply:
        project_id, name = str(request["projectId"]), str(request["name"])
        if project_id == session.project_id:
            await session.rename(name)
        else:
            await projects.rename(project_id, name)
        return None, ()

    async def duplicate(request: Request, _attachments: Attachments) -> Reply:
        project_id = str(request["projectId"])
        if project_id != session.project_id:
            return {"projectId": await projects.duplicate(project_id)}, ()
        async with session.standing_still():
            if session.unsaved():
                raise Refused("not-saved", "Save the project before copying it")
            return {"projectId": await projects.duplicate(project_id)}, ()

    async def clean_up(_request: Request, _attachments: Attachments) -> Reply:
        await projects.clean_up()
        return None, ()

    return {
        "projects": rows,
        "create-project": create,
        "rename-project": rename,
        "duplicate-project": duplicate,
        "delete-project": _on_closed(session, projects.delete),
        "restore-project": _on_closed(session, projects.restore),
        "erase-project": _on_closed(session, projects.erase),
        "clean-up-projects": clean_up,
    }


def _on_closed(session: Session, act: Callable[[str], Awaitable[None]]) -> Handler:
    """A handler for a project that must not be open."""

    async def handle(request: Request, _attachments: Attachments) -> Reply:
        project_id = str(request["projectId"])
        if project_id == session.project_id:
            raise Refused("project-open", "Close the project first")
        await act(project_id)
        return None, ()

    return handle
