"""What the page can ask of the session thread, by the kind of the request."""

import gc
from collections.abc import Mapping, Sequence
from typing import Any

from twoclick.entry.bridge import Handler, Reply
from twoclick.session import wire
from twoclick.session.session import Session


def session_handlers(session: Session) -> Mapping[str, Handler]:
    """The handlers of one session, each taking the request's fields and its attachments."""

    async def projects(_request: Mapping[str, Any], _attachments: Sequence[Any]) -> Reply:
        return wire.project_rows_message(await session.projects()), ()

    async def create_project(request: Mapping[str, Any], attachments: Sequence[Any]) -> Reply:
        """The blobs of the images come as attachments, in the order of `images`."""
        project_id = await session.create_project(
            wire.parse_project(request["spec"]),
            images=wire.parse_images(request["images"], attachments),
        )
        return {"projectId": project_id}, ()

    async def open_project(request: Mapping[str, Any], _attachments: Sequence[Any]) -> Reply:
        await session.open_project(str(request["projectId"]))
        # What a project holds lives until it is closed: no collection needs to look at it again.
        gc.collect()
        gc.freeze()
        return None, ()

    async def close_project(_request: Mapping[str, Any], _attachments: Sequence[Any]) -> Reply:
        await session.close()
        gc.unfreeze()
        return None, ()

    async def dispatch(request: Mapping[str, Any], attachments: Sequence[Any]) -> Reply:
        command = wire.parse_command(request["command"], attachments)
        accepted = await session.dispatch(command, command_id=request.get("commandId"))
        return wire.accepted_message(accepted), ()

    async def retry_save(_request: Mapping[str, Any], _attachments: Sequence[Any]) -> Reply:
        await session.retry_save()
        return None, ()

    return {
        "projects": projects,
        "create-project": create_project,
        "open-project": open_project,
        "close-project": close_project,
        "dispatch": dispatch,
        "retry-save": retry_save,
    }
