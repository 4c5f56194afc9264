"""A project file as the page would write and read it, but as a dictionary of its parts."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from twoclick.entry.bridge import Reply
from twoclick.entry.file_requests import FileRequests
from twoclick.entry.label_requests import LabelRequests
from twoclick.ports.store import KEY_PATHS, BlobToken, Put, Record
from twoclick.session.project_list import ProjectList
from twoclick.session.session import Session
from twoclick.session.watching import WatchedStore
from unit.session.workplace import CountingClock, Workplace, digest_of

Parts = dict[str, bytes]
"""By path; of images, their digests stand for the content."""


class Requests:
    """Asks what the page would ask."""

    def __init__(self, requests: FileRequests | LabelRequests, run: Callable[[Any], Any]) -> None:
        self.handlers = requests.handlers()
        self._run = run

    def ask(self, kind: str, *attachments: Any, **fields: Any) -> tuple[Any, list[bytes]]:
        reply = self.handlers[kind](fields, list(attachments))
        answer: Reply = reply if isinstance(reply, tuple) else self._run(reply)
        return answer[0], [bytes(buffer) for buffer in answer[1]]


def requests_of(place: Workplace) -> Requests:
    """Those of the session thread of a workplace."""
    files = FileRequests(
        store=place.watched, clock=place.clock, session=place.session, projects=place.projects
    )
    return Requests(files, place.run)


def written(
    place: Workplace,
    *,
    meanwhile: Callable[[int], None] = lambda _: None,
    with_models: bool = True,
) -> Parts:
    """The file of the open project; `meanwhile` is called between the steps, with their number."""
    ask = requests_of(place).ask
    step = 0

    def pause() -> None:
        nonlocal step
        step += 1
        meanwhile(step)

    begun = ask("begin-file", models=with_models)[0]
    pause()
    paths = ask("file-paths")[0]["paths"]
    pause()
    parts: Parts = {}
    for path in paths:
        (parts[path],) = ask("file-part", path=path)[1]
        pause()
    last, contents = ask("finish-file")
    pause()
    parts.update(zip(last["paths"], contents, strict=True))
    assert begun["images"] == last["images"][: len(begun["images"])]
    parts.update({image["path"]: image["digest"].encode() for image in last["images"]})
    for model in last["models"]:
        key = (place.project_id, model["digest"], model["name"])
        parts[model["path"]] = place.run(place.store.read("modelFiles", key))["blob"].token
    ask("file-written")
    return {path: content for path, content in parts.items() if content}


class OtherBrowser:
    """An empty store with a session thread beside it."""

    def __init__(self) -> None:
        place = Workplace()
        self.store = place.store
        self._runner = asyncio.Runner()
        store, clock = WatchedStore(self.store), CountingClock()
        session = Session(store=store, clock=clock, emit=lambda _: None)
        self.projects = ProjectList(store=store, clock=clock)
        files = FileRequests(store=store, clock=clock, session=session, projects=self.projects)
        self.requests = Requests(files, self.run)

    def __enter__(self) -> "OtherBrowser":
        self._runner.__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        self._runner.__exit__(*reason)

    def run(self, coroutine: Any) -> Any:
        return self._runner.run(coroutine)

    def restore(self, parts: Parts, role: str = "itself") -> str:
        """Opens a file as the page would; gives up where something is wrong."""
        ask = self.requests.ask
        found, _ = ask("look-into-file", parts["twoclick.json"])
        try:
            ask("begin-restore", role=role)
            for path in found["paths"]:
                ask("restore-records", parts.get(path, b""), path=path)
            known = [one for one in found["images"] if one["path"] in parts]
            images = [{key: one[key] for key in ("digest", "type", "bytes")} for one in known]
            ask("restore-images", *(parts[one["path"]] for one in known), images=images)
            for one in found["models"]:
                if one["path"] in parts:
                    content = parts[one["path"]]
                    sha256 = hashlib.sha256(content).hexdigest()
                    ask("restore-model", content, path=one["path"], sha256=sha256)
            return str(ask("finish-restore")[0]["projectId"])
        except Exception:
            ask("give-up-restore")
            raise

    def everything(self) -> dict[str, list[Record]]:
        return everything(self.store, self.run)


def everything(store: Any, run: Callable[[Any], Any]) -> dict[str, list[Record]]:
    """All records of a store; blobs by what stands for them."""

    def plain(record: Mapping[str, Any]) -> Record:
        return {
            key: value.token if isinstance(value, BlobToken) else value
            for key, value in record.items()
        }

    return {name: [plain(one) for one in run(store.read_all(name, ()))] for name in KEY_PATHS}


def there(place: Workplace) -> dict[str, list[Record]]:
    """All records of a workplace."""
    place.settle()
    return everything(place.store, place.run)


def add_own_model(place: Workplace, **contents: bytes) -> str:
    """Adds a model with files of its own, `model` and by other names its weights; its digest."""
    files = {name.replace("model", ""): content for name, content in sorted(contents.items())}
    files = dict(sorted(files.items()))
    sums = [hashlib.sha256(content).hexdigest() for content in files.values()]
    digest = sums[0] if len(sums) == 1 else hashlib.sha256("".join(sums).encode()).hexdigest()
    place.do(
        "add-predictor",
        buffers=list(files.values()),
        **{**place.predictor_spec("own"), "source": "kept", "digest": digest},
        files=[{"path": name, "bytes": len(content)} for name, content in files.items()],
    )
    place.settle()
    return digest


def give_images(place: Workplace) -> None:
    """The files of the images, which the workplace does without."""
    place.settle()
    files = [
        Put(
            "images",
            {
                "digest": digest_of(at),
                "type": "image/png",
                "bytes": 1000,
                "blob": digest_of(at).encode(),
            },
        )
        for at in range(len(place.ids))
    ]
    place.run(place.store.write(files))
