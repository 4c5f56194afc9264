"""What the page can ask of the labels thread about an export, by the kind of the request: it looks
through everything, says what a choice would give and lose, writes, and reads back what was saved.

In this order: `open-export`, `look-through` for all assets, `survey-labels` as often as wanted;
then `begin-labels`, `write-labels` for the same assets, `finish-labels`; then `take-written` for
all files, `read-written` until it is done, `compare-written` for the same assets, `end-check`.

One export at a time: a new one takes the place of the one before.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twoclick.domain.asset import LabelState
from twoclick.domain.tag import Tag
from twoclick.entry.bridge import Attachments, Handler, Reply, Request
from twoclick.entry.export_lines import images_of
from twoclick.entry.file_pieces import FilePieces
from twoclick.formats.export.checking import Checking
from twoclick.formats.export.looking import ImageFile, Looking
from twoclick.formats.export.outlook import Choice, Outlook, counts_text, outlook
from twoclick.formats.export.writing import ImagePlace, Writing
from twoclick.formats.format import Format, Piece
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage
from twoclick.formats.project_labels import file_tags
from twoclick.ports.page import Buffer
from twoclick.session.refusal import Refused

STEP_SECONDS = 0.05
"""How long reading goes on before progress is told."""


@dataclass(slots=True, kw_only=True)
class _Export:
    """An export on its way."""

    name: str
    tags: tuple[FileTag, ...]
    predictors: tuple[FilePredictor, ...]
    looking: Looking = field(default_factory=Looking)
    writing: Writing | None = None
    files: FilePieces = field(default_factory=FilePieces)
    checking: Checking | None = None

    def images(self, lines: Buffer) -> Iterator[tuple[LabelledImage, ImageFile]]:
        """The images of a part, with what is on them."""
        tag_names = {tag.id: tag.name for tag in self.tags if tag.id is not None}
        return images_of(lines, tag_names=tag_names)

    def being_written(self) -> Writing:
        """What `begin-labels` began."""
        if self.writing is None:
            raise Refused("no-export", "No labels are being written")
        return self.writing

    def being_checked(self) -> Checking:
        """What `read-written` began."""
        if self.checking is None:
            raise Refused("no-export", "No labels are being read back")
        return self.checking


class ExportTasks:
    """The handlers of one labels thread; `formats` are offered in their order."""

    def __init__(
        self, *, formats: Sequence[Format], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._formats = {one.name: one for one in formats}
        self._clock = clock
        self._export: _Export | None = None

    def handlers(self) -> Mapping[str, Handler]:
        """Each takes the request's fields and its attachments."""
        return {
            "open-export": self._open,
            "look-through": self._look,
            "survey-labels": self._survey,
            "begin-labels": self._begin,
            "write-labels": self._write,
            "finish-labels": self._finish,
            "take-written": self._take,
            "read-written": self._read,
            "compare-written": self._compare,
            "end-check": self._end_check,
        }

    # --- looking ------------------------------------------------------------------------------

    def _open(self, request: Request, _attachments: Attachments) -> Reply:
        """{name, tags, predictors} as `begin-export` of the session gives them."""
        tags = [_tag(one) for one in request["tags"]]
        self._export = _Export(
            name=str(request["name"]),
            tags=file_tags(tags),
            predictors=tuple(_predictor(one) for one in request["predictors"]),
        )
        return {}, ()

    def _look(self, _request: Request, attachments: Attachments) -> Reply:
        """Lines of a part, as `export-part` of the session gives them."""
        export = self._open_export()
        for image, file in export.images(attachments[0]):
            export.looking.take(image, file)
        return {}, ()

    def _survey(self, request: Request, _attachments: Attachments) -> Reply:
        """{states, shares, seed, withImages} -> what that would give, as `_outlook_json` says."""
        export = self._open_export()
        formats = list(self._formats.values())
        found = outlook(export.looking, _choice(request), tags=export.tags, formats=formats)
        return _outlook_json(found), ()

    # --- writing ------------------------------------------------------------------------------

    def _begin(self, request: Request, _attachments: Attachments) -> Reply:
        """{format, states, shares, seed, withImages}."""
        export = self._open_export()
        export.writing = Writing(
            format_=self._formats[request["format"]],
            choice=_choice(request),
            looking=export.looking,
            name=export.name,
            tags=export.tags,
            predictors=export.predictors,
        )
        export.files, export.checking = FilePieces(), None
        return {}, ()

    def _write(self, _request: Request, attachments: Attachments) -> Reply:
        """Lines of a part -> {pieces: [{path, section, bytes}], images: [{path, digest, bytes,
        page, name, asPng}]} and the content of the pieces, one after the other."""
        export = self._open_export()
        written = export.being_written().write(export.images(attachments[0]))
        described, content = _pieces(written.pieces)
        return {
            "pieces": described,
            "images": [_image_json(one) for one in written.images],
        }, content

    def _finish(self, _request: Request, _attachments: Attachments) -> Reply:
        """-> {pieces} and their content, as `write-labels` gives them; {renamed: how many images
        have other names there, first: one of them as {name, path}, or None}."""
        writing = self._open_export().being_written()
        described, content = _pieces(writing.finish())
        first = next(({"name": name, "path": path} for name, path in writing.renamed), None)
        return {"pieces": described, "renamed": len(writing.renamed), "first": first}, content

    # --- reading back -------------------------------------------------------------------------

    def _take(self, request: Request, attachments: Attachments) -> Reply:
        """{pieces: [{path, bytes, ends, failure}]} of the label files that were saved, and their
        content, one after the other."""
        self._open_export().files.take(request["pieces"], attachments[0])
        return {}, ()

    def _read(self, _request: Request, _attachments: Attachments) -> Reply:
        """Reads for a moment -> {done: 0..1}."""
        export = self._open_export()
        for path, why in export.files.failed:
            raise Refused("not-read", f"{path}: {why}")
        export.checking = export.checking or Checking(
            writing=export.being_written(), files=export.files.files
        )
        until = self._clock() + STEP_SECONDS
        done = export.checking.read_on()
        while done < 1 and self._clock() < until:
            done = export.checking.read_on()
        return {"done": done}, ()

    def _compare(self, _request: Request, attachments: Attachments) -> Reply:
        """Lines of a part."""
        export = self._open_export()
        export.being_checked().compare(export.images(attachments[0]))
        return {}, ()

    def _end_check(self, _request: Request, _attachments: Attachments) -> Reply:
        """-> {images, shapes, different: images that are not as written, first: what is wrong with
        one of them, or None}."""
        checked = self._open_export().being_checked().result()
        return {
            "images": checked.images,
            "shapes": checked.shapes,
            "different": checked.different,
            "first": checked.first,
        }, ()

    def _open_export(self) -> _Export:
        if self._export is None:
            raise Refused("no-export", "No export was begun")
        return self._export


def _tag(data: Mapping[str, Any]) -> Tag:
    # JSON has no tuples.
    points = {
        "keypoints": tuple(data.get("keypoints", ())),
        "skeleton": tuple(tuple(pair) for pair in data.get("skeleton", ())),
    }
    return Tag(**{**data, **points})


def _predictor(data: Mapping[str, Any]) -> FilePredictor:
    return FilePredictor(
        id=data["id"],
        iteration=data["iteration"],
        name=data["name"],
        digest=data["digest"],
        classes=tuple(data["classes"]),
    )


def _choice(request: Request) -> Choice:
    return Choice(
        states=frozenset(LabelState(state) for state in request["states"]),
        shares={str(name): float(share) for name, share in request["shares"].items()},
        seed=int(request["seed"]),
        with_images=bool(request["withImages"]),
    )


def _outlook_json(found: Outlook) -> dict[str, Any]:
    return {
        "plan": counts_text(found, verb="to export"),
        "summary": counts_text(found, verb="exported"),
        "states": {state.value: found.states.get(state, 0) for state in LabelState},
        "images": found.images,
        "shapes": found.shapes,
        "splits": dict(found.splits),
        "unusedTags": list(found.unused_tags),
        "imageBytes": found.image_bytes,
        "formats": [
            {
                "name": one.format.name,
                "title": one.format.title,
                "purpose": one.format.purpose.rstrip("."),
                "losses": [f"{loss.count:,} {loss.text}" for loss in one.losses],
                "oneFile": one.one_file,
                "refusal": one.refusal,
            }
            for one in found.formats
        ],
        "notices": list(found.notices),
        "refusal": found.refusal,
    }


def _pieces(pieces: Sequence[Piece]) -> tuple[list[dict[str, Any]], list[bytes]]:
    described = [
        {"path": one.path, "section": one.section, "bytes": len(one.content)} for one in pieces
    ]
    return described, [b"".join(one.content for one in pieces)]


def _image_json(place: ImagePlace) -> dict[str, Any]:
    return {
        "path": place.path,
        "digest": place.file.digest,
        "bytes": place.file.size,
        "page": place.file.page,
        "name": place.name,
        "asPng": place.as_png,
    }
