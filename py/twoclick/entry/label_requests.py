"""What the page can ask of the session thread about label files, by the kind of the request.

Files are read and written elsewhere; here is what goes into them and what comes out of them.  One
export and one import are under way at a time: a new one takes the place of what was not ended.
"""

from collections.abc import Mapping
from typing import Any

from twoclick.domain.asset import Asset
from twoclick.domain.tag import Tag
from twoclick.entry.bridge import Attachments, Handler, Reply, Request
from twoclick.session import wire
from twoclick.session.exporting import Exporting
from twoclick.session.refusal import Refused
from twoclick.session.runs.desk import RunDesk
from twoclick.session.session import Session
from twoclick.session.watching import WatchedStore

MOST_ASSETS = 1000
"""Rows of assets that are given in one go."""


class LabelRequests:
    """The handlers of one session thread."""

    def __init__(self, *, store: WatchedStore, session: Session) -> None:
        self._store = store
        self._session = session
        self._exporting: Exporting | None = None
        self._runs = RunDesk(store=store, session=session)

    def handlers(self) -> Mapping[str, Handler]:
        """Each takes the request's fields and its attachments."""
        return {
            "begin-export": self._begin_export,
            "export-part": self._export_part,
            "end-export": self._end_export,
            "import-context": self._import_context,
            "import-assets": self._import_assets,
            "begin-run": self._begin_run,
            "run-part": self._run_part,
            "start-run": self._start_run,
            "give-up-run": self._give_up_run,
        }

    # --- export -------------------------------------------------------------------------------

    async def _begin_export(self, _request: Request, _attachments: Attachments) -> Reply:
        if self._exporting is not None:
            self._exporting.give_up()
        self._exporting = Exporting(store=self._store, session=self._session)
        listed = await self._exporting.begin()
        message = {
            "project": {"id": listed.project.id, "name": listed.project.name},
            "tags": [{**_tag_message(tag), "deleted": tag.deleted} for tag in listed.tags],
            "predictors": [
                {
                    "id": one.id,
                    "iteration": one.iteration,
                    "name": one.name,
                    "kind": one.kind,
                    "digest": one.digest,
                    "classes": list(one.classes),
                }
                for one in listed.project.predictors
            ],
            "assets": listed.assets,
        }
        return message, ()

    async def _export_part(self, request: Request, _attachments: Attachments) -> Reply:
        """The lines come as attachment."""
        start, count = int(request["from"]), int(request["count"])
        lines = await self._begun_export().part(start=start, count=count)
        return {"lines": lines.count(b"\n")}, [lines]

    async def _end_export(self, request: Request, _attachments: Attachments) -> Reply:
        exporting = self._begun_export()
        self._exporting = None
        changed = await exporting.end(written=bool(request["written"]))
        return {"changed": list(changed)}, ()

    def _begun_export(self) -> Exporting:
        if self._exporting is None:
            raise Refused("no-export", "No labels are being exported")
        return self._exporting

    # --- import -------------------------------------------------------------------------------

    async def _import_context(self, _request: Request, _attachments: Attachments) -> Reply:
        async with self._session.standing_still(read_only=True) as state:
            project = state.project
        message = {
            "project": {"id": project.id, "name": project.name},
            "tags": [_tag_message(tag) for tag in project.live_tags],
            "assets": project.asset_count,
        }
        return message, ()

    async def _import_assets(self, request: Request, _attachments: Attachments) -> Reply:
        start, count = int(request["from"]), int(request["count"])
        if start < 0 or not 0 < count <= MOST_ASSETS:
            raise Refused("bad-value", f"Ask for 1 to {MOST_ASSETS} images at a time")
        async with self._session.standing_still(read_only=True) as state:
            assets = tuple(state.assets.values())[start : start + count]
        return {"assets": [_asset_message(asset) for asset in assets]}, ()

    async def _begin_run(self, request: Request, _attachments: Attachments) -> Reply:
        begun = await self._runs.begin(wire.parse_run(request))
        return {"runId": begun.run_id, "tagIds": list(begun.tag_ids)}, ()

    async def _run_part(self, request: Request, attachments: Attachments) -> Reply:
        """The columns of the shapes of all items come as attachments."""
        outlines = wire.parse_outlines(attachments)
        items = [wire.parse_run_item(one) for one in request["items"]]
        await self._runs.take(str(request["runId"]), items, outlines)
        return {}, ()

    async def _start_run(self, request: Request, _attachments: Attachments) -> Reply:
        result = await self._runs.start(str(request["runId"]))
        names = ("changed", "added", "removed", "skipped")
        return {name: getattr(result, name) for name in names}, ()

    async def _give_up_run(self, request: Request, _attachments: Attachments) -> Reply:
        return {"left": await self._runs.give_up(str(request["runId"]))}, ()


def _tag_message(tag: Tag) -> dict[str, Any]:
    return {
        "id": tag.id,
        "name": tag.name,
        "color": tag.color,
        "key": tag.key,
        "keypoints": list(tag.keypoints),
        "skeleton": [list(pair) for pair in tag.skeleton],
    }


def _asset_message(asset: Asset) -> dict[str, Any]:
    return {
        "id": asset.id,
        "name": asset.name,
        "width": asset.width,
        "height": asset.height,
        "page": asset.page,
        "digest": asset.digest,
        "labelState": asset.label_state.value,
        "annotations": asset.annotations,
    }
