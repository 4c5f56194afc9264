"""What the page can ask of the labels thread about label files that come in, by the kind of the
request: the files are taken, recognised, read in steps, shown as a preview and handed on in parts.

One import at a time: a new one takes the place of the one before.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from twoclick.entry.bridge import Attachments, Handler, Reply, Request
from twoclick.entry.file_pieces import FilePieces
from twoclick.entry.import_parts import annotation_part, suggestion_part
from twoclick.entry.import_preview import ProjectTag, preview_of, tag_of
from twoclick.formats.catalog import format_named, recognise
from twoclick.formats.format import FormatError, Problem, Read, Reading
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import FileTag
from twoclick.formats.placing import KnownAsset, Placing, place

STEP_SECONDS = 0.05
"""How long reading goes on before others get their turn."""

_NO_IMAGES = KnownImages(())

_BY_NUMBER = frozenset({"yolo-detect", "yolo-segment", "yolo-pose"})
"""Formats whose files tell classes by their places alone: what is trained on knows that order."""

_ALL_CLASSES = _BY_NUMBER | {"twoclick"}
"""Formats of which classes without a shape are kept as well; COCO files often list many more than
they use."""


@dataclass(slots=True, kw_only=True)
class _Incoming:
    """An import on its way: the files that are whole, and what came of them so far."""

    pieces: FilePieces = field(default_factory=FilePieces)
    left: tuple[Problem, ...] = ()
    along: KnownImages = _NO_IMAGES
    tags: tuple[ProjectTag, ...] = ()
    assets: list[KnownAsset] = field(default_factory=list)
    known: KnownImages = _NO_IMAGES
    format_name: str = ""
    reading: Reading | None = None
    read: Read | None = None
    placing: Placing | None = None


class ImportTasks:
    """The handlers of one thread."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._incoming = _Incoming()

    def handlers(self) -> Mapping[str, Handler]:
        """Each takes the request's fields and its attachments."""
        return {
            "begin-import": self._begin,
            "import-files": self._take_files,
            "recognise-labels": self._recognise,
            "import-project": self._take_project,
            "import-project-assets": self._take_assets,
            "read-labels": self._read_labels,
            "read-on": self._read_on,
            "plan-import": self._plan,
            "import-part": self._part,
        }

    # --- what came ----------------------------------------------------------------------------

    def _begin(self, request: Request, _attachments: Attachments) -> Reply:
        """{images: paths of image files that came along, left: [{path, why}] of files that are
        not read}."""
        along = (KnownImage(name=str(path), width=0, height=0) for path in request["images"])
        self._incoming = _Incoming(
            along=KnownImages(along),
            left=tuple(_unread(str(one["path"]), str(one["why"])) for one in request["left"]),
        )
        return {}, ()

    def _take_files(self, request: Request, attachments: Attachments) -> Reply:
        """{pieces: [{path, bytes, ends, failure}]} and their bytes, one after the other."""
        self._incoming.pieces.take(request["pieces"], attachments[0])
        return {}, ()

    def _recognise(self, _request: Request, _attachments: Attachments) -> Reply:
        """-> {formats: [{name, title, evidence}]}, the likeliest first.  Raises FormatError where
        nobody knows them."""
        found = recognise(self._incoming.pieces.files)
        likely = [(found.format, found.evidence)]
        others = [(one, one.purpose) for one in found.alternatives]
        return {
            "formats": [
                {"name": one.name, "title": one.title, "evidence": evidence}
                for one, evidence in likely + others
            ]
        }, ()

    # --- where it goes ------------------------------------------------------------------------

    def _take_project(self, request: Request, _attachments: Attachments) -> Reply:
        """{tags: [{id, name, keypoints}]} of the project that the labels go to; assets follow."""
        self._incoming.tags = tuple(
            ProjectTag(id=one["id"], name=one["name"], keypoints=len(one.get("keypoints", ())))
            for one in request["tags"]
        )
        self._incoming.assets.clear()
        return {}, ()

    def _take_assets(self, request: Request, _attachments: Attachments) -> Reply:
        """{assets: [{id, name, width, height, page, digest, annotations}]}, some of them."""
        self._incoming.assets += [_asset(one) for one in request["assets"]]
        return {}, ()

    # --- reading ------------------------------------------------------------------------------

    def _read_labels(self, request: Request, _attachments: Attachments) -> Reply:
        """{format}; `read-on` does it."""
        incoming = self._incoming
        wanted = format_named(request["format"])
        incoming.format_name, incoming.read, incoming.placing = wanted.name, None, None
        incoming.known = KnownImages(one.image for one in incoming.assets)
        incoming.reading = wanted.read(tuple(incoming.pieces.files), images=incoming.known)
        return {}, ()

    def _read_on(self, _request: Request, _attachments: Attachments) -> Reply:
        """-> {done: 0..1, preview: None until all is read}."""
        incoming = self._incoming
        if incoming.reading is None:
            raise FormatError("No labels are being read")
        until = self._clock() + STEP_SECONDS
        try:
            done = next(incoming.reading)
            while self._clock() < until:
                done = next(incoming.reading)
        except StopIteration as end:
            incoming.reading = None
            incoming.read = end.value
            return {"done": 1, "preview": self._preview()}, ()
        return {"done": done, "preview": None}, ()

    def _preview(self) -> dict[str, Any]:
        incoming = self._incoming
        read = self._read()
        incoming.placing = place(read.images, assets=incoming.assets, known=incoming.known)
        return preview_of(
            read,
            incoming.placing,
            tags=incoming.tags,
            along=incoming.along,
            refused=[*incoming.left, *(_unread(*one) for one in incoming.pieces.failed)],
            all_classes=incoming.format_name in _ALL_CLASSES,
        )

    # --- handing on ---------------------------------------------------------------------------

    def _plan(self, request: Request, _attachments: Attachments) -> Reply:
        """{as, source: name of what was chosen, tags: for each class the id of a tag, "new" or
        None} -> {images, shapes, newTags, tags, points, ordered, predictor}, the last five as
        `begin-run` takes them."""
        read, placed = self._read(), self._placing().placed
        suggested = request["as"] == "suggestions"
        taken = {tag.name for tag, choice in zip(read.tags, request["tags"], strict=True) if choice}
        return {
            "images": len(placed),
            "shapes": sum(shape.tag in taken for one in placed for shape in one.image.shapes),
            **_classes(read, request["tags"]),
            "points": _points(read, request["tags"], self._incoming.tags),
            "ordered": self._incoming.format_name in _BY_NUMBER,
            "predictor": self._predictor(str(request["source"])) if suggested else None,
        }, ()

    def _part(self, request: Request, _attachments: Attachments) -> Reply:
        """{as, from, count} -> {items} and the columns of their shapes, as `run-part` takes."""
        first = int(request["from"])
        placed = self._placing().placed[first : first + int(request["count"])]
        classes = {tag.name: place for place, tag in reversed([*enumerate(self._read().tags)])}
        part = suggestion_part if request["as"] == "suggestions" else annotation_part
        items, columns = part(placed, classes=classes)
        return {"items": items}, columns

    def _predictor(self, source: str) -> dict[str, Any]:
        digest = sha256()
        for file in self._incoming.pieces.files:
            digest.update(file.content)
        return {
            "name": source,
            "digest": digest.hexdigest(),
            "classes": [tag.name for tag in self._read().tags],
            "size": sum(len(file.content) for file in self._incoming.pieces.files),
        }

    def _read(self) -> Read:
        if self._incoming.read is None:
            raise FormatError("No labels were read")
        return self._incoming.read

    def _placing(self) -> Placing:
        if self._incoming.placing is None:
            raise FormatError("No labels were read")
        return self._incoming.placing


def _classes(read: Read, wanted: Sequence[str | None]) -> dict[str, Any]:
    """The tags of the classes, and those that are to be made for them: one for all classes whose
    names mean the same."""
    made: list[ProjectTag] = []
    new_tags: list[dict[str, Any]] = []
    names: list[str | None] = []
    for class_tag, choice in zip(read.tags, wanted, strict=True):
        if choice != "new":
            names.append(choice)
            continue
        same = tag_of(class_tag, made)
        if same is None:
            same = ProjectTag(id="", name=class_tag.name)
            made.append(same)
            new_tags.append(
                {
                    "name": class_tag.name,
                    "color": class_tag.color,
                    "key": class_tag.key,
                    **_points_json(class_tag),
                }
            )
        names.append(same.name)
    return {"newTags": new_tags, "tags": names}


def _points(
    read: Read, wanted: Sequence[str | None], tags: Sequence[ProjectTag]
) -> list[dict[str, Any]]:
    """What the files tell of the keypoints of tags that are there and name none."""
    bare = {tag.id for tag in tags if not tag.keypoints}
    return [
        {"tagId": choice, **_points_json(class_tag)}
        for class_tag, choice in zip(read.tags, wanted, strict=True)
        if choice in bare and class_tag.keypoints
    ]


def _points_json(tag: FileTag) -> dict[str, Any]:
    return {
        "keypoints": list(tag.keypoints),
        "skeleton": [list(pair) for pair in tag.skeleton],
    }


def _asset(message: Mapping[str, Any]) -> KnownAsset:
    return KnownAsset(
        id=message["id"],
        image=KnownImage(
            name=message["name"],
            width=message["width"],
            height=message["height"],
            page=message["page"],
            digest=message["digest"],
        ),
        annotations=message["annotations"],
    )


def _unread(path: str, why: str) -> Problem:
    return Problem(path=path, line=None, text=why, left_out="file")
