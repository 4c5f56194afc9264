"""Twoclick's own labels: one file that keeps all that is known of them.

    {"format": "twoclick-labels", "version": 1, "project": {"name": ...},
     "tags": [...], "predictors": [...], "images": [...]}

Each part is described in `twoclick_schema`; one image is one line.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from twoclick.domain.annotation import Annotation
from twoclick.domain.annotation_json import annotation_json
from twoclick.domain.shape_json import shape_json
from twoclick.formats.format import Format, Loss, Piece, Reading, SourceFile, Target
from twoclick.formats.image_names import KnownImages
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage, LabelledShape
from twoclick.formats.survey import Survey
from twoclick.formats.text_files import beginning
from twoclick.formats.twoclick_reader import read_labels
from twoclick.formats.twoclick_schema import FORMAT as FORMAT_NAME
from twoclick.formats.twoclick_schema import VERSION

PATH = "labels.json"

_SAYS_SO = re.compile(rb'"format"\s*:\s*"' + FORMAT_NAME.encode() + rb'"')


class TwoclickLabels:
    """The format "twoclick"."""

    name = "twoclick"
    title = "Twoclick labels"
    purpose = "Keeps everything: states, notes, scores, who made what. To go on in Twoclick"
    tolerance = 0.0

    def recognise(self, files: Sequence[SourceFile]) -> str | None:
        """Whether one of the files says that it is of this format."""
        for file in files:
            if says_so(file):
                return f"{file.path} says that it holds Twoclick labels"
        return None

    def read(self, files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
        """What the files hold together; those that are something else are passed by."""
        return read_labels([file for file in files if says_so(file)], images=images)

    def losses(self, survey: Survey) -> Sequence[Loss]:
        """Nothing is lost, whatever there is."""
        return ()

    def refusal(self, survey: Survey, *, tags: Sequence[FileTag]) -> str | None:
        """Everything can be written."""
        return None

    def as_written(self, image: LabelledImage) -> LabelledImage:
        """Reading gives what was written."""
        return image

    def writer(self, target: Target) -> "LabelsWriter":
        """Starts to write."""
        return LabelsWriter(target)


def says_so(file: SourceFile) -> bool:
    """Whether a file says of itself that it is of this format."""
    return _SAYS_SO.search(beginning(file)) is not None


class LabelsWriter:
    """Writes one file, piece by piece from its beginning to its end."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._begun = False

    def add(self, images: Sequence[LabelledImage]) -> Iterable[Piece]:
        """The lines of these images, after the head of the file where they are the first."""
        for image in images:
            before = ",\n" if self._begun else _head_text(self._target)
            self._begun = True
            yield _piece(before + _line(image_json(image)))

    def finish(self) -> Iterable[Piece]:
        """The end of the file."""
        yield _piece("\n]}\n" if self._begun else f"{_head_text(self._target)}]}}\n")

    def image_path(self, image: LabelledImage) -> str:
        """Images keep their names, in a folder; none leads out of it."""
        parts = image.name.replace("\\", "/").split("/")
        kept = ["_" if part == ".." else part for part in parts if part not in ("", ".")]
        return "/".join(("images", *kept))


def _piece(text: str) -> Piece:
    return Piece(path=PATH, content=text.encode("ascii"))


def _head_text(target: Target) -> str:
    return (
        f'{{"format": "{FORMAT_NAME}", "version": {VERSION},\n'
        f'"project": {_line({"name": target.name})},\n'
        f'"tags": [{_lines(map(_tag_json, target.tags))}],\n'
        f'"predictors": [{_lines(map(_predictor_json, target.predictors))}],\n'
        '"images": [\n'
    )


def _lines(values: Iterable[Any]) -> str:
    lines = ",\n".join(map(_line, values))
    return f"\n{lines}\n" if lines else ""


def _line(value: Any) -> str:
    # ASCII: a name may have half a surrogate pair, which no encoding of text takes.
    return json.dumps(value, allow_nan=False)


def _tag_json(tag: FileTag) -> Mapping[str, Any]:
    given = {"name": tag.name, "id": tag.id, "color": tag.color, "key": tag.key}
    more: dict[str, Any] = {"deleted": True} if tag.deleted else {}
    if tag.keypoints:
        more["keypoints"] = list(tag.keypoints)
    if tag.skeleton:
        more["skeleton"] = [list(pair) for pair in tag.skeleton]
    return {**_without_none(given), **more}


def _predictor_json(predictor: FilePredictor) -> Mapping[str, Any]:
    return {
        "id": predictor.id,
        "iteration": predictor.iteration,
        "name": predictor.name,
        "digest": predictor.digest,
        "classes": list(predictor.classes),
    }


def image_json(image: LabelledImage) -> Mapping[str, Any]:
    """An image as one of the list `images`."""
    head = {
        "name": image.name,
        "page": image.page or None,
        "width": image.width,
        "height": image.height,
        "digest": image.digest,
        "labelState": None if image.label_state is None else image.label_state.value,
        "note": image.note,
        "number": image.number or None,
        "split": image.split,
    }
    return {**_without_none(head), "shapes": list(_shapes_json(image.shapes))}


def _shapes_json(shapes: Iterable[LabelledShape]) -> Iterator[Mapping[str, Any]]:
    for one in shapes:
        known = None if one.annotation is None else _annotation_json(one.annotation)
        yield _without_none(
            {
                "tag": one.tag,
                "shape": shape_json(one.shape),
                "score": one.score,
                "annotation": known,
            }
        )


def _annotation_json(annotation: Annotation) -> Mapping[str, Any]:
    """An annotation without its shape, which stands beside it."""
    return {key: value for key, value in annotation_json(annotation).items() if key != "shape"}


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


FORMAT: Format = TwoclickLabels()
