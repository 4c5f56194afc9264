"""Reading Twoclick's own labels, strictly: what is wrong is a problem, and is left out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twoclick.formats.format import FormatError, LeftOut, Read, Reading, SourceFile
from twoclick.formats.image_names import KnownImages
from twoclick.formats.json_elements import JsonElement, JsonElements
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage, LabelledShape
from twoclick.formats.problems import Problems
from twoclick.formats.schema_check import Check, compiled
from twoclick.formats.twoclick_schema import SCHEMA, VERSION
from twoclick.formats.twoclick_values import image_value, predictor_value, tag_value, taken_shape

_DEFS = SCHEMA["$defs"]


def _without_shapes(image: Mapping[str, Any]) -> Mapping[str, Any]:
    # Shapes are checked one by one: one that is wrong must not take the others with it.
    return {**image, "properties": {**image["properties"], "shapes": {"type": "array"}}}


_CHECK_PROJECT = compiled(SCHEMA["properties"]["project"], definitions=_DEFS)
_CHECK_TAG = compiled(_DEFS["tag"], definitions=_DEFS)
_CHECK_PREDICTOR = compiled(_DEFS["predictor"], definitions=_DEFS)
_CHECK_IMAGE = compiled(_without_shapes(_DEFS["image"]), definitions=_DEFS)
_CHECK_SHAPE = compiled(_DEFS["labelledShape"], definitions=_DEFS)

_STEP = 200
"""Shapes after which others have their turn."""


def read_labels(files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
    """What the files hold together; see `format.Format.read`."""
    if not files:
        raise FormatError("None of the files says that it holds Twoclick labels.")
    gathering = _Gathering(images)
    total = sum(len(file.content) for file in files)
    behind = 0
    for file in files:
        for share in gathering.take(file):
            yield (behind + share * len(file.content)) / total
        behind += len(file.content)
    return gathering.read()


class _Gathering:
    """What was read so far, of one file after the other."""

    def __init__(self, known: KnownImages) -> None:
        self._known = known
        self._tags: dict[str, FileTag] = {}
        self._predictors: dict[str, FilePredictor] = {}
        self._images: dict[tuple[str, int], LabelledImage] = {}
        self._annotation_ids: set[str] = set()
        self._problems = Problems()
        self._path = ""

    def read(self) -> Read:
        """All of it.  Tags that are used but in no list follow those that are."""
        used = dict.fromkeys(one.tag for image in self._images.values() for one in image.shapes)
        unlisted = [FileTag(name=name) for name in used if name not in self._tags]
        return Read(
            tags=(*self._tags.values(), *unlisted),
            images=tuple(self._images.values()),
            problems=self._problems.kept,
            problem_count=self._problems.count,
            predictors=tuple(self._predictors.values()),
        )

    def take(self, file: SourceFile) -> Iterator[float]:
        """Takes a file; yields how much of it is read, 0..1."""
        self._path = file.path
        elements = JsonElements(file.content, path=file.path)
        has_version = False
        shapes = 0
        for element in elements:
            if element.key == "version":
                self._check_version(element)
                has_version = True
            elif element.key == "images" and element.place is not None:
                shapes += 1 + self._take_image(element)
            else:
                self._take_part(element)
            if shapes >= _STEP:
                shapes = 0
                yield elements.share
        if not has_version:
            raise FormatError(f"{file.path} does not say which version it is of. Export it again.")

    def _check_version(self, element: JsonElement) -> None:
        version = element.value
        is_number = isinstance(version, int | float) and not isinstance(version, bool)
        if element.place is None and is_number and version > VERSION:
            raise FormatError(
                f"{self._path} was written by a newer Twoclick (version {version}, this one reads "
                f"up to {VERSION}). Update Twoclick, then read the file again."
            )
        if element.place is not None or not is_number or version != VERSION:
            raise FormatError(
                f"{self._path}, line {element.line:,}: the version is no number from 1 on. "
                "Export it again."
            )

    def _take_part(self, element: JsonElement) -> None:
        """Takes something that is no image; what is not known is passed by."""
        listed = element.place is not None
        match element.key:
            case "tags" if listed:
                self._take_tag(element)
            case "predictors" if listed:
                self._take_predictor(element)
            case "tags" | "predictors" | "images":
                self._tell(element, f"{element.key}: expected a list", left_out="file")
            case "project":
                self._is_right(element, _CHECK_PROJECT, left_out="nothing")

    def _take_tag(self, element: JsonElement) -> None:
        if self._is_right(element, _CHECK_TAG, left_out="nothing"):
            tag = tag_value(element.value)
            if len(tag.skeleton) < len(element.value.get("skeleton", ())):
                text = f"The tag {tag.name}: lines of its skeleton are not between points of it"
                self._tell(element, text, left_out="nothing")
            if self._tags.setdefault(tag.name, tag) != tag:
                text = f"The tag {tag.name} is there already: the first one counts"
                self._tell(element, text, left_out="nothing")

    def _take_predictor(self, element: JsonElement) -> None:
        if self._is_right(element, _CHECK_PREDICTOR, left_out="nothing"):
            predictor = predictor_value(element.value)
            if self._predictors.setdefault(predictor.id, predictor) != predictor:
                text = f"The predictor {predictor.id} is there already: the first one counts"
                self._tell(element, text, left_out="nothing")

    def _take_image(self, element: JsonElement) -> int:
        """Takes an image, and gives how many shapes were looked at."""
        if not self._is_right(element, _CHECK_IMAGE, left_out="image"):
            return 0
        data = element.value
        key = data["name"], int(data.get("page", 0))
        if key in self._images:
            text = f"{data['name']} is there already: the first one counts"
            self._tell(element, text, left_out="image")
            return 0
        shapes = tuple(self._shapes(element))
        if data["shapes"] and not shapes:
            text = f"{data['name']}: none of its shapes can be read, and it is not empty"
            self._tell(element, text, left_out="image")
        else:
            self._images[key] = image_value(data, shapes)
        return len(data["shapes"])

    def _shapes(self, element: JsonElement) -> Iterator[LabelledShape]:
        data = element.value
        width, height = data.get("width"), data.get("height")
        if width is None or height is None:
            known = self._known.find(data["name"]).image
            width, height = (known.width, known.height) if known else (None, None)
        for at, one in enumerate(data["shapes"], start=1):
            where = f"{data['name']}, shape {at}"
            problem = _CHECK_SHAPE(one)
            if problem is not None:
                self._tell(element, f"{where}: {problem.removeprefix(': ')}", left_out="shape")
                continue
            taken = taken_shape(one, width=width, height=height)
            shape = taken.shape
            if taken.text is not None:
                left_out: LeftOut = "shape" if shape is None else "nothing"
                self._tell(element, f"{where}: {taken.text}", left_out=left_out)
            if shape is not None and self._is_new(shape, where, element):
                yield shape

    def _is_new(self, shape: LabelledShape, where: str, element: JsonElement) -> bool:
        if shape.annotation is None:
            return True
        if shape.annotation.id in self._annotation_ids:
            text = f"{where}: its id is that of another annotation: the first one counts"
            self._tell(element, text, left_out="shape")
            return False
        self._annotation_ids.add(shape.annotation.id)
        return True

    def _is_right(self, element: JsonElement, check: Check, *, left_out: LeftOut) -> bool:
        """Whether an element is of the form that it should be; tells where it is not."""
        problem = check(element.value)
        if problem is None:
            return True
        place = element.key if element.place is None else f"{element.key}[{element.place - 1}]"
        separator = "" if problem[0] in ":[" else "."
        self._tell(element, f"{place}{separator}{problem}", left_out=left_out)
        return False

    def _tell(self, element: JsonElement, text: str, *, left_out: LeftOut) -> None:
        self._problems.add(self._path, element.line, text, left_out=left_out)
