"""Reading COCO: annotations with their images and categories, and results that belong to them."""

from collections.abc import Generator, Iterator, Sequence
from typing import Protocol

from twoclick.formats.coco_files.gathering import CocoFile, ListedImage
from twoclick.formats.coco_files.joining import Gathered
from twoclick.formats.coco_files.values import id_value
from twoclick.formats.format import FormatError, Read, Reading, SourceFile
from twoclick.formats.image_names import KnownImages
from twoclick.formats.json_elements import BrokenJsonError, JsonElement, JsonElements
from twoclick.formats.problems import Problems
from twoclick.formats.text_files import beginning

STEP = 200
"""Elements after which others have their turn."""

_LISTS = ("images", "annotations", "categories")


def read_annotations(files: Sequence[SourceFile], *, images: KnownImages) -> Reading:
    """What annotation files hold together; see `format.Format.read`."""
    problems = Problems()
    reading = [AnnotationFile(file, known=images, problems=problems) for file in files]
    read = yield from read_each(reading, problems)
    return (yield from put_together(read, problems))


class FileReading(Protocol):
    """One file on its way into `coco`."""

    file: SourceFile
    coco: CocoFile

    def steps(self) -> Iterator[float]:
        """Reads it; yields how much is read, 0..1.  Raises FormatError where nothing is whole."""
        ...


def read_each(
    files: Sequence[FileReading], problems: Problems, *, first: Sequence[FileReading] = ()
) -> Generator[float, None, Sequence[CocoFile]]:
    """Reads files one after the other, those that they need `first`, and gives those of `files`
    that could be read.

    Raises FormatError where none could.
    """
    read: list[CocoFile] = []
    lost: list[FormatError] = []
    total = sum(len(one.file.content) for one in (*first, *files)) or 1
    behind = 0
    for one in (*first, *files):
        size = len(one.file.content)
        try:
            for share in one.steps():
                yield (behind + share * size) / total
            read.append(one.coco)
        except FormatError as error:
            lost.append(error)
            problems.add(one.file.path, None, _said_of(one.file, error), left_out="file")
        behind += size
    wanted = [one.coco for one in files if one.coco in read]
    if not wanted:
        raise lost[0] if lost else FormatError("No COCO file came along: choose a .json file.")
    return wanted


def put_together(files: Sequence[CocoFile], problems: Problems) -> Reading:
    """What files hold, images of one name as one."""
    gathered = Gathered()
    for file in files:
        for _ in gathered.steps(file, every=STEP):
            yield 1.0
    return Read(
        tags=gathered.tags,
        images=gathered.images,
        problems=problems.kept,
        problem_count=problems.count,
    )


def whole_before(file: SourceFile, broken: BrokenJsonError, coco: CocoFile) -> str:
    """What can be kept of a file that is whole up to a line only: images without shapes may have
    lost them, and are dropped from `coco`.  Raises the error again where nothing is left."""
    coco.images = {number: image for number, image in coco.images.items() if image and image.rows}
    if not coco.images:
        raise broken
    shapes = sum(len(image.rows) for image in coco.images.values() if image)
    return (
        f"{_said_of(file, broken)}. Whole before that are {shapes:,} shapes on "
        f"{len(coco.images):,} images; images of which no shape came are left out"
    )


def _said_of(file: SourceFile, error: FormatError) -> str:
    """What an error says, without the file, which the problem names."""
    text = str(error).removeprefix(file.path).lstrip(", ").removesuffix(".")
    return text[:1].upper() + text[1:]


class AnnotationFile:
    """One annotation file on its way into `coco`; its shapes are passed by where only its images
    and categories count."""

    def __init__(
        self, file: SourceFile, *, known: KnownImages, problems: Problems, with_shapes: bool = True
    ) -> None:
        self.coco = CocoFile(file.path, known=known, problems=problems)
        self.file = file
        self._with_shapes = with_shapes
        self._has_categories = False
        self._waiting: list[JsonElement] = []

    def steps(self) -> Iterator[float]:
        """Reads it; yields how much is read, 0..1.  Raises FormatError where nothing is whole."""
        elements = JsonElements(self.file.content, path=self.file.path)
        try:
            for count, element in enumerate(elements, 1):
                self._take(element)
                if count % STEP == 0:
                    yield elements.share
        except BrokenJsonError as broken:
            yield from self._resolve()
            if not self._with_shapes:
                raise
            self._check_categories(f" {broken.reason}, and")
            text = whole_before(self.file, broken, self.coco)
            self.coco.tell(broken.line, text, left_out="file")
        else:
            # Without a list of annotations every image would look as if nothing were on it.
            for key in ("images", "annotations") if self._with_shapes else ("images",):
                if key not in elements.keys:
                    raise FormatError(
                        f"{self.file.path} has no list of {key}: it is no COCO annotation file."
                    )
            yield from self._resolve()
            self._check_categories("")
        self.coco.tell_asides()

    def _check_categories(self, before: str) -> None:
        """Raises FormatError where nothing says what the shapes are."""
        has_shapes = any(image and image.rows for image in self.coco.images.values())
        if has_shapes and not self._has_categories:
            raise FormatError(
                f"{self.file.path}{before} has no list of categories: it is not known what its "
                "shapes are. Export it again."
            )

    def _take(self, element: JsonElement) -> None:
        if element.key in _LISTS and element.place is None:
            raise FormatError(
                f'{self.file.path}, line {element.line:,}: "{element.key}" is not a list.'
            )
        match element.key:
            case "images":
                self.coco.take_image(element)
            case "categories":
                self._has_categories = True
                self.coco.take_category(element)
            case "annotations" if self._with_shapes:
                self._take_annotation(element)
            case "":
                raise FormatError(
                    f"{self.file.path} is a list, not a COCO annotation file. "
                    "Is it results? Then choose the annotation file with it."
                )

    def _take_annotation(self, element: JsonElement) -> None:
        """Takes it when its image is there, whose size may be needed; else it waits for the end."""
        if not isinstance(element.value, dict):
            self.coco.tell(element.line, f"{_said(element)} is not an object", left_out="shape")
            return
        image = self._image_of(element)
        if image is None:
            self._waiting.append(element)
        else:
            self.coco.take_shape(element, image=image, said=_said(element))

    def _image_of(self, element: JsonElement) -> ListedImage | None:
        number = id_value(element.value.get("image_id"))
        return None if number is None else self.coco.images.get(number)

    def _resolve(self) -> Iterator[float]:
        for count, element in enumerate(self._waiting, 1):
            self.coco.take_shape(element, image=self._image_of(element), said=_said(element))
            if count % STEP == 0:
                yield 1.0
        self._waiting.clear()


def _said(element: JsonElement) -> str:
    return f"Annotation {element.place:,}"


def begins_a_list(file: SourceFile) -> bool:
    """Whether JSON of a file is a list at the top."""
    return beginning(file).startswith(b"[")
