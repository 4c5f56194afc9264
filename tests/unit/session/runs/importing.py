"""Imports labels into a workplace as the page would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twoclick.adapters.memory.store import MemoryStore
from twoclick.domain.geometry import Box, Shape
from twoclick.domain.outlines import pack_outlines
from twoclick.ports.store import Plan, StoreError
from unit.session.label_files import label_requests
from unit.session.project_file import Requests
from unit.session.workplace import OUTLINES, Workplace

A, B, C = Box(10, 10, 20, 20), Box(30, 10, 42.5, 20), Box(50, 50, 90, 99)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnImage:
    """What a file has for the image at a place: shapes with the numbers of their classes."""

    at: int
    shapes: Sequence[tuple[Shape, int]] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


class Importing:
    """One import; the fields of `begin-run` can be given by their names on the wire."""

    def __init__(self, place: Workplace, **fields: Any) -> None:
        self._place = place
        self.requests: Requests = label_requests(place)
        self.asked: dict[str, Any] = {
            "name": "Import labels",
            "mode": "merge",
            "as": "annotations",
            "newTags": [],
            "tags": ["Text", "Title"],
            "ordered": False,
            "labelState": "labelled",
            "predictor": None,
            **fields,
        }
        self.begun, _ = self.requests.ask("begin-run", **self.asked)
        self.run_id = self.begun["runId"]

    def add(self, *images: OnImage) -> None:
        """Plans what is on these images."""
        shapes = [shape for image in images for shape, _ in image.shapes]
        outlines = pack_outlines(shapes)
        items = [
            {
                "assetId": self._place.ids[image.at],
                "tagIndexes": [number for _, number in image.shapes],
                **image.fields,
            }
            for image in images
        ]
        columns = [getattr(outlines, name) for name in OUTLINES]
        self.requests.ask("run-part", *columns, runId=self.run_id, items=items)

    def start(self) -> dict[str, Any]:
        """Starts it, or goes on; gives what came of it at its end."""
        self._place.events.clear()
        answer, _ = self.requests.ask("start-run", runId=self.run_id)
        return dict(answer)

    def give_up(self) -> bool:
        """Gives it up; whether something was left."""
        answer, _ = self.requests.ask("give-up-run", runId=self.run_id)
        return bool(answer["left"])


class MortalStore(MemoryStore):
    """One that is gone after some more writes, as when the page is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    async def write(self, plan: Plan) -> None:
        if self.left == 0:
            raise StoreError("closed", "the page is gone")
        await super().write(plan)
        if self.left is not None:
            self.left -= 1


def imported(place: Workplace, *images: OnImage, **fields: Any) -> dict[str, Any]:
    """A whole import."""
    run = Importing(place, **fields)
    run.add(*images)
    return run.start()


def moved(place: Workplace, key: str) -> None:
    """Takes a run back, or does it again, to its end."""
    place.do(key)
    place.run(place.session.mover.ended())


def revived(place: Workplace, store: MortalStore) -> None:
    """The page is opened again after it was killed; what moves comes to its end."""
    store.left = None
    place.start_session()
    place.open()
    place.run(place.session.mover.ended())
