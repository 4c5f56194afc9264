"""A session at work: a real one over a real store, driven by messages as the page sends them.

What the page would know is read off the events alone, so that tests also show that these suffice.
"""

import asyncio
import hashlib
from array import array
from collections.abc import Sequence
from dataclasses import fields
from types import TracebackType
from typing import Any, Self

import pytest

from twoclick.adapters.memory.store import MemoryStore
from twoclick.domain.document import Document
from twoclick.domain.geometry import Box, Shape, iou
from twoclick.domain.outlines import Buffer, Outlines, pack_outlines, read_outlines
from twoclick.domain.shape_json import shape_json
from twoclick.session import wire
from twoclick.session.document_records import document_value
from twoclick.session.events import Event
from twoclick.session.handlers.outcome import Accepted
from twoclick.session.project_list import ProjectList
from twoclick.session.refusal import Refused
from twoclick.session.session import Session
from twoclick.session.watching import WatchedStore

CARD = {
    "family": "test",
    "classNames": ["text", "title"],
    "defaultOverlap": 0.7,
    "scoreFloor": 0.05,
}
Found = tuple[Shape, float, int]
"""Shape, score and class of a candidate."""

OUTLINES = [field.name for field in fields(Outlines)]

APART: Sequence[Found] = (
    (Box(0, 0, 10, 10), 0.9, 0),
    (Box(20, 0, 30, 10), 0.8, 1),
    (Box(40, 0, 50, 10), 0.6, 0),
    (Box(60, 0, 70, 10), 0.3, 1),
)
"""Three candidates over the threshold and one below it, none overlapping."""


class CountingClock:
    """Each look is a millisecond later."""

    def __init__(self) -> None:
        self._now = 0

    def now(self) -> int:
        self._now += 1
        return self._now


def columns(found: Sequence[Found]) -> list[Buffer]:
    """The buffers of a predictor's answer, ranked as compute ranks them."""
    ranked = sorted(found, key=lambda one: -one[1])
    outlines = pack_outlines([shape for shape, _, _ in ranked])
    overlapping = [
        (first, second, shared)
        for first in range(len(ranked))
        for second in range(first + 1, len(ranked))
        if (shared := iou(ranked[first][0], ranked[second][0])) >= 0.1
    ]
    return [
        outlines.boxes,
        array("d", [score for _, score, _ in ranked]).tobytes(),
        array("i", [class_id for _, _, class_id in ranked]).tobytes(),
        array("i", [end for first, second, _ in overlapping for end in (first, second)]).tobytes(),
        array("d", [shared for _, _, shared in overlapping]).tobytes(),
        outlines.kinds,
        outlines.rings,
        outlines.points,
        outlines.visibility,
    ]


def _named(what: str | int) -> dict[str, Any]:
    if isinstance(what, str):
        return {"annotationId": what, "candidate": None}
    return {"annotationId": None, "candidate": what}


def digest_of(at: int) -> str:
    """The digest of the image of asset number `at`."""
    return hashlib.sha256(f"image {at}".encode()).hexdigest()


class Workplace:
    """An open project of assets a0, a1 ... of 100 x 100 pixels, with tags of CARD's classes; or
    the one of an id that is in a store already."""

    def __init__(
        self,
        *,
        assets: int = 3,
        predictor: bool = True,
        store: MemoryStore | None = None,
        project_id: str | None = None,
    ) -> None:
        self.store = store or MemoryStore()
        self.watched = WatchedStore(self.store)
        self.events: list[dict[str, Any]] = []
        self.clock = CountingClock()
        self.run_began = asyncio.Event()
        self._runner = asyncio.Runner()
        self._assets = assets
        self._predictor = predictor
        self._project_id = project_id

    def __enter__(self) -> Self:
        self._runner.__enter__()
        self.start_session()
        self.project_id = self._project_id or self._found()
        self.open()
        return self

    def _found(self) -> str:
        spec = wire.parse_project(
            {
                "name": "Pages",
                "tags": [{"name": name} for name in ("Text", "Title")],
                "assets": [
                    {
                        "name": f"page-{at}.png",
                        "width": 100,
                        "height": 100,
                        "digest": digest_of(at),
                        "type": "image/png",
                        "bytes": 1000,
                    }
                    for at in range(self._assets)
                ],
                "predictor": self.predictor_spec("m1") if self._predictor else None,
            }
        )
        return str(self.run(self.projects.create(spec, images=[])).project_id)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.settle()
        self._runner.__exit__(kind, error, trace)

    @staticmethod
    def predictor_spec(name: str) -> dict[str, Any]:
        return {"card": CARD, "name": name, "source": "file", "digest": name * 8, "bytes": 5}

    def start_session(self) -> None:
        """A new session over the same store, as after a reload."""
        self.session = Session(store=self.watched, clock=self.clock, emit=self._receive)
        self.projects = ProjectList(store=self.watched, clock=self.clock)

    def reload(self) -> None:
        """The page is opened again."""
        self.settle()
        self.start_session()
        self.open()

    def open(self, *, read_only: bool = False) -> None:
        opening = self.session.open_project(self.project_id, read_only=read_only, author="me")
        self.run(opening)

    def run(self, coroutine: Any) -> Any:
        return self._runner.run(coroutine)

    def settle(self) -> None:
        """Until everything is saved or saving stopped."""
        self.run(self.session.settled())

    # --- what the page does --------------------------------------------------------------------

    def do(self, tag: str, *, buffers: Sequence[Buffer] = (), **fields: Any) -> Accepted:
        """Sends a command; the events of it alone are in `events` afterwards."""
        self.events.clear()
        command = wire.parse_command({"type": tag, **fields}, buffers)
        accepted = self.run(self.session.dispatch(command))
        assert isinstance(accepted, Accepted)
        return accepted

    def do_at_once(self, messages: Sequence[dict[str, Any]]) -> None:
        """Sends commands without waiting for the reply to one before sending the next."""
        self.events.clear()

        async def send() -> None:
            sent = [self.session.dispatch(wire.parse_command(message)) for message in messages]
            await asyncio.gather(*sent)

        self.run(send())

    def refused(self, tag: str, **fields: Any) -> Refused:
        """Sends a command that must be refused, and said to be, and change nothing."""
        before = self.documents()
        with pytest.raises(Refused) as raised:
            self.do(tag, **fields)
        assert raised.value.message in self.said()
        assert self.documents() == before
        return raised.value

    def refused_here(self, tag: str, **fields: Any) -> Refused:
        """The same, for the current asset."""
        return self.refused(tag, assetId=self.current, **fields)

    def here(self, tag: str, **fields: Any) -> Accepted:
        """Sends a command for the current asset."""
        return self.do(tag, assetId=self.current, **fields)

    def answer(
        self,
        found: Sequence[Found] = APART,
        *,
        asset: str | None = None,
        predictor: str | None = None,
        **fields: Any,
    ) -> Accepted:
        """A predictor answers for an asset, by default the active one for the current asset."""
        about = {"width": 100, "height": 100, "floor": 0.05, "cap": 300, "milliseconds": 7}
        return self.do(
            "record-predictions",
            buffers=columns(found),
            assetId=asset or self.current,
            predictorId=predictor or self.project["activePredictorId"],
            **{**about, **fields},
        )

    def draw(self, shape: Shape, *, tag_id: str | None = None) -> str:
        """Draws a shape and gives the id of its annotation."""
        accepted = self.here("draw", tagId=tag_id, shape=shape_json(shape))
        (annotation_id,) = accepted.added
        return annotation_id

    def reshape(self, what: str | int, shape: Shape) -> Accepted:
        """Gives an annotation (by its id) or a suggestion (by its place) another shape."""
        return self.here("change-shape", **_named(what), shape=shape_json(shape))

    def nudge(self, what: str | int, dx: float, dy: float) -> Accepted:
        """Moves an annotation or a suggestion."""
        return self.here("nudge", **_named(what), dx=dx, dy=dy)

    def retag(self, tag_id: str, *what: str | int) -> Accepted:
        """Gives annotations and suggestions another tag."""
        annotation_ids = [one for one in what if isinstance(one, str)]
        candidates = [one for one in what if isinstance(one, int)]
        return self.here(
            "set-tag", annotationIds=annotation_ids, candidates=candidates, tagId=tag_id
        )

    def commit(self, *candidates: int) -> Accepted:
        """Selects suggestions and commits them."""
        self.here("select", candidates=list(candidates), mode="only")
        return self.here("commit", painted=self.painted)

    # --- what the page knows -------------------------------------------------------------------

    def _receive(self, event: Event) -> None:
        message, buffers = wire.event_message(event)
        self.events.append({**message, "buffers": buffers})
        match message["event"]:
            case "project" | "assets-added" | "work-list" | "filed" | "settings":
                self._receive_project(message)
            case "current":
                self.current: str = message["assetId"]
            case "asset":
                self.annotations = {row["id"]: row for row in message["annotations"]}
                self.shapes = self._shapes_of(message["annotations"], buffers)
            case "changes":
                self._receive_changes(message, buffers)
            case "view":
                self.view = message
                outlines = Outlines(**dict(zip(OUTLINES, buffers, strict=True)))
                edited = message["edited"]
                shapes = read_outlines(outlines, count=len(edited))
                self.edited = dict(zip(edited, shapes, strict=True))
            case "assist-wanted":
                self.wanted = message
            case "run-progress":
                self.run_progress = message
                if message["done"]:
                    self.run_began.set()

    def _receive_project(self, message: dict[str, Any]) -> None:
        match message["event"]:
            case "project":
                self.project = message
                self.history = message["history"]
                self.rows = {row["id"]: row for row in message["assets"]}
                self.work_list = message["workList"]
            case "assets-added":
                self.rows.update({row["id"]: row for row in message["assets"]})
                self.work_list = message["workList"]
            case "work-list":
                self.work_list = message
            case "filed":
                self.filed = message
            case "settings":
                self.project = {**self.project, **message}
        self.ids = tuple(self.rows)

    def _receive_changes(self, message: dict[str, Any], buffers: Sequence[bytes]) -> None:
        self.rows.update({row["id"]: row for row in message["assets"]})
        self.history = message["history"]
        if message["assetId"] == self.current:
            for removed in message["removed"]:
                del self.annotations[removed], self.shapes[removed]
            changed = [*message["added"], *message["updated"]]
            self.annotations.update({row["id"]: row for row in changed})
            self.shapes.update(self._shapes_of(changed, buffers))

    @staticmethod
    def _shapes_of(rows: Sequence[dict[str, Any]], buffers: Sequence[bytes]) -> dict[str, Shape]:
        outlines = Outlines(**dict(zip(OUTLINES, buffers, strict=True)))
        shapes = read_outlines(outlines, count=len(rows))
        return {row["id"]: shapes[row["index"]] for row in rows}

    @property
    def painted(self) -> list[int]:
        """What a canvas without a view box would have painted."""
        return [at for at, status in enumerate(self.view["status"]) if status == 0]

    @property
    def row(self) -> dict[str, Any]:
        """The row of the current asset."""
        return self.rows[self.current]

    @property
    def tag_ids(self) -> list[str]:
        return [tag["id"] for tag in self.project["tags"]]

    def said(self) -> list[str]:
        """The status sentences of the last command."""
        return [event["text"] for event in self.events if event["event"] == "status"]

    def told(self, kind: str) -> list[dict[str, Any]]:
        """The events of one kind of the last command."""
        return [event for event in self.events if event["event"] == kind]

    def document(self, asset_id: str) -> Document:
        """The document of an asset as it is stored."""
        self.settle()
        record = self.run(self.store.read("documents", (self.project_id, asset_id)))
        return Document(asset_id=asset_id) if record is None else document_value(record)

    def documents(self) -> list[tuple[Document, str]]:
        """Every stored document with its asset's stored label state."""
        self.settle()
        states = {
            record["id"]: record["labelState"]
            for record in self.run(self.store.read_all("assets", (self.project_id,)))
        }
        return [(self.document(asset_id), states[asset_id]) for asset_id in self.ids]
